"use client";
import * as Radix from "@radix-ui/react-dialog";
import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { cx } from "./cx.ts";
import { IconButton } from "./icon-button.tsx";

export type DialogProps = {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  title: string;
  description?: ReactNode;
  children?: ReactNode;
  /** Buttons, the one to press last. */
  actions?: ReactNode;
  width?: "narrow" | "wide";
};

/** The window of a dialog. Apart, because it is loaded when it is first wanted. */
export function DialogWindow({
  isOpen,
  onOpenChange,
  title,
  description,
  children,
  actions,
  width = "narrow",
}: DialogProps) {
  const t = useTranslations();
  return (
    <Radix.Root open={isOpen} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-scrim" />
        <Radix.Content
          {...(description ? {} : { "aria-describedby": undefined })}
          className={cx(
            "fixed inset-x-0 bottom-0 z-40 flex max-h-[92dvh] flex-col gap-4 overflow-y-auto rounded-t-surface bg-raised p-6",
            "animate-appear shadow-float sm:inset-auto sm:top-1/2 sm:left-1/2 sm:w-[calc(100vw-3rem)] sm:rounded-surface",
            "sm:[translate:-50%_-50%]",
            width === "wide" ? "sm:max-w-2xl" : "sm:max-w-md",
          )}
        >
          <Radix.Title className="pt-1 pr-10 text-xl font-semibold break-words">{title}</Radix.Title>
          {description && <Radix.Description className="text-ink-soft">{description}</Radix.Description>}
          {children}
          {actions && <div className="mt-2 flex flex-wrap justify-end gap-3">{actions}</div>}
          {/* Last, so that the focus begins on what the dialog is about. */}
          <Radix.Close asChild>
            <IconButton
              label={t("common.close")}
              icon={<X className="size-5" />}
              className="absolute! top-4 right-4"
              tooltipSide="left"
            />
          </Radix.Close>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
