import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { HomeScreen } from "#components/home/home-screen.tsx";
import { readStartRequest } from "#components/home/start-request.ts";
import { MoreTexts } from "#components/texts/more-texts.tsx";
import { readActor } from "#lib/auth/actor.ts";
import { isFromOwnPage } from "#lib/http/same-site.ts";
import { findRoomCode } from "#lib/rooms/find-room-code.ts";
import { meetingPath } from "#lib/rooms/room-links.ts";
import { textsOf } from "./page-texts.ts";

type Search = Promise<Record<string, string | string[] | undefined>>;

/** The first page. Its forms come back here when they are sent before the page's scripts run. */
export default async function HomePage({ searchParams }: { searchParams: Search }) {
  const [actor, search, sent, messages] = await Promise.all([
    readActor(),
    searchParams,
    headers(),
    textsOf(["home", "share"]),
  ]);
  const triedCode = typeof search.code === "string" ? search.code : undefined;
  const code = triedCode === undefined ? undefined : findRoomCode(triedCode);
  if (code) redirect(meetingPath(code));
  const name = actor.kind === "account" ? actor.name : undefined;
  const request = readStartRequest(search.start, isFromOwnPage(sent));
  return (
    <MoreTexts messages={messages}>
      <HomeScreen name={name} request={request} triedCode={triedCode} />
    </MoreTexts>
  );
}
