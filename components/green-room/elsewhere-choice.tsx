"use client";
import { MonitorSmartphone } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { useFocusedHeading } from "#components/ui/use-focused-heading.ts";

type ElsewhereChoiceProps = { onMove: () => void; onSecond: () => void; onCancel: () => void };

/** I am inside already, on another tab or device: nothing is thrown out without my saying so. */
export function ElsewhereChoice({ onMove, onSecond, onCancel }: ElsewhereChoiceProps) {
  const heading = useFocusedHeading();
  return (
    <div className="flex flex-col gap-5">
      <span aria-hidden="true" className="grid size-14 place-items-center rounded-full bg-sunken">
        <MonitorSmartphone className="size-6" />
      </span>
      <div className="flex flex-col gap-2">
        <h1 ref={heading} tabIndex={-1} className="text-3xl font-semibold outline-none focus-visible:shadow-none">
          You’re already in this meeting
        </h1>
        <p className="text-ink-soft">
          You’re in this call on another tab or device. Move it here, or join from here too.
        </p>
      </div>
      <div className="flex flex-col gap-3">
        <Button tone="primary" size="large" onClick={onMove}>
          Move call here
        </Button>
        <Button size="large" onClick={onSecond}>
          Join here too
        </Button>
        <Button tone="quiet" onClick={onCancel}>
          Cancel
        </Button>
      </div>
      <p className="text-sm text-ink-soft">If both devices are in the same room, mute one to avoid echo.</p>
    </div>
  );
}
