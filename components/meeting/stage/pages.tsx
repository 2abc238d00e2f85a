"use client";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { IconButton } from "#components/ui/icon-button.tsx";
import { useViewStore } from "#components/call-context/use-meeting.ts";

/** Which page of people is shown, and the way to the others. */
export function Pages({ page, pageCount }: { page: number; pageCount: number }) {
  const t = useTranslations();
  const view = useViewStore();
  const turn = (by: number) => view.change({ page: page + by });
  return (
    <nav aria-label={t("call.pages")} className="flex items-center justify-center gap-2">
      <IconButton
        label={t("call.previousPage")}
        shortcut="←"
        size="small"
        icon={<ChevronLeft className="size-5" />}
        onClick={() => turn(-1)}
      />
      <p aria-live="polite" className="min-w-24 text-center text-sm text-ink-soft tabular-nums">
        {t("call.page", { page: page + 1, count: pageCount })}
      </p>
      <IconButton
        label={t("call.nextPage")}
        shortcut="→"
        size="small"
        icon={<ChevronRight className="size-5" />}
        onClick={() => turn(1)}
      />
    </nav>
  );
}
