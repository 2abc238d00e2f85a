/** How many tiles a page holds at most: more faces than this are too small to read. */
export const MAX_TILES = 16;
/** A face narrower than this many pixels is no face. */
const MIN_TILE_WIDTH = 120;
const TILE_RATIO = 16 / 9;
/** A face can be cropped to 3:4, as in a portrait; further it cuts heads. */
const MIN_RATIO = 3 / 4;

/** Sizes in CSS pixels. */
export type Box = { width: number; height: number };
export type Grid = { columns: number; rows: number; tile: Box };

/**
 * Arranges tiles so that they are as large as can be without scrolling.
 *
 * Tiles are 16:9 and become narrower, down to 3:4, where that makes faces larger, as on a phone held upright.
 */
export function gridFor(count: number, stage: Box, gap: number): Grid {
  let best: Grid = { columns: 1, rows: 1, tile: { width: 0, height: 0 } };
  for (let columns = 1; columns <= Math.max(1, count); columns += 1) {
    const rows = Math.ceil(Math.max(1, count) / columns);
    const tile = tileIn((stage.width - gap * (columns - 1)) / columns, (stage.height - gap * (rows - 1)) / rows);
    if (worth(tile) > worth(best.tile)) best = { columns, rows, tile };
  }
  return best;
}

/** The area, less where the tile is taller than wide: there most of a camera's picture is cut off. */
function worth({ width, height }: Box): number {
  return width * height * Math.sqrt(Math.min(1, width / Math.max(1, height)));
}

function tileIn(width: number, height: number): Box {
  if (width <= 0 || height <= 0) return { width: 0, height: 0 };
  if (width / height > TILE_RATIO) return { width: height * TILE_RATIO, height };
  if (width / height < MIN_RATIO) return { width, height: width / MIN_RATIO };
  return { width, height };
}

/** How many tiles one page of this stage holds: 16, or fewer where faces would become too small. */
export function pageSize(count: number, stage: Box, gap: number): number {
  for (let size = Math.min(count, MAX_TILES); size > 1; size -= 1) {
    if (gridFor(size, stage, gap).tile.width >= MIN_TILE_WIDTH) return size;
  }
  return 1;
}

/**
 * Says in which order tiles are shown, page after page. Screens come first, then the order given.
 *
 * A participant who speaks and is not on page one takes the place of the one there who has not spoken for the longest, and keeps
 * it. All others stay where they were, because moving faces are hard to find again.
 *
 * @param before - The order shown last.
 * @param speakers - Who speaks now, loudest first.
 * @param spokeAt - When each spoke last, any clock; those missing never did.
 */
export function arrange(
  tiles: readonly { key: string; isScreen: boolean; isMe: boolean }[],
  before: readonly string[],
  size: number,
  speakers: readonly string[],
  spokeAt: ReadonlyMap<string, number>,
): string[] {
  const known = new Set(tiles.map(({ key }) => key));
  const screens = tiles.filter(({ isScreen }) => isScreen).map(({ key }) => key);
  const faces = tiles.filter(({ isScreen }) => !isScreen).map(({ key }) => key);
  const stayed = before.filter((key) => known.has(key) && !screens.includes(key));
  const order = [...screens, ...stayed, ...faces.filter((key) => !before.includes(key))];
  const fixed = new Set([...screens, ...tiles.filter(({ isMe }) => isMe).map(({ key }) => key)]);

  for (const speaker of speakers.slice(0, size).toReversed()) {
    const at = order.indexOf(speaker);
    if (at < size) continue;
    const place = quietest(order.slice(0, size), fixed, speakers, spokeAt);
    if (place < 0) continue;
    [order[place], order[at]] = [speaker, order[place] ?? speaker];
  }
  return order;
}

/** @returns the index of the tile that gives up its place, or -1. Never one that speaks now, my own, or a screen. */
function quietest(
  page: readonly string[],
  fixed: ReadonlySet<string>,
  speakers: readonly string[],
  spokeAt: ReadonlyMap<string, number>,
): number {
  let found = -1;
  let oldest = Number.POSITIVE_INFINITY;
  page.forEach((key, index) => {
    if (fixed.has(key) || speakers.includes(key)) return;
    const at = spokeAt.get(key) ?? Number.NEGATIVE_INFINITY;
    // `<=` so that among the never heard the last one moves, not the first.
    if (at <= oldest) [found, oldest] = [index, at];
  });
  return found;
}
