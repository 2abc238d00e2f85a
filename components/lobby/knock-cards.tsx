"use client";
import { UsersRound, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Avatar } from "#components/ui/avatar.tsx";
import { bdi } from "#components/ui/bdi.tsx";
import { Button } from "#components/ui/button.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { isolate } from "#components/ui/isolate.ts";
import { toastsBelow } from "#components/ui/toasts-below.ts";
import { useIsModerator, useView, useViewStore } from "#components/call-context/use-meeting.ts";
import { useShortcutText } from "#components/call-context/use-shortcut-text.ts";
import { crowdWarning, guestNotes } from "./guest-notes.ts";
import { HostWarning } from "./host-warning.tsx";
import { useDecide } from "./use-decide.ts";
import { type QueuedGuest, useLobbyQueue } from "./use-lobby-queue.ts";

/**
 * Who knocks, on a card between the upper edge and the stage: one by name, several as a count. The stage makes room for it,
 * so that it covers no face. It takes no focus, goes when it is decided, hidden, or when the list itself is open, and comes
 * again with the next knock.
 */
export function KnockCards() {
  const t = useTranslations();
  const isModerator = useIsModerator();
  const isListOpen = useView(({ panel }) => panel === "people");
  const { guests } = useLobbyQueue();
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const [first] = guests;
  if (!isModerator || isListOpen || !first || guests.every(({ ticketId }) => hidden.has(ticketId))) return null;
  const hide = () => setHidden(new Set(guests.map(({ ticketId }) => ticketId)));
  return (
    <div ref={toastsBelow} className="@container shrink-0">
      <section
        aria-label={t("lobby.region")}
        data-knock-card
        className="mx-auto flex max-w-2xl animate-appear flex-wrap items-center gap-x-3 gap-y-2 rounded-surface border border-line bg-raised py-2 pr-2 pl-3 text-ink"
      >
        {guests.length === 1 ? <OneKnocks guest={first} /> : <SeveralKnock guests={guests} />}
        <IconButton label={t("lobby.hide")} icon={<X className="size-4.5" />} onClick={hide} />
      </section>
    </div>
  );
}

function OneKnocks({ guest }: { guest: QueuedGuest }) {
  const t = useTranslations();
  const { deciding, decide } = useDecide();
  const { ticketId, name, waited } = guest;
  const isDeciding = deciding.has(ticketId);
  return (
    <>
      <Avatar name={name} />
      <div className="min-w-0 grow basis-0">
        <p className="font-semibold wrap-anywhere">{t.rich("lobby.asks", { name, bdi })}</p>
        {guest.isLikeHost && <HostWarning>{t("lobby.likeHost")}</HostWarning>}
        <p className="text-sm text-ink-soft">
          {[waited, ...guestNotes(t, guest)].join(" · ")}
          <AdmitKey ticketId={ticketId} />
        </p>
      </div>
      <Decision>
        <Button
          className="grow"
          aria-label={t("lobby.denyNamed", { name })}
          disabled={isDeciding}
          onClick={() => decide(ticketId, "denied")}
        >
          {t("lobby.deny")}
        </Button>
        <Button
          className="grow"
          tone="primary"
          aria-label={t("lobby.admitNamed", { name })}
          isBusy={isDeciding}
          onClick={() => decide(ticketId, "admitted")}
        >
          {t("lobby.admit")}
        </Button>
      </Decision>
    </>
  );
}

function SeveralKnock({ guests }: { guests: readonly QueuedGuest[] }) {
  const t = useTranslations();
  const view = useViewStore();
  const { deciding, decideAll } = useDecide();
  const [first = "", second = ""] = guests.map(({ name }) => isolate(name));
  const rest = guests.length - 2;
  const warning = crowdWarning(guests);
  return (
    <>
      <UsersRound aria-hidden="true" className="size-6 shrink-0 text-ink-soft" />
      <div className="min-w-0 grow basis-0">
        <p className="font-semibold">{t("lobby.waitingCount", { count: guests.length })}</p>
        <p className="line-clamp-2 text-sm text-ink-soft wrap-anywhere">
          {rest === 0 ? t("lobby.two", { first, second }) : t("lobby.more", { first, second, count: rest })}
        </p>
        {warning && <HostWarning>{t(warning)}</HostWarning>}
      </div>
      <Decision>
        <Button className="grow" onClick={() => view.change({ panel: "people" })}>
          {t("lobby.seeAll")}
        </Button>
        <Button className="grow" tone="primary" isBusy={deciding.has("all")} onClick={() => decideAll("admitted")}>
          {t("lobby.admitAll", { count: guests.length })}
        </Button>
      </Decision>
    </>
  );
}

/** The two buttons: beside who it is about, or on a line of their own where that is too narrow. */
function Decision({ children }: { children: ReactNode }) {
  return <div className="flex gap-2 @max-lg:order-last @max-lg:mr-1 @max-lg:basis-full">{children}</div>;
}

const kbd = (keys: ReactNode) => <kbd className="font-sans font-semibold text-ink">{keys}</kbd>;

/** Shows which key admits this guest. The shortcut works only while this is visible. */
function AdmitKey({ ticketId }: { ticketId: string }) {
  const t = useTranslations();
  const keys = useShortcutText("admit-next");
  if (keys === "") return null;
  return (
    <span data-admit-key={ticketId} className="hidden pointer-fine:inline">
      {" · "}
      {t.rich("lobby.pressKey", { keys, kbd })}
    </span>
  );
}
