import { cx } from "./cx.ts";

export type ButtonTone = "primary" | "neutral" | "quiet" | "danger";
export type ButtonSize = "small" | "medium" | "large";

const TONES: Record<ButtonTone, string> = {
  primary: "bg-accent text-on-accent hover:bg-accent-hover",
  neutral: "bg-surface text-ink border border-line-strong hover:bg-sunken",
  quiet: "bg-transparent text-ink hover:bg-hover",
  danger: "bg-danger text-on-danger hover:bg-danger-hover",
};

/** `small` is for dense lists and grows to 44 px under a finger. */
const SIZES: Record<ButtonSize, string> = {
  small: "h-9 pointer-coarse:h-11 px-3 text-sm gap-1.5",
  medium: "h-11 px-4 text-[0.9375rem] gap-2",
  large: "h-13 px-6 text-base gap-2.5",
};

/** The look of a button, for links that act as one. */
export function buttonClasses(tone: ButtonTone = "neutral", size: ButtonSize = "medium"): string {
  return cx(
    "relative inline-flex shrink-0 items-center justify-center rounded-control font-semibold whitespace-nowrap",
    "transition-colors duration-150 disabled:opacity-50 disabled:pointer-events-none",
    TONES[tone],
    SIZES[size],
  );
}
