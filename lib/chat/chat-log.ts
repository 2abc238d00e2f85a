import type { ChatMessage } from "#lib/rooms/chat-message.ts";

/** The part of the chat that this browser has. */
export type ChatLog = {
  /** By `seq`, each once. */
  messages: readonly ChatMessage[];
  /** Complete up to this `seq`; 0 before the first answer. */
  knownSeq: number;
};

export const EMPTY_LOG: ChatLog = { messages: [], knownSeq: 0 };

/** Adds pushed messages. The next in sequence moves `knownSeq`; a later one leaves a gap. */
export function addMessages(log: ChatLog, incoming: readonly ChatMessage[]): ChatLog {
  const messages = merge(log.messages, incoming);
  if (messages === log.messages) return log;
  let { knownSeq } = log;
  for (const { seq } of messages) if (seq === knownSeq + 1) knownSeq = seq;
  return { messages, knownSeq };
}

/**
 * Adds the server's answer to "newer than `after`". It is complete as far as the server keeps messages, so there is no gap below its
 * last one, even where the oldest were dropped.
 */
export function addHistory(log: ChatLog, answer: readonly ChatMessage[], after: number): ChatLog {
  const messages = merge(log.messages, answer);
  const knownSeq = Math.max(log.knownSeq, after, ...answer.map(({ seq }) => seq));
  return messages === log.messages && knownSeq === log.knownSeq
    ? log
    : addMessages({ messages: log.messages, knownSeq }, answer);
}

/** Whether messages up to `newestSeq` are missing. */
export function hasGap(log: ChatLog, newestSeq: number): boolean {
  return newestSeq > log.knownSeq;
}

/** How many messages of others came after `readSeq`. */
export function countUnread(log: ChatLog, readSeq: number, myIdentity: string): number {
  return log.messages.filter(({ seq, identity }) => seq > readSeq && identity !== myIdentity).length;
}

function merge(known: readonly ChatMessage[], incoming: readonly ChatMessage[]): readonly ChatMessage[] {
  const seqs = new Set(known.map(({ seq }) => seq));
  const fresh = new Map(incoming.filter(({ seq }) => !seqs.has(seq)).map((message) => [message.seq, message]));
  if (fresh.size === 0) return known;
  return [...known, ...fresh.values()].toSorted((left, right) => left.seq - right.seq);
}
