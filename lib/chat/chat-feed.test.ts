import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { AppError } from "#lib/errors.ts";
import type { ApiRequest } from "#lib/http/api-client.ts";
import type { ChatMessage } from "#lib/rooms/chat-message.ts";
import { createChatFeed } from "./chat-feed.ts";

const message = (seq: number, identity = "ada"): ChatMessage => ({
  seq,
  id: `00000000-0000-4000-8000-${String(seq).padStart(12, "0")}`,
  identity,
  name: identity,
  kind: "guest",
  role: "participant",
  isLikeHost: false,
  text: `nr ${seq}`,
  sentAtMs: seq,
});

/** A server that keeps the newest `kept` messages. */
function scene(said: ChatMessage[], kept = 100) {
  const asked: string[] = [];
  const trouble: AppError[] = [];
  const api = async <T>(path: string, { method = "GET", body }: ApiRequest = {}): Promise<T> => {
    asked.push(`${method} ${path}`);
    const failure = trouble.shift();
    if (failure) throw failure;
    if (method === "GET") {
      const after = Number(path.split("after=")[1]);
      return { messages: said.filter(({ seq }) => seq > after).slice(-kept) } as T;
    }
    const { id, text } = body as { id: string; text: string };
    const known = said.find((one) => one.id === id);
    const stored = known ?? { ...message((said.at(-1)?.seq ?? 0) + 1, "me"), id, text };
    if (!known) said.push(stored);
    return { message: stored } as T;
  };
  const feed = createChatFeed({ path: "/r", headers: {}, myIdentity: "me" }, { api, random: () => 0 });
  const seqs = () => feed.chat.getSnapshot().messages.map(({ seq }) => seq);
  const settle = () => vi.advanceTimersByTimeAsync(0);
  return { feed, asked, trouble, seqs, settle };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("[N70] a late participant gets the earlier messages, and they are not unread", async () => {
  const { feed, seqs, settle } = scene([message(1), message(2)]);
  feed.load();
  await settle();
  expect(seqs()).toEqual([1, 2]);
  expect(feed.chat.getSnapshot().unreadCount).toBe(0);
  feed.received(message(3));
  feed.received(message(4, "me"));
  expect(feed.chat.getSnapshot().unreadCount).toBe(1);
  feed.setOpen(true);
  expect(feed.chat.getSnapshot().unreadCount).toBe(0);
});

test("[N71] loads a message that was missed, and shows one that comes twice once", async () => {
  const said = [message(1)];
  const { feed, asked, seqs, settle } = scene(said);
  feed.load();
  await settle();
  said.push(message(2), message(3));
  feed.received(message(3));
  feed.received(message(3));
  await settle();
  expect(seqs()).toEqual([1, 2, 3]);
  expect(asked).toEqual(["GET /r/chat?after=0", "GET /r/chat?after=1"]);
  feed.newestIs(3);
  await settle();
  expect(asked).toHaveLength(2);
});

test("[N71] does not keep asking for messages the server no longer has", async () => {
  const { feed, asked, seqs, settle } = scene(
    [1, 2, 3, 4, 5].map((seq) => message(seq)),
    2,
  );
  feed.load();
  await settle();
  feed.newestIs(5);
  await settle();
  expect(seqs()).toEqual([4, 5]);
  expect(asked).toHaveLength(1);
});

test("[N72] a lost answer does not post a message twice", async () => {
  const said: ChatMessage[] = [];
  const { feed, trouble, seqs, settle } = scene(said);
  feed.load();
  await settle();
  trouble.push(new AppError("unavailable"));
  await feed.send(" hello ");
  expect(seqs()).toEqual([1]);
  expect(said).toHaveLength(1);
  expect(said[0]?.text).toBe("hello");
});

test("[N72] rejects a refused or empty message", async () => {
  const { feed, trouble } = scene([]);
  trouble.push(new AppError("rate_limited"));
  await expect(feed.send("hello")).rejects.toMatchObject({ code: "rate_limited" });
  await expect(feed.send("  ")).rejects.toMatchObject({ code: "bad_request" });
});

test("[N73] marks a failed refresh as stale and repeats it", async () => {
  const { feed, trouble, seqs, settle } = scene([message(1)]);
  trouble.push(new AppError("unavailable"));
  feed.load();
  await settle();
  expect(feed.chat.getSnapshot().isStale).toBe(true);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(feed.chat.getSnapshot().isStale).toBe(false);
  expect(seqs()).toEqual([1]);
});
