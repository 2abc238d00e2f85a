"use client";
import { Maximize } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef } from "react";
import { IconButton } from "#components/ui/icon-button.tsx";
import { useAttempt } from "#components/call-context/use-attempt.ts";
import { canFillScreen, fillScreen } from "./fill-screen.ts";
import { Picture } from "./picture.tsx";
import { PinButton } from "./pin-button.tsx";
import type { StageTile } from "./stage-plan.ts";
import { TileLabel } from "./tile-label.tsx";
import { participantLabel } from "#components/people/participant-label.ts";
import { useWatched } from "./use-watched.ts";

type ShareViewProps = Omit<StageTile, "key"> & { tileKey: string; isPinned: boolean };

/** A shared screen in front, whole and uncovered: its name stands below the picture, never on the text in it. */
export function ShareView({ person, feed, kind, tileKey, isPinned }: ShareViewProps) {
  const t = useTranslations();
  const attempt = useAttempt();
  const ref = useRef<HTMLElement>(null);
  useWatched({ person, kind });
  const name = participantLabel(t, kind, person);
  return (
    <section
      ref={ref}
      aria-label={name}
      data-identity={person.identity}
      className="group flex size-full flex-col overflow-hidden rounded-surface bg-stage text-on-stage"
    >
      <div className="@container-size relative min-h-0 grow">
        {feed && <Picture feed={feed} fit="contain" />}
        <PinButton tileKey={tileKey} kind={kind} name={person.name} isPinned={isPinned} isPressable={false} />
      </div>
      <div className="relative flex h-11 shrink-0 items-center justify-end pr-1">
        <TileLabel person={person} kind="share" />
        {canFillScreen() && (
          <IconButton
            label={person.isMe ? t("call.fullScreenOfYours") : t("call.fullScreenOf", { name: person.name })}
            size="small"
            icon={<Maximize className="size-5" />}
            onClick={() => void attempt(() => fillScreen(ref.current))}
          />
        )}
      </div>
    </section>
  );
}
