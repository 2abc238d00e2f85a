"use client";
import { useTranslations } from "next-intl";
import { SiteHeader } from "#components/layout/site-header.tsx";
import { LanguageSelect } from "#components/texts/language-select.tsx";
import { JoinForm } from "./join-form.tsx";
import { MeetingPicture } from "./meeting-picture.tsx";
import { MyMeetings } from "./my-meetings.tsx";
import { StartButtons, StartLinks } from "./start-buttons.tsx";
import type { StartRequest } from "./start-request.ts";
import { useMyRooms } from "./use-my-rooms.ts";

type HomeScreenProps = {
  name: string | undefined;
  request: StartRequest;
  /** What was typed as a meeting's code and is none. */
  triedCode: string | undefined;
};

/** The first page: start, join, or go back to one of mine. */
export function HomeScreen({ name, request, triedCode }: HomeScreenProps) {
  return (
    <div className="flex min-h-dvh flex-col">
      <SiteHeader name={name} />
      <main className="mx-auto grid w-full max-w-7xl grow content-start items-start gap-14 px-5 pt-8 pb-16 sm:px-8 lg:grid-cols-[minmax(0,11fr)_minmax(0,12fr)] lg:gap-20 lg:pt-[max(2rem,12vh)]">
        {name === undefined ? (
          <SignedOut triedCode={triedCode} />
        ) : (
          <SignedIn name={name} request={request} triedCode={triedCode} />
        )}
      </main>
      <footer className="mx-auto w-full max-w-7xl px-5 pb-8 sm:px-8">
        <LanguageSelect className="w-44" isLabelHidden />
      </footer>
    </div>
  );
}

function SignedOut({ triedCode }: Pick<HomeScreenProps, "triedCode">) {
  const t = useTranslations();
  return (
    <>
      <div className="flex flex-col gap-8">
        <Welcome heading={t("home.welcome")}>{t("home.welcomeNote")}</Welcome>
        <StartLinks />
        <Join triedCode={triedCode} />
      </div>
      <MeetingPicture />
    </>
  );
}

function SignedIn({ name, request, triedCode }: HomeScreenProps & { name: string }) {
  const t = useTranslations();
  const { rooms, feed } = useMyRooms();
  return (
    <>
      <div className="flex flex-col gap-8">
        <Welcome heading={t("home.hello", { name: name.split(" ")[0] ?? "" })}>{t("home.helloNote")}</Welcome>
        <StartButtons request={request} onCreated={() => void feed.refresh()} />
        <Join triedCode={triedCode} />
      </div>
      <MyMeetings rooms={rooms} feed={feed} />
    </>
  );
}

function Welcome({ heading, children }: { heading: string; children: string }) {
  return (
    <div className="flex flex-col gap-4">
      <h1 className="text-4xl leading-[1.08] font-semibold tracking-[-0.028em] break-words sm:text-5xl">{heading}</h1>
      <p className="max-w-xl text-lg leading-relaxed text-ink-soft">{children}</p>
    </div>
  );
}

function Join({ triedCode }: Pick<HomeScreenProps, "triedCode">) {
  return (
    <div className="max-w-lg border-t border-line pt-7">
      <JoinForm tried={triedCode} />
    </div>
  );
}
