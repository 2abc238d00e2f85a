"use client";
import { useTranslations } from "next-intl";
import { SharePanel } from "#components/share/share-panel.tsx";
import type { StageTile } from "./stage-plan.ts";
import { Tile } from "./tile.tsx";
import { useCallState } from "#components/call-context/use-meeting.ts";

/** No one else is here yet: my picture, and the ways to bring the others in. */
export function Alone({ me: { key, ...me } }: { me: StageTile }) {
  const t = useTranslations();
  const { code, title, expiresAtMs } = useCallState((call) => call.room);
  // Before I am connected no one knows who is here.
  const isLive = useCallState(({ connection }) => connection.status === "live");
  return (
    <div className="flex min-h-0 grow flex-col items-center justify-center-safe gap-4 overflow-y-auto md:landscape:flex-row md:landscape:gap-8">
      <div className="aspect-video min-h-40 w-full max-w-4xl shrink md:landscape:w-3/5">
        <Tile {...me} tileKey={key} isPinned={false} />
      </div>
      {isLive && (
        <section
          aria-labelledby="alone-title"
          className="flex w-full max-w-md shrink-0 flex-col gap-4 p-2 md:landscape:w-2/5 md:landscape:shrink"
        >
          <div>
            <h2 id="alone-title" className="text-2xl font-semibold">
              {t("call.alone")}
            </h2>
            <p className="mt-1 text-ink-soft">{t("call.aloneNote")}</p>
          </div>
          <SharePanel code={code} title={title} expiresAtMs={expiresAtMs} />
        </section>
      )}
    </div>
  );
}
