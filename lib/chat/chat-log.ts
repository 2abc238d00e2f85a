import type { ChatMessage } from "#lib/rooms/chat-message.ts";

/** What this browser has of the conversation. */
export type ChatLog = {
  /** By `seq`, each once. */
  messages: readonly ChatMessage[];
  /** Everything up to this `seq` was asked for; 0 before the first answer. */
  knownSeq: number;
};

export const EMPTY_LOG: ChatLog = { messages: [], knownSeq: 0 };

/** Adds messages that came singly. One that follows on what is known moves `knownSeq`; a later one leaves a gap. */
export function addMessages(log: ChatLog, incoming: readonly ChatMessage[]): ChatLog {
  const messages = merge(log.messages, incoming);
  if (messages === log.messages) return log;
  let { knownSeq } = log;
  for (const { seq } of messages) if (seq === knownSeq + 1) knownSeq = seq;
  return { messages, knownSeq };
}

/**
 * Adds the answer to "what is newer than `after`": complete as far as the server keeps it, so there is no gap below its
 * last message, even where the oldest were dropped.
 */
export function addHistory(log: ChatLog, answer: readonly ChatMessage[], after: number): ChatLog {
  const messages = merge(log.messages, answer);
  const knownSeq = Math.max(log.knownSeq, after, ...answer.map(({ seq }) => seq));
  return messages === log.messages && knownSeq === log.knownSeq
    ? log
    : addMessages({ messages: log.messages, knownSeq }, answer);
}

/** Whether something between what is known and `newestSeq` is missing. */
export function hasGap(log: ChatLog, newestSeq: number): boolean {
  return newestSeq > log.knownSeq;
}

/** How many of others' messages came after `readSeq`. */
export function countUnread(log: ChatLog, readSeq: number, myIdentity: string): number {
  return log.messages.filter(({ seq, identity }) => seq > readSeq && identity !== myIdentity).length;
}

function merge(known: readonly ChatMessage[], incoming: readonly ChatMessage[]): readonly ChatMessage[] {
  const seqs = new Set(known.map(({ seq }) => seq));
  const fresh = new Map(incoming.filter(({ seq }) => !seqs.has(seq)).map((message) => [message.seq, message]));
  if (fresh.size === 0) return known;
  return [...known, ...fresh.values()].toSorted((left, right) => left.seq - right.seq);
}
