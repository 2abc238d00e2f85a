"use client";
import { Check, Copy } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "./button.tsx";
import { useCopied } from "./use-copied.ts";

type CopyFieldProps = {
  /** What it is: "Meeting link". */
  label: string;
  value: string;
  /** What people read, where the value is long. */
  shown?: string;
  copyLabel: string;
  /** Said after copying, and when that did not work. */
  copiedText: string;
  failedText: string;
};

/** A text to take along: marked by a click, copied by the button, and it says when that is done. */
export function CopyField({ label, value, shown = value, copyLabel, copiedText, failedText }: CopyFieldProps) {
  const t = useTranslations();
  const [state, copy] = useCopied();
  return (
    <div className="flex min-w-0 items-center gap-2 rounded-control border border-line bg-sunken p-1 pl-3.5">
      <output aria-label={label} className="min-w-0 grow truncate text-[0.9375rem] select-all" title={value}>
        {shown}
      </output>
      <Button
        tone={state === "copied" ? "quiet" : "primary"}
        size="small"
        aria-label={copyLabel}
        icon={state === "copied" ? <Check className="size-4" /> : <Copy className="size-4" />}
        onClick={() => copy(value)}
      >
        {t(state === "copied" ? "common.copied" : "common.copy")}
      </Button>
      <span role="status" className="sr-only">
        {state === "copied" && copiedText}
        {state === "failed" && failedText}
      </span>
    </div>
  );
}
