import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { StatusScreen } from "#components/status/status-screen.tsx";
import { readActor } from "#lib/auth/actor.ts";
import { isOperator } from "#lib/auth/operator.ts";

export const metadata: Metadata = { title: "Status" };

/** For operators. To everybody else there is nothing here, signed in or not. */
export default async function StatusPage() {
  const actor = await readActor();
  if (!isOperator(actor)) notFound();
  return <StatusScreen name={actor.name} />;
}
