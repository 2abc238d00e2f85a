"use client";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { Toaster, toast } from "sonner";

/** Where short messages appear. Apart, because it is loaded with the first message. `onReady` gets what shows them. */
export function ToastRegion({ onReady }: { onReady: (show: typeof toast) => void }) {
  const t = useTranslations();
  // The region listens by now: effects of children run first.
  useEffect(() => onReady(toast), [onReady]);
  return (
    <Toaster
      containerAriaLabel={t("common.notifications")}
      position="top-right"
      visibleToasts={3}
      offset={{ top: "var(--toasts-top, 1rem)", right: 16 }}
      // The library would set a font of its own.
      style={{ fontFamily: "inherit" }}
      mobileOffset={{ top: "var(--toasts-top, 0.75rem)", left: 12, right: 12 }}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            "flex w-full sm:w-90 items-center gap-3 rounded-surface border border-line bg-raised p-4 text-[0.9375rem] text-ink shadow-float",
          content: "min-w-0 grow",
          title: "font-semibold",
          description: "text-sm text-ink-soft",
          icon: "shrink-0",
          actionButton: "h-9 shrink-0 rounded-control px-3 text-sm font-semibold text-accent-ink hover:bg-hover",
        },
      }}
    />
  );
}
