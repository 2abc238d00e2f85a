import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { StatusScreen } from "#components/status/status-screen.tsx";
import { MoreTexts } from "#components/texts/more-texts.tsx";
import { readActor } from "#lib/auth/actor.ts";
import { isOperator } from "#lib/auth/operator.ts";
import { textsOf } from "../page-texts.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations())("status.title") };
}

/** For operators. All other users get a 404. */
export default async function StatusPage() {
  const actor = await readActor();
  if (!isOperator(actor)) notFound();
  return (
    <MoreTexts messages={await textsOf(["status", "time"])}>
      <StatusScreen name={actor.name} />
    </MoreTexts>
  );
}
