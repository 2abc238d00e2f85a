import { HomeScreen } from "#components/home/home-screen.tsx";
import { readActor } from "#lib/auth/actor.ts";

type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function HomePage({ searchParams }: { searchParams: Search }) {
  const [actor, search] = await Promise.all([readActor(), searchParams]);
  return <HomeScreen name={actor.kind === "account" ? actor.name : undefined} isNowAsked={search.start === "now"} />;
}
