import { CircleAlert } from "lucide-react";
import { type ComponentProps, type ReactNode, useId } from "react";
import { cx } from "./cx.ts";

type TextFieldProps = Omit<ComponentProps<"input">, "id"> & {
  label: string;
  /** The label is there for those who listen only; the placeholder has to say enough. */
  isLabelHidden?: boolean;
  hint?: ReactNode;
  /** What is wrong and how to mend it; announced. */
  error?: string | undefined;
};

/** One line of text with its label, a hint and what is wrong with it. */
export function TextField({ label, isLabelHidden = false, hint, error, className, ...rest }: TextFieldProps) {
  const id = useId();
  const noteId = `${id}-note`;
  return (
    <div className={cx("flex min-w-0 flex-col gap-1.5", className)}>
      <label htmlFor={id} className={isLabelHidden ? "sr-only" : "text-sm font-semibold"}>
        {label}
      </label>
      <input
        // What is typed stands in its own direction, whatever the page's.
        dir="auto"
        {...rest}
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={error || hint ? noteId : undefined}
        className={cx(
          "h-11 w-full min-w-0 rounded-control border bg-surface px-3.5 text-base text-ink",
          error ? "border-2 border-ink" : "border-line-strong",
        )}
      />
      <div id={noteId} aria-live="polite" className={error || hint ? "text-sm text-ink-soft" : "sr-only"}>
        {error ? (
          <span className="flex items-start gap-1.5 font-medium text-ink">
            <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
            {error}
          </span>
        ) : (
          hint
        )}
      </div>
    </div>
  );
}
