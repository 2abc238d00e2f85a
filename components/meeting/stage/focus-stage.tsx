"use client";
import { useTranslations } from "next-intl";
import { cx } from "#components/ui/cx.ts";
import { ShareView } from "./share-view.tsx";
import type { StageTile } from "./stage-plan.ts";
import { TileGrid } from "./tile-grid.tsx";
import { Tile } from "./tile.tsx";
import { type Size, useElementSize } from "./use-element-size.ts";
import { useViewStore } from "#components/call-context/use-meeting.ts";

/** More tiles than this beside the one in front are a number: each of them costs a video. */
const MAX_STRIP = 10;
/** From this width of the stage on, in CSS pixels, the strip stands at the side. */
const SIDE_STRIP_FROM_PX = 820;

/** Where the others stand: at the side of a wide stage, below it, or under a picture that cannot use the height of a tall one. */
type StripPosition = "side" | "below" | "under";

function stripPosition({ width, height }: Size): StripPosition {
  if (height > width) return "under";
  return width >= SIDE_STRIP_FROM_PX ? "side" : "below";
}

type FocusStageProps = { focus: StageTile; strip: readonly StageTile[]; pinned: string | undefined };

/** One tile in front, the others small beside or below it. */
export function FocusStage({ focus, strip, pinned }: FocusStageProps) {
  const [ref, size] = useElementSize<HTMLDivElement>();
  const place = stripPosition(size);
  const { key, ...tile } = focus;
  return (
    <div ref={ref} className={cx("flex min-h-0 grow gap-2", place === "side" ? "flex-row" : "flex-col")}>
      <div
        className={cx(
          "min-w-0",
          place === "under" && strip.length > 0 ? "aspect-4/3 max-h-3/5 shrink-0" : "min-h-0 grow",
        )}
      >
        {tile.kind === "share" ? (
          <ShareView {...tile} tileKey={key} isPinned={pinned === key} />
        ) : (
          <Tile {...tile} tileKey={key} isPinned={pinned === key} />
        )}
      </div>
      {strip.length > 0 &&
        (place === "under" ? <TileGrid tiles={strip} isPressable /> : <Strip strip={strip} place={place} />)}
    </div>
  );
}

const STRIPS: Record<Exclude<StripPosition, "under">, { list: string; item: string }> = {
  side: { list: "w-48 flex-col overflow-y-auto", item: "w-full" },
  below: { list: "h-24 overflow-x-auto", item: "h-full" },
};

function Strip({ strip, place }: { strip: readonly StageTile[]; place: keyof typeof STRIPS }) {
  const t = useTranslations();
  const { list, item } = STRIPS[place];
  const hiddenCount = strip.length - MAX_STRIP;
  return (
    <ul aria-label={t("call.others")} className={cx("flex shrink-0 gap-2", list)}>
      {strip.slice(0, MAX_STRIP).map(({ key, ...tile }) => (
        <li key={key} className={cx("aspect-video shrink-0", item)}>
          <Tile {...tile} tileKey={key} isPinned={false} isPressable />
        </li>
      ))}
      {hiddenCount > 0 && <MoreInStrip count={hiddenCount} />}
    </ul>
  );
}

function MoreInStrip({ count }: { count: number }) {
  const t = useTranslations();
  const view = useViewStore();
  return (
    <li className="shrink-0">
      <button
        type="button"
        onClick={() => view.change({ panel: "people" })}
        className="h-full min-h-11 w-full min-w-28 rounded-surface bg-stage px-3 text-sm text-on-stage-soft hover:text-on-stage focus-visible:-outline-offset-4"
      >
        {t("call.andMore", { count })}
      </button>
    </li>
  );
}
