import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { EntryFlow } from "#components/entry/entry-flow.tsx";
import { RoomCode } from "#lib/ids.ts";

type Params = { params: Promise<{ code: string }> };

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  return { title: (await params).code };
}

/** A meeting's link. The browser asks the API who can join, so this page is the same for all users and fast. */
export default async function MeetPage({ params }: Params) {
  const code = RoomCode.safeParse((await params).code);
  if (!code.success) notFound();
  return <EntryFlow code={code.data} />;
}
