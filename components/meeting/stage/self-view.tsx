"use client";
import { Eye, EyeOff, Maximize2, Minimize2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, type PointerEvent, type RefObject, useEffect, useRef, useState } from "react";
import { cx } from "#components/ui/cx.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import { useView, useViewStore } from "#components/call-context/use-meeting.ts";
import type { Corner } from "#components/call-context/view.ts";
import { cornerAfterKey, nearestCorner } from "./corner.ts";
import type { StageTile } from "./stage-plan.ts";
import { Tile } from "./tile.tsx";

const CORNERS: Record<Corner, string> = {
  "top-left": "top-2 left-2",
  "top-right": "top-2 right-2",
  "bottom-left": "bottom-2 left-2",
  "bottom-right": "right-2 bottom-2",
};
/** A press that moves less than this, in CSS pixels, is no drag. */
const DRAG_FROM_PX = 6;

type Drag = { pointer: number; fromX: number; fromY: number; x: number; y: number };

/** My own tile over the other's picture: in one of four corners, large, small, or hidden from myself. */
export function SelfView({ me: { key, ...me } }: { me: StageTile }) {
  const t = useTranslations();
  const view = useViewStore();
  const corner = useView((state) => state.selfCorner);
  const size = useView((state) => state.selfSize);
  const [drag, setDrag] = useState<Drag>();
  const float = useRef<HTMLDivElement>(null);
  const showButton = useRef<HTMLButtonElement>(null);
  const changeSize = (next: typeof size) => view.change({ selfSize: next });

  useFocusKept(size === "hidden", showButton, float);

  const startDrag = ({ pointerId, clientX, clientY, target }: PointerEvent) => {
    if (target instanceof Element && target.closest("button")) return;
    float.current?.setPointerCapture(pointerId);
    setDrag({ pointer: pointerId, fromX: clientX, fromY: clientY, x: 0, y: 0 });
  };
  const moveDrag = ({ pointerId, clientX, clientY }: PointerEvent) => {
    if (drag?.pointer === pointerId) setDrag({ ...drag, x: clientX - drag.fromX, y: clientY - drag.fromY });
  };
  const endDrag = ({ pointerId, type }: PointerEvent) => {
    if (drag?.pointer !== pointerId) return;
    setDrag(undefined);
    const stage = float.current?.closest("ul")?.getBoundingClientRect();
    const isDrag = Math.hypot(drag.x, drag.y) >= DRAG_FROM_PX;
    if (!stage || !float.current || !isDrag || type === "pointercancel") return;
    view.change({ selfCorner: nearestCorner(float.current.getBoundingClientRect(), stage) });
  };
  const moveByKey = (event: KeyboardEvent) => {
    const next = event.target === float.current ? cornerAfterKey(corner, event.key) : undefined;
    if (!next) return;
    event.preventDefault();
    view.change({ selfCorner: next });
  };

  return (
    <li className={cx("absolute", CORNERS[corner])}>
      {size === "hidden" ? (
        <button
          ref={showButton}
          type="button"
          onClick={() => changeSize("large")}
          className="flex min-h-11 items-center gap-2 rounded-full bg-scrim px-4 text-sm font-medium text-on-stage"
        >
          <Eye aria-hidden="true" className="size-4.5" />
          {t("call.selfShow")}
        </button>
      ) : (
        <div
          ref={float}
          role="group"
          // Arrow keys move it, as a drag does.
          tabIndex={0}
          aria-label={t("call.selfVideo")}
          onKeyDown={moveByKey}
          onPointerDown={startDrag}
          onPointerMove={moveDrag}
          onPointerUp={endDrag}
          onPointerCancel={endDrag}
          style={drag && { transform: `translate(${drag.x}px, ${drag.y}px)` }}
          className={cx(
            "group/self relative aspect-video touch-none rounded-surface shadow-float select-none",
            drag ? "cursor-grabbing" : "cursor-grab",
            size === "small" ? "w-28 sm:w-36" : "w-36 sm:w-64",
          )}
        >
          <Tile {...me} tileKey={key} isPinned={false} canPin={false} />
          <SelfButtons isSmall={size === "small"} changeSize={changeSize} />
        </div>
      )}
    </li>
  );
}

/** Keyboard users stay where they are: what was pressed is replaced by the way back. */
function useFocusKept(isHidden: boolean, way: RefObject<HTMLElement | null>, back: RefObject<HTMLElement | null>) {
  const wasHidden = useRef(isHidden);
  useEffect(() => {
    if (wasHidden.current === isHidden) return;
    wasHidden.current = isHidden;
    (isHidden ? way : back).current?.focus();
  }, [isHidden, way, back]);
}

type SelfButtonsProps = { isSmall: boolean; changeSize: (size: "large" | "small" | "hidden") => void };

function SelfButtons({ isSmall, changeSize }: SelfButtonsProps) {
  const t = useTranslations();
  const Resize = isSmall ? Maximize2 : Minimize2;
  return (
    // Under a finger a tap shows them: they would cover the picture.
    <div className="absolute top-1 left-1 flex gap-1 opacity-0 transition-opacity duration-150 group-focus-within/self:opacity-100 group-hover/self:opacity-100 pointer-coarse:hidden pointer-coarse:group-focus-within/self:flex">
      <IconButton
        label={isSmall ? t("call.selfLarger") : t("call.selfSmaller")}
        tone="overlay"
        size="small"
        icon={<Resize className="size-4" />}
        onClick={() => changeSize(isSmall ? "large" : "small")}
      />
      <IconButton
        label={t("call.selfHide")}
        tone="overlay"
        size="small"
        icon={<EyeOff className="size-4" />}
        onClick={() => changeSize("hidden")}
      />
    </div>
  );
}
