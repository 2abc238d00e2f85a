import { CircleAlert, Info } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "./cx.ts";

type BannerProps = {
  /** `attention` is for something that keeps people from what they came for. */
  tone?: "info" | "attention";
  title?: string;
  children?: ReactNode;
  actions?: ReactNode;
};

/** A message that stays for as long as it is true, and is read out when it comes. */
export function Banner({ tone = "info", title, children, actions }: BannerProps) {
  const Icon = tone === "attention" ? CircleAlert : Info;
  return (
    <div
      role="status"
      className={cx(
        "flex flex-wrap items-start gap-3 rounded-control px-4 py-3 text-[0.9375rem] sm:flex-nowrap",
        tone === "attention" ? "border border-line-strong bg-raised text-ink" : "bg-sunken text-ink",
      )}
    >
      <Icon aria-hidden="true" className="mt-0.5 size-5 shrink-0" />
      <div className="min-w-0 grow basis-0">
        {title && <p className="font-semibold">{title}</p>}
        {children && <div className={title ? "text-ink-soft" : undefined}>{children}</div>}
      </div>
      {/* Under the words on a phone, in line with them. */}
      {actions && <div className="w-full pl-8 sm:w-auto sm:shrink-0 sm:pl-0">{actions}</div>}
    </div>
  );
}
