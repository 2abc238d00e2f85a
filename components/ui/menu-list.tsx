"use client";
import * as Radix from "@radix-ui/react-menu";
import { type ReactNode, type RefObject, useEffect, useRef } from "react";
import { MenuParts } from "./menu-parts.ts";

const { Item, ItemIndicator, Label, RadioGroup, RadioItem, Separator } = Radix;
const PARTS = { Item, ItemIndicator, Label, RadioGroup, RadioItem, Separator };

type MenuListProps = {
  id: string;
  buttonId: string;
  button: RefObject<HTMLButtonElement | null>;
  opened: "by pointer" | "by key" | undefined;
  onClose: () => void;
  align: "start" | "center" | "end";
  side: "top" | "bottom" | "left" | "right";
  children: ReactNode;
};

/** The list of a menu. Apart from the button, because it is loaded when it is first wanted. */
export function MenuList({ id, buttonId, button, opened, onClose, align, side, children }: MenuListProps) {
  const isOpen = opened !== undefined;
  const list = useRef<HTMLDivElement>(null);
  const wasPressedOutside = useRef(false);
  useFirstItem(list, opened);
  return (
    <Radix.Root modal={false} open={isOpen} onOpenChange={onClose}>
      <Radix.Anchor virtualRef={button} />
      <Radix.Portal>
        <Radix.Content
          ref={list}
          id={id}
          aria-labelledby={buttonId}
          align={align}
          side={side}
          sideOffset={8}
          collisionPadding={8}
          onInteractOutside={() => void (wasPressedOutside.current = true)}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            // Otherwise the focus goes where the user pressed.
            if (!wasPressedOutside.current) button.current?.focus();
            wasPressedOutside.current = false;
          }}
          className="z-50 max-h-(--radix-popper-available-height) min-w-56 overflow-y-auto rounded-surface border border-line bg-raised p-1.5 text-ink shadow-float"
        >
          <MenuParts value={PARTS}>{children}</MenuParts>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** The library saw no key press if it was loaded by it: then the first item would not have the focus. */
function useFirstItem(list: RefObject<HTMLDivElement | null>, opened: MenuListProps["opened"]): void {
  useEffect(() => {
    if (opened !== "by key") return;
    const frame = requestAnimationFrame(() => {
      const isOnItem = list.current?.contains(document.activeElement) && document.activeElement !== list.current;
      if (!isOnItem) list.current?.querySelector<HTMLElement>("[role^=menuitem]:not([data-disabled])")?.focus();
    });
    return () => cancelAnimationFrame(frame);
  }, [list, opened]);
}
