import type { Corner } from "#components/call-context/view.ts";

type Rect = { left: number; top: number; width: number; height: number };

/** The corner of the stage that is nearest to the middle of a box. */
export function nearestCorner(box: Rect, stage: Rect): Corner {
  const isLeft = box.left + box.width / 2 < stage.left + stage.width / 2;
  const isTop = box.top + box.height / 2 < stage.top + stage.height / 2;
  return corner(isTop, isLeft);
}

/** @returns undefined when the key moves nothing. */
export function cornerAfterKey(from: Corner, key: string): Corner | undefined {
  const [isTop, isLeft] = [from.startsWith("top"), from.endsWith("left")];
  switch (key) {
    case "ArrowUp":
      return corner(true, isLeft);
    case "ArrowDown":
      return corner(false, isLeft);
    case "ArrowLeft":
      return corner(isTop, true);
    case "ArrowRight":
      return corner(isTop, false);
    default:
      return undefined;
  }
}

function corner(isTop: boolean, isLeft: boolean): Corner {
  return `${isTop ? "top" : "bottom"}-${isLeft ? "left" : "right"}`;
}
