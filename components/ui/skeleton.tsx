import { cx } from "./cx.ts";

/** Keeps the place of what is still coming; give it the height and width of that. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden="true" className={cx("block rounded-control bg-sunken", className)} />;
}
