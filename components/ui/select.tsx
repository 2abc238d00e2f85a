import { ChevronDown } from "lucide-react";
import { type ComponentProps, type ReactNode, useId } from "react";
import { cx } from "./cx.ts";

type SelectProps = Omit<ComponentProps<"select">, "id"> & {
  label: string;
  isLabelHidden?: boolean;
  icon?: ReactNode;
};

/** The system's own list, which phones and screen readers know best, in our clothes. Children are `<option>`s. */
export function Select({ label, isLabelHidden = false, icon, className, children, ...rest }: SelectProps) {
  const id = useId();
  return (
    <div className={cx("flex min-w-0 flex-col gap-1.5", className)}>
      <label htmlFor={id} className={isLabelHidden ? "sr-only" : "text-sm font-semibold"}>
        {label}
      </label>
      <div className="relative">
        {icon && <span className="pointer-events-none absolute inset-y-0 left-3 grid place-items-center">{icon}</span>}
        <select
          {...rest}
          id={id}
          className={cx(
            "h-11 w-full appearance-none truncate rounded-control border border-line-strong bg-surface pr-10 text-[0.9375rem]",
            "text-ink transition-colors duration-150 hover:bg-sunken disabled:opacity-60",
            icon ? "pl-10" : "pl-3.5",
          )}
        >
          {children}
        </select>
        <ChevronDown
          aria-hidden="true"
          className="pointer-events-none absolute top-1/2 right-3 size-4 -translate-y-1/2 text-ink-soft"
        />
      </div>
    </div>
  );
}
