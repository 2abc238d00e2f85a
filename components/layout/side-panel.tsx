"use client";
import * as Radix from "@radix-ui/react-dialog";
import { X } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useLayoutEffect, useRef } from "react";
import { IconButton } from "#components/ui/icon-button.tsx";
import { useMediaQuery } from "#components/ui/use-media-query.ts";
import { useViewStore } from "#components/call-context/use-meeting.ts";
import type { Panel } from "#components/call-context/view.ts";

type SidePanelProps = { panel: Panel; title: string; closeLabel: string; children: ReactNode };

/** The id of the button that opens a panel: where the focus returns to. */
export const panelButtonId = (panel: Panel) => `open-${panel}`;

/** Beside the stage where there is room, over it on phones. Escape closes it, and the focus goes back to its button. */
export function SidePanel(props: SidePanelProps) {
  const isWide = useMediaQuery("(min-width: 768px)");
  return isWide ? <Beside {...props} /> : <Sheet {...props} />;
}

function Beside({ panel, title, closeLabel, children }: SidePanelProps) {
  const view = useViewStore();
  const ref = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const element = ref.current;
    element?.querySelector<HTMLElement>("[data-first-focus]")?.focus();
    return () => {
      if (element?.contains(document.activeElement)) document.getElementById(panelButtonId(panel))?.focus();
    };
  }, [panel]);
  const closeOnEscape = (event: KeyboardEvent) => {
    if (event.key === "Escape" && !event.defaultPrevented) view.change({ panel: undefined });
  };
  return (
    <aside
      ref={ref}
      aria-labelledby={`${panel}-title`}
      onKeyDown={closeOnEscape}
      className="my-2 mr-2 flex w-86 shrink-0 flex-col overflow-hidden rounded-surface bg-surface xl:w-92"
    >
      <PanelHead>
        <h2
          id={`${panel}-title`}
          data-first-focus={panel === "people" || undefined}
          tabIndex={-1}
          className="text-lg font-semibold"
        >
          {title}
        </h2>
        <IconButton
          label={closeLabel}
          icon={<X className="size-5" />}
          onClick={() => view.change({ panel: undefined })}
        />
      </PanelHead>
      {children}
    </aside>
  );
}

function Sheet({ panel, title, closeLabel, children }: SidePanelProps) {
  const view = useViewStore();
  const head = useRef<HTMLHeadingElement>(null);
  return (
    <Radix.Root open onOpenChange={() => view.change({ panel: undefined })}>
      <Radix.Portal>
        <Radix.Content
          aria-describedby={undefined}
          data-theme="dark"
          // Opening the on-screen keyboard would hide the messages.
          onOpenAutoFocus={(event) => {
            event.preventDefault();
            head.current?.focus();
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            document.getElementById(panelButtonId(panel))?.focus();
          }}
          className="fixed inset-0 z-30 flex flex-col bg-surface pb-[env(safe-area-inset-bottom)] text-ink"
        >
          <PanelHead>
            <Radix.Title ref={head} tabIndex={-1} className="text-lg font-semibold">
              {title}
            </Radix.Title>
            <Radix.Close asChild>
              <IconButton label={closeLabel} icon={<X className="size-5" />} />
            </Radix.Close>
          </PanelHead>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function PanelHead({ children }: { children: ReactNode }) {
  return <header className="flex shrink-0 items-center justify-between gap-2 py-2 pr-2 pl-4">{children}</header>;
}
