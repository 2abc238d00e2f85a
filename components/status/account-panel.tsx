"use client";
import { useTranslations } from "next-intl";
import type { AccountUse } from "#lib/operators/operator-schema.ts";
import { waitedTimeText } from "#components/lobby/waited-time-text.ts";
import { useFormats } from "#components/texts/use-formats.ts";
import { Badge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { LimitsForm } from "./limits-form.tsx";
import type { Operator } from "./use-operator.ts";

type AccountPanelProps = { use: AccountUse; operator: Operator };

/** One account: whether it is blocked, its limits and its rooms. */
export function AccountPanel({ use, operator }: AccountPanelProps) {
  const t = useTranslations();
  const { account, blockedAtMs, isOperator, rooms } = use;
  const isBlocked = blockedAtMs !== undefined;
  return (
    <article
      aria-labelledby="account-id"
      className="flex min-w-0 flex-col gap-5 rounded-surface border border-line bg-surface p-5"
    >
      <div className="flex flex-wrap items-center justify-between gap-3">
        <div className="flex min-w-0 flex-wrap items-center gap-3">
          <h3 id="account-id" className="min-w-0 font-semibold break-all">
            <code className="text-sm">{account}</code>
          </h3>
          {isBlocked && <Badge>{t("status.blockedSince", { time: waitedTimeText(t, use.nowMs - blockedAtMs) })}</Badge>}
          {isOperator && <Badge>{t("status.operator")}</Badge>}
        </div>
        {!isOperator && (
          <Button
            size="small"
            tone={isBlocked ? "neutral" : "danger"}
            onClick={() => operator.ask({ action: isBlocked ? "unblock" : "block", account })}
          >
            {t(isBlocked ? "status.liftBlock" : "status.blockAccount")}
          </Button>
        )}
      </div>
      <LimitsForm use={use} onSave={(limits) => operator.ask({ action: "set-limits", account, limits })} />
      <div className="flex flex-col gap-2">
        <h4 className="font-semibold">{t("status.roomCount", { count: rooms.length })}</h4>
        <ul className="divide-y divide-line">
          {rooms.map((room) => (
            <RoomRow key={room.room} account={account} room={room} operator={operator} />
          ))}
        </ul>
      </div>
    </article>
  );
}

type RoomRowProps = { account: AccountUse["account"]; room: AccountUse["rooms"][number]; operator: Operator };

function RoomRow({ account, room: { room, createdAtMs, insideCount, session }, operator }: RoomRowProps) {
  const t = useTranslations();
  const formats = useFormats();
  // Enough to tell rooms apart; the whole name is of no use to a person.
  const name = room.slice(0, 8);
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3">
      <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
        <code className="text-sm font-medium">{name}</code>
        <span className="text-sm text-ink-soft">
          {t(insideCount > 0 ? "status.madeOnInside" : "status.madeOn", {
            date: formats.date(createdAtMs),
            count: insideCount,
          })}
        </span>
        {room === operator.room && <Badge tone="accent">{t("status.linkLeadsHere")}</Badge>}
      </div>
      <div className="flex flex-wrap gap-2">
        {session && (
          <Button
            size="small"
            aria-label={t("status.endMeetingInRoom", { room: name })}
            onClick={() => operator.ask({ action: "end-meeting", session })}
          >
            {t("status.endMeeting")}
          </Button>
        )}
        <Button
          size="small"
          aria-label={t("status.deleteRoomNamed", { room: name })}
          onClick={() => operator.ask({ action: "delete-room", account, room })}
        >
          {t("status.deleteRoom")}
        </Button>
      </div>
    </li>
  );
}
