"use client";
import { Pin, PinOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { cx } from "#components/ui/cx.ts";
import { useViewStore } from "#components/call-context/use-meeting.ts";

import type { StageTile } from "./stage-plan.ts";

type PinButtonProps = {
  tileKey: string;
  kind: StageTile["kind"];
  name: string;
  isPinned: boolean;
  isPressable: boolean;
};

const LABELS = {
  person: { on: "people.pin", off: "people.unpin" },
  share: { on: "people.pinScreen", off: "people.unpinScreen" },
} as const;

/** Puts a tile in front and takes it back. Under a finger, and beside the tile in front, the whole tile is the button. */
export function PinButton({ tileKey, kind, name, isPinned, isPressable }: PinButtonProps) {
  const t = useTranslations();
  const view = useViewStore();
  const Icon = isPinned ? PinOff : Pin;
  return (
    <button
      type="button"
      aria-label={t(LABELS[kind][isPinned ? "off" : "on"], { name })}
      onClick={() => view.change({ pinned: isPinned ? undefined : tileKey })}
      className={cx(
        "absolute rounded-surface focus-visible:-outline-offset-4 pointer-coarse:inset-0",
        isPressable ? "inset-0" : "top-2 right-2 pointer-coarse:top-0 pointer-coarse:right-0",
      )}
    >
      <span
        className={cx(
          "grid size-9 place-items-center rounded-full bg-scrim text-on-stage transition-opacity duration-150",
          isPressable && "absolute top-2 right-2 @max-[9rem]:top-1 @max-[9rem]:right-1",
          "pointer-coarse:absolute pointer-coarse:top-2 pointer-coarse:right-2",
          !isPinned && "opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 pointer-coarse:hidden",
        )}
      >
        <Icon aria-hidden="true" className="size-4.5" />
      </span>
    </button>
  );
}
