"use client";
import { type PointerEvent, type SyntheticEvent, useEffect, useMemo, useState } from "react";
import { type TooltipTimer, createTooltipTimer } from "./tooltip-timer.ts";

type Handler<E> = (event: E) => void;

/** When a control shows its tooltip. `anchor` is set while it does. */
export type TooltipState = Pick<TooltipTimer, "close" | "keep"> & {
  anchor: HTMLElement | undefined;
  handlers: {
    onPointerMove: Handler<PointerEvent<HTMLElement>>;
    onPointerLeave: () => void;
    onPointerDown: () => void;
    onClick: () => void;
    onFocus: Handler<SyntheticEvent<HTMLElement>>;
    onBlur: () => void;
  };
};

/** @param prefetch - The control is pointed at or focused: the bubble will be wanted soon. */
export function useTooltip(prefetch: () => void): TooltipState {
  const [anchor, setAnchor] = useState<HTMLElement>();
  const timer = useMemo(() => createTooltipTimer<HTMLElement>(setAnchor), []);
  useEffect(() => timer.close, [timer]);
  const handlers = useMemo(
    () => ({
      onPointerMove({ pointerType, currentTarget }: PointerEvent<HTMLElement>) {
        // A finger covers the control.
        if (pointerType === "touch") return;
        prefetch();
        timer.point(currentTarget);
      },
      onPointerLeave: timer.leave,
      onPointerDown: timer.press,
      onClick: timer.close,
      onFocus({ currentTarget }: SyntheticEvent<HTMLElement>) {
        prefetch();
        timer.focus(currentTarget);
      },
      onBlur: timer.close,
    }),
    [prefetch, timer],
  );
  return { anchor, handlers, close: timer.close, keep: timer.keep };
}
