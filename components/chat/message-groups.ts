import type { ChatMessage } from "#lib/rooms/chat-message.ts";

/** Messages of one sender with no more than this between two of them share one heading, in milliseconds: five minutes. */
export const GROUP_GAP_MS = 5 * 60_000;

export type MessageGroup = {
  key: string;
  identity: string;
  name: string;
  startedAtMs: number;
  messages: readonly ChatMessage[];
};

/** Puts messages that follow each other from one sender under one heading. */
export function groupMessages(messages: readonly ChatMessage[]): readonly MessageGroup[] {
  const groups: (MessageGroup & { messages: ChatMessage[] })[] = [];
  for (const message of messages) {
    const group = groups.at(-1);
    const before = group?.messages.at(-1);
    const isSameSender = before?.identity === message.identity && before.name === message.name;
    if (group && before && isSameSender && message.sentAtMs - before.sentAtMs <= GROUP_GAP_MS) {
      group.messages.push(message);
      continue;
    }
    const { id, identity, name, sentAtMs } = message;
    groups.push({ key: id, identity, name, startedAtMs: sentAtMs, messages: [message] });
  }
  return groups;
}
