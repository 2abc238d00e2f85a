import type { ComponentProps, ReactNode } from "react";
import { type ButtonSize, type ButtonTone, buttonClasses } from "./button-classes.ts";
import { cx } from "./cx.ts";
import { Ring } from "./spinner.tsx";

type ButtonProps = ComponentProps<"button"> & {
  tone?: ButtonTone;
  size?: ButtonSize;
  /** Keeps its width and its focus, shows that something is under way and ignores presses. */
  isBusy?: boolean;
  icon?: ReactNode;
};

/** Says what will happen when it is pressed. */
export function Button({ tone, size, isBusy = false, icon, children, className, onClick, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      aria-busy={isBusy || undefined}
      aria-disabled={isBusy || undefined}
      onClick={isBusy ? (event) => event.preventDefault() : onClick}
      className={cx(buttonClasses(tone, size), className)}
    >
      <span className={cx("inline-flex min-w-0 items-center gap-[inherit]", isBusy && "opacity-0")}>
        {icon}
        {children}
      </span>
      {isBusy && (
        <span className="absolute inset-0 grid place-items-center">
          <Ring />
        </span>
      )}
    </button>
  );
}
