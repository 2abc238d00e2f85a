"use client";
import { RefreshCw } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { SiteHeader } from "#components/layout/site-header.tsx";
import { useFormats } from "#components/texts/use-formats.ts";
import { Banner } from "#components/ui/banner.tsx";
import { Button } from "#components/ui/button.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { AccountSection } from "./account-section.tsx";
import { ActionDialog } from "./action-dialog.tsx";
import { RegionSection } from "./region-section.tsx";
import { SessionList } from "./session-list.tsx";
import { type Operator, useOperator } from "./use-operator.ts";
import { useStatus } from "./use-status.ts";

/** What runs where, for those who run it. It renews itself. */
export function StatusScreen({ name }: { name: string }) {
  const t = useTranslations();
  const { state, feed } = useStatus();
  const operator = useOperator(feed.refresh);
  return (
    <div className="flex min-h-dvh flex-col">
      <SiteHeader name={name} />
      <main
        aria-busy={state.status === "loading"}
        className="mx-auto flex w-full max-w-4xl grow flex-col gap-8 px-5 pt-4 pb-16 sm:px-8"
      >
        <div className="flex flex-wrap items-center justify-between gap-3">
          <h1 className="text-3xl font-semibold">{t("status.title")}</h1>
          <Button size="small" icon={<RefreshCw className="size-4" />} onClick={() => void feed.refresh()}>
            {t("status.refresh")}
          </Button>
        </div>
        <Content state={state} operator={operator} />
        <AccountSection operator={operator} />
      </main>
      <ActionDialog operator={operator} />
    </div>
  );
}

const small = (code: ReactNode) => <code className="text-sm">{code}</code>;

function Content({ state, operator }: { state: ReturnType<typeof useStatus>["state"]; operator: Operator }) {
  const t = useTranslations();
  const formats = useFormats();
  if (state.status === "loading") return <Loading />;
  if (state.status === "failed") {
    return (
      <Banner tone="attention" title={t("status.loadFailed")}>
        {t.rich("status.loadFailedNote", { code: state.code, small })}
      </Banner>
    );
  }
  const { snapshot, isStale } = state;
  const siteCount = snapshot.regions.reduce((sum, { sites }) => sum + sites.length, 0);
  return (
    <>
      {isStale && <Banner>{t("status.stale", { time: formats.time(snapshot.atMs) })}</Banner>}
      {snapshot.regions.map((region) => (
        <RegionSection key={region.region} region={region} canDrain={siteCount > 1} operator={operator} />
      ))}
      <SessionList
        sessions={snapshot.sessions}
        sessionCount={snapshot.sessionCount}
        nowMs={snapshot.atMs}
        operator={operator}
      />
    </>
  );
}

function Loading() {
  const t = useTranslations();
  return (
    <div role="status" className="flex flex-col gap-3">
      <span className="sr-only">{t("status.loading")}</span>
      <Skeleton className="h-7 w-48" />
      {[0, 1].map((row) => (
        <Skeleton key={row} className="h-36 w-full" />
      ))}
    </div>
  );
}
