import type { ChatHistory, SentChat } from "./chat-schema.ts";
import { AppError } from "#lib/errors.ts";
import { between } from "#lib/live/poll.ts";
import { type Store, createStore } from "#lib/live/store.ts";
import type { ChatMessage } from "#lib/rooms/chat-message.ts";
import { chatTextOf } from "#lib/rooms/chat-text.ts";
import { type ChatLog, EMPTY_LOG, addHistory, addMessages, countUnread, hasGap } from "./chat-log.ts";
import { type FeedDeps, type RoomAddress, createPost } from "#lib/seats/room-client.ts";

/** A failed refresh is repeated after a time between these, in milliseconds. */
const RETRY_FROM_MS = 2_000;
const RETRY_TO_MS = 4_000;

export type ChatState = {
  messages: readonly ChatMessage[];
  /** Messages of others since the panel was last open. */
  unreadCount: number;
  /** The last refresh failed: messages may be missing. */
  isStale: boolean;
};

export type ChatFeed = {
  chat: Store<ChatState>;
  /** Loads the messages that are missing. */
  load: () => void;
  /** A message pushed by the server. */
  received: (message: ChatMessage) => void;
  /** The newest `seq` there is, from the heartbeat's answer. */
  newestIs: (seq: number) => void;
  /** @throws AppError `rate_limited`, `bad_request` */
  send: (text: string) => Promise<void>;
  setOpen: (isOpen: boolean) => void;
  stop: () => void;
};

/** The chat: loaded on joining, pushed by nudges, and loaded again when a message is missing. */
export function createChatFeed(
  { myIdentity, ...address }: RoomAddress & { myIdentity: string },
  { api, random }: Pick<FeedDeps, "api" | "random">,
): ChatFeed {
  const { path, headers } = address;
  const post = createPost(address, { api });
  const chat = createStore<ChatState>({ messages: [], unreadCount: 0, isStale: false });
  let log: ChatLog = EMPTY_LOG;
  let [readSeq, isOpen, isStale, isFirst] = [0, false, false, true];
  let [isLoading, isStopped] = [false, false];
  /** The newest `seq` known to exist. */
  let newestSeq = 0;
  let retry: ReturnType<typeof setTimeout> | undefined;

  const update = (next: ChatLog) => {
    log = next;
    const newest = log.messages.at(-1)?.seq ?? 0;
    if (isOpen) readSeq = Math.max(readSeq, newest);
    const unreadCount = countUnread(log, readSeq, myIdentity);
    const before = chat.getSnapshot();
    if (before.messages === log.messages && before.unreadCount === unreadCount && before.isStale === isStale) return;
    chat.set({ messages: log.messages, unreadCount, isStale });
  };
  const load = async () => {
    if (isStopped || isLoading) return;
    isLoading = true;
    clearTimeout(retry);
    const after = log.knownSeq;
    try {
      const { messages } = await api<ChatHistory>(`${path}/chat?after=${after}`, { headers });
      isStale = false;
      // Messages from before this participant joined are not unread.
      if (isFirst) readSeq = messages.at(-1)?.seq ?? 0;
      isFirst = false;
      update(addHistory(log, messages, after));
    } catch {
      isStale = true;
      update(log);
      retry = setTimeout(() => void load(), between(RETRY_FROM_MS, RETRY_TO_MS, random));
    } finally {
      isLoading = false;
    }
    // Sent while the answer was on its way. Without progress the next answer would be the same.
    if (hasGap(log, newestSeq) && log.knownSeq > after) await load();
  };
  const need = (seq: number) => {
    newestSeq = Math.max(newestSeq, seq);
    if (hasGap(log, seq)) void load();
  };
  const postMessage = (body: { id: string; text: string }) => post<SentChat>("chat", body);

  return {
    chat,
    load: () => void load(),
    received(message) {
      update(addMessages(log, [message]));
      need(message.seq);
    },
    newestIs: need,
    async send(text) {
      const trimmed = chatTextOf(text);
      if (trimmed === undefined) throw new AppError("bad_request");
      const body = { id: messageId(), text: trimmed };
      // The id makes a repeated send the same message, so a lost answer does not post it twice.
      const { message } = await postMessage(body).catch((error: unknown) => {
        if (error instanceof AppError && error.code === "unavailable") return postMessage(body);
        throw error;
      });
      update(addMessages(log, [message]));
      need(message.seq);
    },
    setOpen(next) {
      isOpen = next;
      update(log);
    },
    stop() {
      isStopped = true;
      clearTimeout(retry);
    },
  };
}

/** A version 4 UUID. On plain http the browser has no randomUUID. */
function messageId(): string {
  if (typeof crypto.randomUUID === "function") return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}
