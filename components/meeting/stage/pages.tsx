"use client";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { IconButton } from "#components/ui/icon-button.tsx";
import { useViewStore } from "#components/call-context/use-meeting.ts";

/** Which page of people is shown, and the way to the others. */
export function Pages({ page, pageCount }: { page: number; pageCount: number }) {
  const view = useViewStore();
  const turn = (by: number) => view.change({ page: page + by });
  return (
    <nav aria-label="Pages of people" className="flex items-center justify-center gap-2">
      <IconButton
        label="Previous page of people"
        shortcut="←"
        size="small"
        icon={<ChevronLeft className="size-5" />}
        onClick={() => turn(-1)}
      />
      <p aria-live="polite" className="min-w-24 text-center text-sm text-ink-soft tabular-nums">
        Page {page + 1} of {pageCount}
      </p>
      <IconButton
        label="Next page of people"
        shortcut="→"
        size="small"
        icon={<ChevronRight className="size-5" />}
        onClick={() => turn(1)}
      />
    </nav>
  );
}
