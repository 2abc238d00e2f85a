import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { EntryFlow } from "#components/entry/entry-flow.tsx";
import { MoreTexts } from "#components/texts/more-texts.tsx";
import { RoomCode } from "#lib/ids.ts";
import { textsOf } from "../../page-texts.ts";

type Params = { params: Promise<{ code: string }> };

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  return { title: (await params).code };
}

/** A meeting's link. The browser asks the API who can join, so this page is the same for all users of a language and fast. */
export default async function MeetPage({ params }: Params) {
  const code = RoomCode.safeParse((await params).code);
  if (!code.success) notFound();
  return (
    <MoreTexts messages={await textsOf(["door", "devices", "name", "share", "waiting", "after"])}>
      <EntryFlow code={code.data} />
    </MoreTexts>
  );
}
