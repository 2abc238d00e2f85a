import { useTranslations } from "next-intl";
import Link from "next/link";

/** The product's name, and the way home. */
export function Wordmark() {
  const t = useTranslations();
  return (
    <Link
      href="/"
      aria-label={t("common.home")}
      className="flex h-11 items-center gap-2.5 rounded-control text-xl font-semibold"
    >
      <svg aria-hidden="true" viewBox="0 0 64 64" className="size-8">
        <rect width="64" height="64" rx="18" className="fill-[#0c6b5e]" />
        <path
          d="M17 20l15 26 15-26"
          className="fill-none stroke-white"
          strokeWidth="8"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
        <circle cx="32" cy="19" r="5.5" className="fill-[#7fdcc7]" />
      </svg>
      <span className="tracking-tight">Veet</span>
    </Link>
  );
}
