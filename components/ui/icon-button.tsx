import type { ComponentProps, ReactNode } from "react";
import { cx } from "./cx.ts";
import { Tooltip } from "./tooltip.tsx";

type IconButtonTone = "neutral" | "quiet" | "inverse" | "overlay" | "primary" | "danger";

const TONES: Record<IconButtonTone, string> = {
  neutral: "bg-raised text-ink border border-line hover:bg-sunken",
  quiet: "bg-transparent text-ink hover:bg-hover",
  inverse: "bg-inverse text-on-inverse hover:bg-inverse-hover",
  overlay: "bg-scrim text-on-stage",
  primary: "bg-accent text-on-accent hover:bg-accent-hover",
  danger: "bg-danger text-on-danger hover:bg-danger-hover",
};

type IconButtonProps = Omit<ComponentProps<"button">, "children"> & {
  /** Its accessible name and tooltip: mentions the object, "Mute Ada". */
  label: string;
  icon: ReactNode;
  /** `inverse` marks something that is switched off, such as a muted microphone. */
  tone?: IconButtonTone;
  size?: "small" | "medium" | "large";
  /** Shown behind the label in the tooltip. */
  shortcut?: string;
  tooltipSide?: "top" | "bottom" | "left" | "right";
};

const SIZES = { small: "size-9 pointer-coarse:size-11", medium: "size-11", large: "size-13" };

/** A round button with an icon, an accessible name and a tooltip. */
export function IconButton({
  label,
  icon,
  tone = "quiet",
  size = "medium",
  shortcut,
  tooltipSide,
  className,
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip label={label} {...(shortcut && { shortcut })} {...(tooltipSide && { side: tooltipSide })}>
      <button
        type="button"
        aria-label={label}
        {...rest}
        className={cx(
          "relative inline-grid shrink-0 place-items-center rounded-full transition-colors duration-150",
          "disabled:pointer-events-none disabled:opacity-50",
          TONES[tone],
          SIZES[size],
          className,
        )}
      >
        {icon}
      </button>
    </Tooltip>
  );
}
