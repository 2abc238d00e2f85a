import { cx } from "./cx.ts";
import { groundOf, initialsOf } from "./initials.ts";

const GROUNDS = [
  "bg-avatar-1",
  "bg-avatar-2",
  "bg-avatar-3",
  "bg-avatar-4",
  "bg-avatar-5",
  "bg-avatar-6",
  "bg-avatar-7",
  "bg-avatar-8",
];
const SIZES = { small: "size-8 text-sm", medium: "size-11 text-base", large: "size-24 text-4xl" };

/** Initials on a ground that belongs to the name. A picture beside the name, so it is silent. */
export function Avatar({
  name,
  size = "medium",
  className,
}: {
  name: string;
  size?: keyof typeof SIZES;
  className?: string;
}) {
  return (
    <span
      aria-hidden="true"
      className={cx(
        "grid shrink-0 place-items-center rounded-full font-semibold text-white select-none",
        GROUNDS[groundOf(name) - 1],
        SIZES[size],
        className,
      )}
    >
      {initialsOf(name)}
    </span>
  );
}
