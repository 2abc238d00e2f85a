import { cx } from "./cx.ts";

/** A turning ring; says nothing by itself. */
export function Ring({ className }: { className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={cx("size-5 animate-ring rounded-full border-2 border-current border-t-transparent", className)}
    />
  );
}

/** Something is under way; says what after a second, to everybody. */
export function Spinner({ label }: { label: string }) {
  return (
    <div role="status" className="flex flex-col items-center gap-4 text-ink-soft">
      <Ring className="size-7" />
      <span className="animate-say-later">{label}</span>
    </div>
  );
}
