import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { cx } from "#components/ui/cx.ts";
import { Ring } from "#components/ui/spinner.tsx";
import { Tooltip } from "#components/ui/tooltip.tsx";

type StageToggleProps = {
  what: "microphone" | "camera";
  /** It is on, or on its way. */
  isOn: boolean;
  isStarting: boolean;
  /** Marked, because pressing it asks the browser again. */
  hasTrouble: boolean;
  icon: ReactNode;
  onToggle: () => void;
};

/** A round switch on a picture. Off is the filled one: it is the state one must not overlook. */
export function StageToggle({ what, isOn, isStarting, hasTrouble, icon, onToggle }: StageToggleProps) {
  const t = useTranslations();
  const label = t(isOn ? `devices.turnOff.${what}` : `devices.turnOn.${what}`);
  return (
    <Tooltip label={label}>
      <button
        type="button"
        aria-label={label}
        aria-busy={isStarting || undefined}
        onClick={onToggle}
        className={cx(
          "relative grid size-13 place-items-center rounded-full transition-colors duration-150 [&>svg]:size-5.5",
          "focus-visible:outline-on-stage focus-visible:shadow-none",
          isOn
            ? "bg-stage/70 text-on-stage ring-1 ring-on-stage/30 hover:bg-stage/90"
            : "bg-on-stage text-stage hover:bg-white",
        )}
      >
        {isStarting ? <Ring /> : icon}
        {hasTrouble && (
          <span
            aria-hidden="true"
            className="absolute -top-0.5 -right-0.5 grid size-5 place-items-center rounded-full bg-stage text-sm font-bold text-on-stage ring-2 ring-on-stage"
          >
            !
          </span>
        )}
      </button>
    </Tooltip>
  );
}
