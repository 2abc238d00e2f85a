"use client";
import * as Radix from "@radix-ui/react-dropdown-menu";
import { Check } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { cx } from "./cx.ts";

type MenuProps = {
  /** The button that opens it. */
  trigger: ReactElement;
  align?: "start" | "center" | "end";
  side?: "top" | "bottom" | "left" | "right";
  children: ReactNode;
};

const ITEM =
  "flex min-h-11 items-center gap-3 rounded-control px-3 py-2 text-[0.9375rem] outline-none select-none " +
  "data-[highlighted]:bg-hover data-[highlighted]:outline-2 data-[highlighted]:-outline-offset-2 " +
  "data-[highlighted]:outline-line-strong data-[disabled]:opacity-50";

/** A list of things to do, opened by a button; arrow keys, typing and Escape work. */
export function Menu({ trigger, align = "end", side = "bottom", children }: MenuProps) {
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align={align}
          side={side}
          sideOffset={8}
          collisionPadding={8}
          className="z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-56 overflow-y-auto rounded-surface border border-line bg-raised p-1.5 text-ink shadow-float"
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
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
  return (
    <Radix.Item onSelect={onSelect} disabled={isDisabled} className={cx(ITEM, tone === "danger" && "text-danger-ink")}>
      {icon}
      {children}
    </Radix.Item>
  );
}

/** Several items of which one is chosen. */
export function MenuChoice(props: {
  label: string;
  value: string;
  onChoose: (value: string) => void;
  children: ReactNode;
}) {
  return (
    <Radix.RadioGroup aria-label={props.label} value={props.value} onValueChange={props.onChoose}>
      <MenuTitle>{props.label}</MenuTitle>
      {props.children}
    </Radix.RadioGroup>
  );
}

export function MenuOption({ value, children }: { value: string; children: ReactNode }) {
  return (
    <Radix.RadioItem value={value} className={ITEM}>
      <span className="grid size-5 shrink-0 place-items-center">
        <Radix.ItemIndicator>
          <Check aria-hidden="true" className="size-4" />
        </Radix.ItemIndicator>
      </span>
      <span className="min-w-0 truncate">{children}</span>
    </Radix.RadioItem>
  );
}

export function MenuTitle({ children }: { children: ReactNode }) {
  return <Radix.Label className="px-3 pt-2 pb-1 text-sm font-semibold text-ink-soft">{children}</Radix.Label>;
}

export function MenuLine() {
  return <Radix.Separator className="mx-3 my-1.5 h-px bg-line" />;
}
