import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { StatusScreen } from "#components/status/status-screen.tsx";
import { readActor } from "#lib/auth/actor.ts";
import { isOperator } from "#lib/auth/operator.ts";

export const metadata: Metadata = { title: "Status" };

/** For operators. All other users get a 404. */
export default async function StatusPage() {
  const actor = await readActor();
  if (!isOperator(actor)) notFound();
  return <StatusScreen name={actor.name} />;
}
