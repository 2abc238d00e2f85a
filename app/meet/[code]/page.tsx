import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { EntryFlow } from "#components/entry/entry-flow.tsx";
import { RoomCode } from "#lib/ids.ts";

type Params = { params: Promise<{ code: string }> };

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  return { title: (await params).code };
}

/** A meeting's link. Who may enter is asked by the browser, so that this page is the same for everybody and quick. */
export default async function MeetPage({ params }: Params) {
  const code = RoomCode.safeParse((await params).code);
  if (!code.success) notFound();
  return <EntryFlow code={code.data} />;
}
