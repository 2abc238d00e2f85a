"use client";
import { type DOMAttributes, type ReactElement, cloneElement } from "react";
import { createLater, useLater } from "./later.ts";
import { useTooltip } from "./use-tooltip.ts";

type Handlers = Pick<
  DOMAttributes<HTMLElement>,
  "onPointerMove" | "onPointerLeave" | "onPointerDown" | "onClick" | "onFocus" | "onBlur"
>;

type TooltipProps = {
  label: string;
  shortcut?: string;
  side?: "top" | "bottom" | "left" | "right";
  children: ReactElement<Handlers>;
};

const bubble = createLater(() => import("./tooltip-bubble.tsx"));
export const prefetchTooltips = bubble.prefetch;

/**
 * Shows what a control does when it is pointed at or focused. The name itself belongs on the control.
 *
 * The bubble is loaded when a control is first pointed at or focused.
 */
export function Tooltip({ label, shortcut, side = "top", children }: TooltipProps) {
  const tooltip = useTooltip(bubble.prefetch);
  const loaded = useLater(bubble, tooltip.anchor !== undefined);
  return (
    <>
      {cloneElement(children, bothOf(children.props, tooltip.handlers))}
      {loaded && tooltip.anchor && (
        <loaded.TooltipBubble
          anchor={tooltip.anchor}
          side={side}
          onClose={tooltip.close}
          onPointerEnter={tooltip.keep}
          onPointerLeave={tooltip.close}
        >
          {label}
          {shortcut && <kbd className="ml-2 font-sans opacity-75">{shortcut}</kbd>}
        </loaded.TooltipBubble>
      )}
    </>
  );
}

/** The control's own handlers, each followed by the tooltip's. */
function bothOf(own: Handlers, added: Required<Handlers>): Handlers {
  const both = Object.entries(added).map(([name, handle]) => {
    const before = own[name as keyof Handlers] as ((event: unknown) => void) | undefined;
    const after = handle as (event: unknown) => void;
    const handleBoth = (event: unknown) => {
      before?.(event);
      after(event);
    };
    return [name, handleBoth];
  });
  return Object.fromEntries(both) as Handlers;
}
