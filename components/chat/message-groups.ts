import type { ChatMessage } from "#lib/rooms/chat-message.ts";
import { roleName } from "#components/people/participant-label.ts";
import type { Texts } from "#components/texts/texts.ts";

/** Messages of one sender with no more than this between two of them share one heading, in milliseconds: five minutes. */
export const GROUP_GAP_MS = 5 * 60_000;

/** Who wrote, as their messages say. */
export type Sender = Pick<ChatMessage, "identity" | "name" | "kind" | "role" | "isLikeHost">;

export type MessageGroup = Sender & {
  key: string;
  startedAtMs: number;
  messages: readonly ChatMessage[];
};

/** Puts messages that follow each other from one sender under one heading. */
export function groupMessages(messages: readonly ChatMessage[]): readonly MessageGroup[] {
  const groups: (MessageGroup & { messages: ChatMessage[] })[] = [];
  for (const message of messages) {
    const group = groups.at(-1);
    const before = group?.messages.at(-1);
    if (group && before && isSameSender(before, message) && message.sentAtMs - before.sentAtMs <= GROUP_GAP_MS) {
      group.messages.push(message);
      continue;
    }
    const { id, identity, name, kind, role, isLikeHost, sentAtMs } = message;
    groups.push({ key: id, identity, name, kind, role, isLikeHost, startedAtMs: sentAtMs, messages: [message] });
  }
  return groups;
}

function isSameSender(one: Sender, other: Sender): boolean {
  const isSamePerson = one.identity === other.identity && one.name === other.name;
  return isSamePerson && one.role === other.role && one.isLikeHost === other.isLikeHost;
}

/** What a sender is, in a word: whether others can rely on the name. Empty for signed-in participants. */
export function senderWord(t: Texts, { kind, role }: Pick<Sender, "kind" | "role">): string {
  if (role !== "participant") return roleName(t, { role });
  return kind === "guest" ? t("people.guest") : "";
}
