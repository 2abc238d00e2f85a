"use client";
import { useLocale, useTranslations } from "next-intl";
import Link from "next/link";
import type { HostsHere } from "#lib/hosts-allowed.ts";
import type { SignInProblem, SignInRefusal } from "#lib/auth/sign-in-error.ts";
import { Banner } from "#components/ui/banner.tsx";
import { Button } from "#components/ui/button.tsx";
import { useOnArrival } from "#components/ui/use-on-arrival.ts";
import { Wordmark } from "#components/ui/wordmark.tsx";
import { hostsText, refusedText } from "./sign-in-text.ts";
import { TryItForm } from "./try-it-form.tsx";
import { useSignIn } from "./use-sign-in.ts";

/** A way to sign in: next-auth's id of it, and what people call it. */
type Way = { id: string; name: string };

type SignInCardProps = {
  ways: readonly Way[];
  /** The path on this site to go to afterwards. */
  returnTo: string;
  /** Why the last try failed. */
  problem: SignInProblem | undefined;
  /** Why the account the user signed in with gets no session here. */
  refusal: SignInRefusal | undefined;
  hosts: HostsHere;
  /** Id of the way that was pressed before the page could act. */
  pressed: string | undefined;
};

/** Who are you: one button for each way to sign in. */
export function SignInCard({ ways, returnTo, problem, refusal, hosts, pressed }: SignInCardProps) {
  const t = useTranslations();
  const { begin, busyWay, failure } = useSignIn(returnTo);
  useOnArrival(pressed, (way) => {
    // Back from the provider must not lead straight to it again.
    history.replaceState(history.state, "", `/sign-in?callbackUrl=${encodeURIComponent(returnTo)}`);
    begin({ way });
  });
  const outside = ways.filter(({ id }) => id !== "try-it");
  const message = failure ?? problem;

  return (
    <main className="mx-auto flex min-h-dvh max-w-md flex-col justify-center gap-8 px-4 py-10">
      <Wordmark />
      <section
        aria-labelledby="sign-in-title"
        className="flex flex-col gap-6 rounded-surface border border-line bg-surface p-6 sm:p-8"
      >
        <div className="flex flex-col gap-2">
          <h1 id="sign-in-title" className="text-2xl font-semibold tracking-tight">
            {t("signIn.title")}
          </h1>
          <p className="text-ink-soft">{t("signIn.note")}</p>
        </div>
        {refusal && !failure && <Refused refusal={refusal} hosts={hosts} returnTo={returnTo} />}
        {message && <Banner tone="attention">{t(`signIn.${message}`)}</Banner>}
        {ways.length === 0 && <NoOneCanSignIn />}
        {outside.length > 0 && (
          // Sent before the page's scripts run, it comes back here, which then does the same.
          <form action="/sign-in" onSubmit={(event) => event.preventDefault()} className="flex flex-col gap-3">
            <input type="hidden" name="callbackUrl" value={returnTo} />
            {outside.map(({ id, name }, index) => (
              <Button
                key={id}
                type="submit"
                name="way"
                value={id}
                tone={index === 0 ? "primary" : "neutral"}
                size="large"
                // A company's name for its own sign-in may need two lines.
                className="h-auto! min-h-13 py-2 whitespace-normal!"
                isBusy={busyWay === id}
                onClick={() => begin({ way: id })}
              >
                {t("signIn.continueWith", { provider: name })}
              </Button>
            ))}
          </form>
        )}
        {ways.length > outside.length && (
          <TryItForm isBusy={busyWay === "try-it"} onTry={(fields) => begin({ way: "try-it", ...fields })} />
        )}
      </section>
    </main>
  );
}

/** Who can host, and that a guest can join without an account. */
type RefusedProps = { refusal: SignInRefusal; hosts: HostsHere; returnTo: string };

function Refused({ refusal, hosts, returnTo }: RefusedProps) {
  const t = useTranslations();
  const language = useLocale();
  return (
    <Banner tone="attention" title={t(`signIn.refused.${refusal}`)}>
      <p>{refusedText(t, refusal, hostsText(t, hosts, language))}</p>
      <p className="mt-2">
        {t("signIn.noAccountNeeded")}{" "}
        {returnTo.startsWith("/meet/") && (
          <Link className="font-medium text-accent underline underline-offset-2" href={returnTo}>
            {t("signIn.backToMeeting")}
          </Link>
        )}
      </p>
      <code className="mt-2 block text-sm">{refusal}</code>
    </Banner>
  );
}

function NoOneCanSignIn() {
  const t = useTranslations();
  return <Banner title={t("signIn.notSetUp")}>{t("signIn.notSetUpNote")}</Banner>;
}
