"use client";
import * as Radix from "@radix-ui/react-tooltip";
import type { ReactElement } from "react";

type TooltipProps = {
  label: string;
  shortcut?: string;
  side?: "top" | "bottom" | "left" | "right";
  children: ReactElement;
};

/** Shows what a control does when it is pointed at or focused. The name itself belongs on the control. */
export function Tooltip({ label, shortcut, side = "top", children }: TooltipProps) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          side={side}
          sideOffset={6}
          collisionPadding={8}
          // The control itself has the name; screen readers must not read it twice.
          aria-hidden="true"
          className="z-50 max-w-72 rounded-control bg-inverse px-2.5 py-1.5 text-sm font-medium text-on-inverse shadow-float"
        >
          {label}
          {shortcut && <kbd className="ml-2 font-sans opacity-75">{shortcut}</kbd>}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** Around the page: after one tooltip has shown, its neighbours come at once. */
export function TooltipProvider({ children }: { children: ReactElement }) {
  return (
    <Radix.Provider delayDuration={500} skipDelayDuration={200}>
      {children}
    </Radix.Provider>
  );
}
