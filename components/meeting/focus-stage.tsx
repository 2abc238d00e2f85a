"use client";
import { cx } from "#components/ui/cx.ts";
import { ShareView } from "./share-view.tsx";
import type { StageTile } from "./stage-plan.ts";
import { Tile } from "./tile.tsx";
import { useElementSize } from "./use-element-size.ts";
import { useViewStore } from "./use-meeting.ts";

/** More tiles than this beside the one in front are a number: each of them costs a video. */
const MAX_STRIP = 10;
/** From this width of the stage on, in CSS pixels, the strip stands at the side. */
const SIDE_STRIP_FROM_PX = 820;

type FocusStageProps = { focus: StageTile; strip: readonly StageTile[]; pinned: string | undefined };

/** One tile in front, the others small beside or below it. */
export function FocusStage({ focus, strip, pinned }: FocusStageProps) {
  const [ref, { width, height }] = useElementSize<HTMLDivElement>();
  const isAtSide = width >= SIDE_STRIP_FROM_PX && width > height;
  const { key, ...tile } = focus;
  return (
    <div ref={ref} className={cx("flex min-h-0 grow gap-2", isAtSide ? "flex-row" : "flex-col")}>
      <div className="min-h-0 min-w-0 grow">
        {tile.kind === "share" ? (
          <ShareView {...tile} tileKey={key} isPinned={pinned === key} />
        ) : (
          <Tile {...tile} tileKey={key} isPinned={pinned === key} />
        )}
      </div>
      {strip.length > 0 && <Strip strip={strip} isAtSide={isAtSide} />}
    </div>
  );
}

function Strip({ strip, isAtSide }: { strip: readonly StageTile[]; isAtSide: boolean }) {
  const hiddenCount = strip.length - MAX_STRIP;
  return (
    <ul
      aria-label="Others on the stage"
      className={cx("flex shrink-0 gap-2", isAtSide ? "w-48 flex-col overflow-y-auto" : "h-24 overflow-x-auto")}
    >
      {strip.slice(0, MAX_STRIP).map(({ key, ...tile }) => (
        <li key={key} className={cx("aspect-video shrink-0", isAtSide ? "w-full" : "h-full")}>
          <Tile {...tile} tileKey={key} isPinned={false} isPressable />
        </li>
      ))}
      {hiddenCount > 0 && <MoreInStrip count={hiddenCount} />}
    </ul>
  );
}

function MoreInStrip({ count }: { count: number }) {
  const view = useViewStore();
  return (
    <li className="shrink-0">
      <button
        type="button"
        onClick={() => view.change({ panel: "people" })}
        className="h-full min-h-11 w-full min-w-28 rounded-surface bg-stage px-3 text-sm text-on-stage-soft hover:text-on-stage focus-visible:-outline-offset-4"
      >
        and {count} more
      </button>
    </li>
  );
}
