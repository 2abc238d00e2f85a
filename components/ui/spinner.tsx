import { cx } from "./cx.ts";

/** A turning ring without a label. */
export function Ring({ className }: { className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={cx("size-5 animate-ring rounded-full border-2 border-current border-t-transparent", className)}
    />
  );
}

/** Shows that something is in progress; the label appears after a second. */
export function Spinner({ label }: { label: string }) {
  return (
    <div role="status" className="flex flex-col items-center gap-4 text-ink-soft">
      <Ring className="size-7" />
      <span className="animate-say-later">{label}</span>
    </div>
  );
}
