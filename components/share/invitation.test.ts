import { expect, it } from "vitest";
import { mailLink } from "#lib/rooms/room-links.ts";
import { textsIn } from "../../tests/support/texts.ts";
import { invitationMail, lifetimeText } from "./invitation.ts";

const t = textsIn("en");
const URL_OF_ROOM = "https://veet.example/meet/abc-defg-hij";

it("[S3] the link is given with its lifetime", () => {
  expect(lifetimeText(t, "20 February 2027")).toBe(
    "The link expires on 20 February 2027. Each use keeps it for another 90 days.",
  );
});

it("[S4] the mail holds the link, and a title cannot add fields to it", () => {
  const mail = new URL(mailLink(invitationMail(t, "Plan & bcc=eve@example.org", URL_OF_ROOM)));
  expect([...mail.searchParams.keys()]).toEqual(["subject", "body"]);
  expect(mail.searchParams.get("subject")).toBe("Plan & bcc=eve@example.org");
  expect(mail.searchParams.get("body")).toContain(URL_OF_ROOM);
});
