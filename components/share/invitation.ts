import type { Texts } from "#components/texts/texts.ts";
import { LINK_LIFETIME_MS } from "#lib/rooms/room.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** The text sent along with the link. */
export function invitationText(t: Texts, title: string): string {
  return title ? t("share.invitationTo", { title }) : t("share.invitation");
}

/** The mail with the link, which the sender's own mail program sends. */
export function invitationMail(t: Texts, title: string, url: string): { subject: string; body: string } {
  return {
    subject: title || t("share.mailSubject"),
    body: t("share.mailBody", { invitation: invitationText(t, title), url }),
  };
}

/** How long the link lives, shown with it. @param date - The day on which it expires. */
export function lifetimeText(t: Texts, date: string): string {
  return t("share.lifetime", { date, days: LINK_LIFETIME_MS / DAY_MS });
}
