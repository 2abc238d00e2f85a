import { AppError } from "#lib/errors.ts";
import type { ApiRequest } from "#lib/http/api-client.ts";
import { newDeviceId } from "#lib/ids.ts";
import { type EntryDeps, createEntryFeed, createEntryFollower, createPageReporter } from "#lib/lobby/entry-feed.ts";
import type { PushEvents } from "#lib/lobby/entry-push.ts";

/** The server's answers. */
export const ADMITTED = {
  status: "admitted",
  legs: [{ leg: "a", site: "s", region: "r", url: "ws://x", token: "t", home: true }],
  meeting: {
    nowMs: 0,
    me: { identity: `p_${"a".repeat(20)}`, person: "x", name: "Ada", role: "participant" },
    room: {
      code: "abc-defg-hij",
      title: "",
      access: "ask",
      isLocked: false,
      locks: { microphone: false, camera: false, screenShare: false },
      maxParticipants: 100,
      expiresAtMs: 1,
    },
    chatSeq: 0,
    legs: ["a"],
    homeLeg: "a",
  },
};
export const ticket = (more: object = {}) => ({
  status: "waiting",
  ticketId: `t_${"a".repeat(20)}`,
  name: "Ada",
  askedAtMs: Date.now(),
  expiresAtMs: Date.now() + 600_000,
  nowMs: Date.now(),
  place: 1,
  isHostPresent: true,
  ...more,
});
export const waiting = (more: object = {}, lobby?: object) => ({
  status: "waiting",
  ticket: ticket(more),
  ...(lobby && { lobby }),
});
export const LOBBY = { url: "ws://lobby", token: "secret" };

/** A refusal by the server. */
export const error = (code: AppError["code"], facts = {}) => new AppError(code, facts);

type Answer = object | AppError | Promise<never>;

/** A server that gives its answers in turn and repeats the last one, and a lobby room controlled by the test. */
function aServer(answers: Answer[]) {
  const asked: string[] = [];
  const bodies: Record<string, unknown>[] = [];
  const ears: (PushEvents & { isClosed: boolean; token: string })[] = [];
  const deps: EntryDeps = {
    async api<T>(path: string, { method = "GET", body }: ApiRequest = {}): Promise<T> {
      asked.push(`${method} ${path.slice("/api/rooms/abc-defg-hij/".length)}`);
      if (method !== "GET" && method !== "DELETE") bodies.push({ ...(body as object) });
      const next = answers.length > 1 ? answers.shift() : answers[0];
      if (next instanceof AppError) throw next;
      return (await next) as T;
    },
    openPush({ token }, events) {
      const ear = { ...events, isClosed: false, token };
      ears.push(ear);
      return { close: () => void (ear.isClosed = true) };
    },
    now: Date.now,
    random: () => 0.5,
    areCookiesOn: () => true,
  };
  return { asked, bodies, ears, deps };
}

/** A browser with such a server. */
export function scene(...answers: Answer[]) {
  const server = aServer(answers);
  const rtts = () => ({ use1: 9 });
  const feed = createEntryFeed({ code: "abc-defg-hij", device: newDeviceId(), rtts }, server.deps);
  return { feed, ...server, status: () => feed.state.getSnapshot().status };
}

/** The part of it that follows a request. */
export function followed(...answers: Answer[]) {
  const server = aServer(answers);
  const address = { path: "/api/rooms/abc-defg-hij", headers: {}, device: newDeviceId(), rtts: () => ({}) };
  const follower = createEntryFollower(address, server.deps);
  return { follower, page: createPageReporter(follower, Date.now), ...server };
}
