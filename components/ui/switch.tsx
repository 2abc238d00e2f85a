import { type ReactNode, useId } from "react";
import { cx } from "./cx.ts";

type SwitchProps = {
  label: string;
  description?: ReactNode;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
  isDisabled?: boolean;
};

/** On or off, effective at once. The whole line is the target. */
export function Switch({ label, description, isOn, onChange, isDisabled = false }: SwitchProps) {
  const id = useId();
  return (
    <label htmlFor={id} className={cx("flex min-h-11 items-center gap-4 py-1", isDisabled && "opacity-50")}>
      <span className="min-w-0 grow">
        <span className="block text-[0.9375rem] font-medium">{label}</span>
        {description && (
          <span id={`${id}-note`} className="block text-sm text-ink-soft">
            {description}
          </span>
        )}
      </span>
      <button
        id={id}
        type="button"
        role="switch"
        aria-checked={isOn}
        aria-label={label}
        aria-describedby={description ? `${id}-note` : undefined}
        disabled={isDisabled}
        onClick={() => onChange(!isOn)}
        className={cx(
          "relative h-7 w-12 shrink-0 rounded-full border transition-colors duration-150",
          isOn ? "border-accent bg-accent" : "border-line-strong bg-sunken",
        )}
      >
        <span
          className={cx(
            "absolute top-1/2 size-5 -translate-y-1/2 rounded-full transition-[left] duration-150",
            isOn ? "left-6 bg-on-accent" : "left-0.5 bg-line-strong",
          )}
        />
      </button>
    </label>
  );
}
