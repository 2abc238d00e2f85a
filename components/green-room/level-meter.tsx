"use client";
import { useTranslations } from "next-intl";
import type { Preview } from "#lib/call/media/devices.ts";
import { cx } from "#components/ui/cx.ts";
import { usePreviewLevel } from "./use-preview.ts";

/** Where each bar begins to light up; speech at a desk lies between 0.05 and 0.4. */
const STEPS = [0.02, 0.08, 0.16, 0.28, 0.45];
const HEIGHTS = ["h-2", "h-3", "h-4", "h-5", "h-6"];

/** Shows the microphone's level. */
export function LevelMeter({ preview }: { preview: Preview }) {
  const t = useTranslations();
  const level = usePreviewLevel(preview);
  return (
    <span
      role="meter"
      aria-label={t("door.level")}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(level * 100)}
      className="flex h-9 items-end gap-1 rounded-full bg-stage/70 px-3.5 pb-1.5"
    >
      {STEPS.map((from, index) => (
        <span
          key={from}
          className={cx(
            "w-1 rounded-full transition-colors duration-75",
            HEIGHTS[index],
            level >= from ? "bg-[#63cdb5]" : "bg-on-stage/30",
          )}
        />
      ))}
    </span>
  );
}
