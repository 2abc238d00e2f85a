import { useId } from "react";

type CheckboxProps = { label: string; isChecked: boolean; onChange: (isChecked: boolean) => void };

/** A yes or no that takes effect with the button below it. The whole line is the target. */
export function Checkbox({ label, isChecked, onChange }: CheckboxProps) {
  const id = useId();
  return (
    <label htmlFor={id} className="flex min-h-11 items-center gap-3 text-[0.9375rem]">
      <input
        id={id}
        type="checkbox"
        checked={isChecked}
        onChange={(event) => onChange(event.target.checked)}
        className="size-5 shrink-0 accent-accent"
      />
      {label}
    </label>
  );
}
