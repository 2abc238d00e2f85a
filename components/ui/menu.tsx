"use client";
import { Check } from "lucide-react";
import { type ComponentProps, type ReactElement, type ReactNode, cloneElement, useId, useRef, useState } from "react";
import { cx } from "./cx.ts";
import { createLater, useLater } from "./later.ts";
import { useMenuParts } from "./menu-parts.ts";

type MenuProps = {
  /** The button that opens it. */
  trigger: ReactElement<ComponentProps<"button">>;
  align?: "start" | "center" | "end";
  side?: "top" | "bottom" | "left" | "right";
  children: ReactNode;
};

const menuList = createLater(() => import("./menu-list.tsx"));
export const prefetchMenus = menuList.prefetch;

const ITEM =
  "flex min-h-11 items-center gap-3 rounded-control px-3 py-2 text-[0.9375rem] outline-none select-none " +
  "data-[highlighted]:bg-hover data-[highlighted]:outline-2 data-[highlighted]:-outline-offset-2 " +
  "data-[highlighted]:outline-line-strong data-[disabled]:opacity-50";

/**
 * A list of things to do, opened by a button; arrow keys, typing and Escape work.
 *
 * The list is loaded when the button is pointed at, focused or pressed.
 */
export function Menu({ trigger, align = "end", side = "bottom", children }: MenuProps) {
  const [opened, setOpened] = useState<"by pointer" | "by key">();
  const button = useRef<HTMLButtonElement>(null);
  const list = useLater(menuList, opened !== undefined);
  const id = useId();
  const toggle = (how: "by pointer" | "by key") => setOpened((before) => (before ? undefined : how));
  return (
    <>
      {cloneElement(trigger, {
        id,
        ref: button,
        "aria-haspopup": "menu",
        "aria-expanded": opened !== undefined,
        ...(opened && { "aria-controls": `${id}-list` }),
        onPointerEnter: prefetchMenus,
        onFocus: prefetchMenus,
        onPointerDown(event) {
          if (event.button !== 0 || event.ctrlKey) return;
          toggle("by pointer");
          // The focus goes to the list.
          if (!opened) event.preventDefault();
        },
        onKeyDown(event) {
          if (event.key === "Enter" || event.key === " ") toggle("by key");
          else if (event.key === "ArrowDown") setOpened("by key");
          else return;
          event.preventDefault();
        },
      })}
      {list && (
        <list.MenuList
          id={`${id}-list`}
          buttonId={id}
          button={button}
          opened={opened}
          onClose={() => setOpened(undefined)}
          align={align}
          side={side}
        >
          {children}
        </list.MenuList>
      )}
    </>
  );
}

type MenuItemProps = {
  icon?: ReactNode;
  tone?: "neutral" | "danger";
  onSelect: () => void;
  isDisabled?: boolean;
  children: ReactNode;
};

export function MenuItem({ icon, tone = "neutral", onSelect, isDisabled = false, children }: MenuItemProps) {
  const { Item } = useMenuParts();
  return (
    <Item onSelect={onSelect} disabled={isDisabled} className={cx(ITEM, tone === "danger" && "text-danger-ink")}>
      {icon}
      {children}
    </Item>
  );
}

/** Several items of which one is chosen. */
export function MenuChoice(props: {
  label: string;
  value: string;
  onChoose: (value: string) => void;
  children: ReactNode;
}) {
  const { RadioGroup } = useMenuParts();
  return (
    <RadioGroup aria-label={props.label} value={props.value} onValueChange={props.onChoose}>
      <MenuTitle>{props.label}</MenuTitle>
      {props.children}
    </RadioGroup>
  );
}

export function MenuOption({ value, children }: { value: string; children: ReactNode }) {
  const { RadioItem, ItemIndicator } = useMenuParts();
  return (
    <RadioItem value={value} className={ITEM}>
      <span className="grid size-5 shrink-0 place-items-center">
        <ItemIndicator>
          <Check aria-hidden="true" className="size-4" />
        </ItemIndicator>
      </span>
      <span className="min-w-0 truncate">{children}</span>
    </RadioItem>
  );
}

export function MenuTitle({ children }: { children: ReactNode }) {
  const { Label } = useMenuParts();
  return <Label className="px-3 pt-2 pb-1 text-sm font-semibold text-ink-soft">{children}</Label>;
}

export function MenuLine() {
  const { Separator } = useMenuParts();
  return <Separator className="mx-3 my-1.5 h-px bg-line" />;
}
