"use client";
import { Pin, PinOff } from "lucide-react";
import { cx } from "#components/ui/cx.ts";
import { useViewStore } from "#components/call-context/use-meeting.ts";

type PinButtonProps = { tileKey: string; what: string; isPinned: boolean; isPressable: boolean };

/** Puts a tile in front and takes it back. Under a finger, and beside the tile in front, the whole tile is the button. */
export function PinButton({ tileKey, what, isPinned, isPressable }: PinButtonProps) {
  const view = useViewStore();
  const Icon = isPinned ? PinOff : Pin;
  return (
    <button
      type="button"
      aria-label={`${isPinned ? "Unpin" : "Pin"} ${what}`}
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
