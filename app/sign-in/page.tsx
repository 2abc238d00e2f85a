import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { z } from "zod";
import { SignInCard } from "#components/sign-in/sign-in-card.tsx";
import { readActor } from "#lib/auth/actor.ts";
import { signInWays } from "#lib/auth/providers.ts";
import { safePath } from "#lib/auth/safe-path.ts";
import { signInErrorText, signInRefusal } from "#lib/auth/sign-in-error.ts";
import { env } from "#lib/env.ts";
import { hostsSentence } from "#lib/hosts-allowed.ts";
import { isFromOwnPage, siteOrigin } from "#lib/http/same-site.ts";

export const metadata: Metadata = { title: "Sign in" };

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
  const refusal = signInRefusal(error, hostsSentence(env().HOSTS_ALLOWED));
  const problem = refusal || ways.some(({ id }) => id === error) ? undefined : signInErrorText(error);
  // A link on another site must not start a sign-in.
  const pressed = isFromOwnPage(await headers()) ? ways.find(({ id }) => id === way)?.id : undefined;
  return <SignInCard ways={ways} returnTo={returnTo} problem={problem} refusal={refusal} pressed={pressed} />;
}
