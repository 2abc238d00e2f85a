"use client";
import { ChevronDown } from "lucide-react";
import type { ReactNode } from "react";
import { useView, useViewStore } from "#components/call-context/use-meeting.ts";
import type { Fold } from "#components/call-context/view.ts";

type FoldableProps = { fold: Fold; title: string; children: ReactNode };

export const useIsUnfolded = (fold: Fold): boolean => useView(({ unfolded }) => unfolded.includes(fold));

/** A part of a panel that is opened when it is needed. */
export function Foldable({ fold, title, children }: FoldableProps) {
  const view = useViewStore();
  return (
    <details
      className="group/fold rounded-surface border border-line"
      open={useIsUnfolded(fold)}
      onToggle={(event) => view.fold(fold, event.currentTarget.open)}
    >
      <summary className="flex min-h-12 list-none items-center justify-between rounded-surface px-4 text-[0.9375rem] font-semibold hover:bg-hover [&::-webkit-details-marker]:hidden">
        {title}
        <ChevronDown
          aria-hidden="true"
          className="size-5 text-ink-soft transition-transform duration-150 group-open/fold:rotate-180"
        />
      </summary>
      <div className="flex flex-col gap-2 px-4 pt-1 pb-4">{children}</div>
    </details>
  );
}
