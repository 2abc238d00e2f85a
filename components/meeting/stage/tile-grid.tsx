"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { gridFor, pageSize } from "./tile-layout.ts";
import { NO_ARRANGEMENT, nextArrangement } from "./arrangement.ts";
import { Pages } from "./pages.tsx";
import type { StageTile } from "./stage-plan.ts";
import { Tile } from "./tile.tsx";
import { useElementSize } from "./use-element-size.ts";
import { useCallState, useView } from "#components/call-context/use-meeting.ts";

/** Between two tiles, in CSS pixels; small enough for three of them side by side on a phone. */
const GAP_PX = 6;

/** All tiles at the same size, as many as fit without scrolling; the others are on further pages. */
export function TileGrid({ tiles, isPressable = false }: { tiles: readonly StageTile[]; isPressable?: boolean }) {
  const t = useTranslations();
  const [ref, stage] = useElementSize<HTMLDivElement>();
  const perPage = pageSize(tiles.length, stage, GAP_PX);
  const ordered = useArranged(tiles, perPage);
  const pageCount = Math.ceil(tiles.length / perPage);
  const turns = useView((view) => view.page);
  const page = pageAt(turns, pageCount);
  const shown = ordered.slice(page * perPage, (page + 1) * perPage);
  // Pages have tiles of one size, the last one too.
  const { tile: box } = gridFor(pageCount > 1 ? perPage : shown.length, stage, GAP_PX);
  return (
    <div className="flex min-h-0 grow flex-col gap-2">
      <div ref={ref} className="min-h-0 grow">
        <ul
          aria-label={t("call.onStage")}
          className="flex h-full flex-wrap content-center justify-center"
          style={{ gap: GAP_PX }}
        >
          {stage.width > 0 &&
            shown.map(({ key, ...tile }) => (
              <li key={key} style={{ width: Math.floor(box.width), height: Math.floor(box.height) }}>
                <Tile {...tile} tileKey={key} isPinned={false} isPressable={isPressable} />
              </li>
            ))}
        </ul>
      </div>
      {pageCount > 1 && <Pages page={page} pageCount={pageCount} />}
    </div>
  );
}

/** The page that a count of turns ends at. */
const pageAt = (turns: number, pageCount: number) => ((turns % pageCount) + pageCount) % pageCount;

/** Orders tiles so that speakers are on the first page and all others keep their positions. */
function useArranged(tiles: readonly StageTile[], perPage: number): readonly StageTile[] {
  const speakers = useCallState((call) => call.speakers);
  const [arrangement, setArrangement] = useState(NO_ARRANGEMENT);
  const next = nextArrangement(arrangement, tiles, perPage, speakers);
  if (next !== arrangement) setArrangement(next);
  const byKey = new Map(tiles.map((tile) => [tile.key, tile]));
  return next.order.flatMap((key) => byKey.get(key) ?? []);
}
