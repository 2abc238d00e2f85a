import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { SignInCard } from "#components/sign-in/sign-in-card.tsx";
import { MoreTexts } from "#components/texts/more-texts.tsx";
import { readActor } from "#lib/auth/actor.ts";
import { signInWays } from "#lib/auth/providers.ts";
import { safePath } from "#lib/auth/safe-path.ts";
import { signInProblem, signInRefusal } from "#lib/auth/sign-in-error.ts";
import { env } from "#lib/env.ts";
import { hostsHere } from "#lib/hosts-allowed.ts";
import { isFromOwnPage, siteOrigin } from "#lib/http/same-site.ts";
import { textsOf } from "../page-texts.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations())("signIn.title") };
}

const text = z.string().optional().catch(undefined);
const Search = z.object({ callbackUrl: text, error: text, way: text });

type PageProps = { searchParams: Promise<unknown> };

export default async function SignInPage({ searchParams }: PageProps) {
  const { callbackUrl, error, way } = Search.parse(await searchParams);
  const returnTo = safePath(callbackUrl, siteOrigin());
  const actor = await readActor();
  if (actor.kind === "account") redirect(returnTo);

  const ways = signInWays();
  // next-auth redirects its own provider address here, with the provider's name as the error.
  const refusal = signInRefusal(error);
  const problem = refusal || ways.some(({ id }) => id === error) ? undefined : signInProblem(error);
  // A link on another site must not start a sign-in.
  const pressed = isFromOwnPage(await headers()) ? ways.find(({ id }) => id === way)?.id : undefined;
  return (
    <MoreTexts messages={await textsOf(["signIn"])}>
      <SignInCard
        ways={ways}
        returnTo={returnTo}
        problem={problem}
        refusal={refusal}
        hosts={hostsHere(env().HOSTS_ALLOWED)}
        pressed={pressed}
      />
    </MoreTexts>
  );
}
