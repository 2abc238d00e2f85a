"use client";
import { DismissableLayer } from "@radix-ui/react-dismissable-layer";
import * as Popper from "@radix-ui/react-popper";
import { type ReactNode, useEffect, useMemo } from "react";
import { createPortal } from "react-dom";

type TooltipBubbleProps = {
  anchor: HTMLElement;
  side: "top" | "bottom" | "left" | "right";
  onClose: () => void;
  onPointerEnter: () => void;
  onPointerLeave: () => void;
  children: ReactNode;
};

/** What a tooltip shows. Apart, because it is loaded when it is first wanted. */
export function TooltipBubble({ anchor, side, onClose, children, ...pointer }: TooltipBubbleProps) {
  const virtualRef = useMemo(() => ({ current: anchor }), [anchor]);
  useEffect(() => {
    // The control moves away from under its bubble.
    const scrolled = ({ target }: Event) => {
      if (target instanceof Node && target.contains(anchor)) onClose();
    };
    addEventListener("scroll", scrolled, { capture: true });
    return () => removeEventListener("scroll", scrolled, { capture: true });
  }, [anchor, onClose]);
  return createPortal(
    <Popper.Root>
      <Popper.Anchor virtualRef={virtualRef} />
      {/* Escape closes the bubble, and only then a dialog below it. */}
      <DismissableLayer asChild onFocusOutside={(event) => event.preventDefault()} onDismiss={onClose}>
        <Popper.Content
          side={side}
          sideOffset={6}
          collisionPadding={8}
          // The control itself has the name; screen readers must not read it twice.
          aria-hidden="true"
          className="z-50 max-w-72 rounded-control bg-inverse px-2.5 py-1.5 text-sm font-medium text-on-inverse shadow-float"
          {...pointer}
        >
          {children}
        </Popper.Content>
      </DismissableLayer>
    </Popper.Root>,
    document.body,
  );
}
