import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { SessionStatus } from "#lib/health/health-schema.ts";
import { Button } from "#components/ui/button.tsx";
import { waitedTimeText } from "#components/lobby/waited-time-text.ts";
import type { Operator } from "./use-operator.ts";

type SessionListProps = { sessions: readonly SessionStatus[]; sessionCount: number; nowMs: number; operator: Operator };

/** The live sessions with their legs, by an id that is not a link. */
export function SessionList({ sessions, sessionCount, nowMs, operator }: SessionListProps) {
  const t = useTranslations();
  return (
    <section aria-labelledby="sessions" className="flex min-w-0 flex-col gap-3">
      <h2 id="sessions" className="text-lg font-semibold">
        {t("status.sessions", { count: sessionCount })}
      </h2>
      {sessions.length === 0 ? (
        <p className="rounded-surface border border-dashed border-line-strong p-6 text-ink-soft">
          {t("status.noSessions")}
        </p>
      ) : (
        <ul className="divide-y divide-line overflow-hidden rounded-surface border border-line bg-surface">
          {sessions.map((session) => (
            <SessionRow key={session.session} session={session} nowMs={nowMs} operator={operator} />
          ))}
        </ul>
      )}
      {sessions.length < sessionCount && (
        <p className="text-sm text-ink-soft">{t("status.largest", { count: sessions.length })}</p>
      )}
    </section>
  );
}

const soft = (text: ReactNode) => <span className="text-ink-soft">{text}</span>;

type SessionRowProps = { session: SessionStatus; nowMs: number; operator: Operator };

function SessionRow({ session, nowMs, operator }: SessionRowProps) {
  const t = useTranslations();
  const { account } = session;
  return (
    <li className="flex flex-col gap-2 px-5 py-4">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <code className="min-w-0 text-sm font-medium break-all">{session.session}</code>
        <span className="text-sm text-ink-soft">
          {t("status.peopleSince", {
            count: session.participants,
            time: waitedTimeText(t, nowMs - session.sinceMs),
          })}
        </span>
      </div>
      <ul className="flex flex-col gap-1 text-sm">
        {session.legs.map(({ leg, site, participants, publishers }) => (
          <li key={`${leg} ${site}`}>
            {t.rich("status.leg", { leg, site, count: participants, publishing: publishers, soft })}
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-2 pt-1">
        <Button
          size="small"
          aria-label={t("status.endMeetingOf", { session: session.session })}
          onClick={() => operator.ask({ action: "end-meeting", session: session.session })}
        >
          {t("status.endMeeting")}
        </Button>
        {account && (
          <Button
            size="small"
            aria-label={t("status.showAccountOf", { session: session.session })}
            onClick={() => void operator.show(account)}
          >
            {t("status.showAccount")}
          </Button>
        )}
      </div>
    </li>
  );
}
