import { describe, expect, test } from "vitest";
import { newRoomCode } from "#lib/ids.ts";
import { invitationMail } from "#components/share/invitation.ts";
import { type Language, LANGUAGES } from "#lib/languages.ts";
import { textsIn } from "../../tests/support/texts.ts";
import { findRoomCode } from "./find-room-code.ts";
import { mailLink } from "./room-links.ts";

const CODE = "abc-defg-hij";
const LINK = "https://veet.example/meet/abc-defg-hij";
const encoded = encodeURIComponent;

const FORMS: Record<string, string[]> = {
  "the code alone": [
    CODE,
    "abcdefghij",
    "ABC-DEFG-HIJ",
    "Abc-Defg-Hij",
    "ABCDEFGHIJ",
    "  abc-defg-hij\n",
    "abc defg hij",
    "a b c - d e f g - h i j",
    "abc - defg - hij",
    "abc-defghij",
    "abcdefg-hij",
    "abcd-efg-hij",
    "abc_defg_hij",
    "abc.defg.hij",
  ],
  "a code with typographic dashes": [
    "abc–defg–hij",
    "abc—defg—hij",
    "abc‑defg‑hij",
    "abc‐defg‐hij",
    "abc−defg−hij",
    "abc--defg--hij",
    "ａｂｃ－ｄｅｆｇ－ｈｉｊ",
    "ａｂｃーｄｅｆｇーｈｉｊ",
    "𝐚𝐛𝐜-𝐝𝐞𝐟𝐠-𝐡𝐢𝐣",
  ],
  "a code with invisible characters": [
    "\uFEFFabc-defg-hij",
    "abc\u200B-defg\u2060-hij",
    "abc\u00ADdefg\u00ADhij",
    "\u2068abc-defg-hij\u2069",
    "\u200Eabc-defg-hij\u200F",
    "\u00A0abc-defg-hij\u202F",
  ],
  "punctuation and quotation marks around a code": [
    "abc-defg-hij.",
    "abc-defg-hij,",
    "abc-defg-hij;",
    "abc-defg-hij!",
    "abc-defg-hij?",
    "abc-defg-hij…",
    "(abc-defg-hij)",
    "[abc-defg-hij]",
    "<abc-defg-hij>",
    '"abc-defg-hij"',
    "'abcdefghij'",
    "“abc-defg-hij”",
    "„abc-defg-hij“",
    "«abc-defg-hij»",
    "‹abc-defg-hij›",
    "「abc-defg-hij」",
    "`abc-defg-hij`",
    "*abc-defg-hij*",
    "- abc-defg-hij",
    "> abc-defg-hij",
  ],
  "a link": [
    LINK,
    `${LINK}/`,
    `${LINK}?from=mail#x`,
    LINK.toUpperCase(),
    "http://localhost:3000/meet/abc-defg-hij",
    "veet.example/meet/abcdefghij",
    "meet/abc-defg-hij",
    `${LINK}.`,
    `${LINK},`,
    `${LINK})`,
    `<${LINK}>`,
    `"${LINK}"`,
    `“${LINK}”`,
    `[Join](${LINK})`,
    `*${LINK}*`,
    "https://veet.example/meet/ABC–DEFG–HIJ",
    "https://veet.example/meet/abc%20defg%20hij",
    "https://veet.example/meet/abc%2Ddefg%2Dhij",
    "https://veet.example/?code=abc-defg-hij",
    "https:\\/\\/veet.example\\/meet\\/abc-defg-hij",
    `<a href="${LINK}">Join</a>`,
    "https://veet.example/api/rooms/abc-defg-hij/calendar?start=2026-11-23T10:00:00Z",
  ],
  "a link that a mail filter wrapped": [
    `https://nam02.safelinks.protection.outlook.com/?url=${encoded(LINK)}&data=05%7C02%7Cada%40example.com%7C8a2f&sdata=x%3D&reserved=0`,
    `https://eur01.safelinks.protection.outlook.com/ap/t-59584e83/?url=${encoded(`${LINK}?x=1`)}&data=05`,
    `https://www.google.com/url?q=${encoded(LINK)}&sa=D&source=calendar&usd=2&usg=AOvVaw2b`,
    `https://www.google.com/url?q=${LINK}&sa=D`,
    `https://nam02.safelinks.protection.outlook.com/?url=${encoded(`https://www.google.com/url?q=${encoded(LINK)}`)}&data=1`,
    "https://urldefense.proofpoint.com/v2/url?u=https-3A__veet.example_meet_abc-2Ddefg-2Dhij&d=DwMFaQ&c=x",
    "https://urldefense.com/v3/__https://veet.example/meet/abc-defg-hij__;!!Abc!x$",
    `https://linkprotect.cudasvc.com/url?a=${encoded(LINK)}&c=E,1,x&typo=1`,
    `https://l.facebook.com/l.php?u=${encoded(LINK)}&h=AT0`,
    `https://slack-redir.net/link?url=${encoded(LINK)}`,
    `<https://www.google.com/url?q=${encoded(LINK)}>`,
  ],
  "our own invitation": (Object.keys(LANGUAGES) as Language[]).flatMap((language) => {
    const t = textsIn(language);
    const mail = ["", "Weekly"].map((title) => invitationMail(t, title, LINK));
    return [
      ...mail.map(({ body }) => body),
      // A field of one line removes the line breaks.
      ...mail.map(({ body }) => body.replaceAll("\n", "")),
      ...mail.map(({ body }) => body.replaceAll("\n", " ")),
      ...mail.map(mailLink),
      t("calendar.description", { url: LINK }),
    ];
  }),
  "a sentence": [
    `${LINK} see you at 3`,
    `Join Weekly on Veet: ${LINK} at 3pm`,
    `see you there (${LINK})—Ada`,
    `${LINK}—see you`,
    `${LINK}–it opens`,
    "The code is abc-defg-hij.",
    "The code is abcdefghij.",
    "code: ABCDEFGHIJ",
    "Code: abc defg hij, see you",
    "The invitation code is abcdefghij",
    "abc-defg-hij is for our conference",
    "Join at abcdefghij please",
    "Weekly – abc-defg-hij – bring coffee",
    "Meeting ID: abc-defg-hij",
    "Raum abc-defg-hij, 15 Uhr",
    "El código es abc-defg-hij.",
    "会議 abc-defg-hij です",
    "הקישור: abc-defg-hij תודה",
  ],
  "text with line breaks in the code": [
    "abc-defg-\nhij",
    "https://veet.example/meet/abc-\r\ndefg-hij",
    "> https://veet.example/meet/abc-\n> defg-hij",
  ],
};

describe.each(Object.entries(FORMS))("[S35] [S13] the code is found in %s", (_, texts) => {
  test.each(texts)("%j", (text) => {
    expect(findRoomCode(text)).toBe(CODE);
  });
});

describe("[S35] text without a code gives none", () => {
  test.each([
    "",
    "*",
    "__proto__",
    "1234567890",
    "abc-defg-hi",
    "abc-defg-hijk",
    "xabc-defg-hij",
    "abc-defg-hij-klm",
    "abc-defg-hi1",
    "abc-defg-h1j",
    "äbc-defg-hij",
    "abc/defg/hij",
    "join us soon",
    "see you at three",
    "ada@abcdefghij.example",
    "ada@abc-defg-hij.example",
    "https://veet.example/",
    "https://veet.example/meet/",
    "https://veet.example/meet/abc-defg-hijk",
    // Another product's link: its codes have the same form.
    "https://meet.google.com/abc-defg-hij",
    "https://abc-defg-hij.example.com/",
    "https://abcdefghij.example/",
    "our invitation to the conference",
  ])("%j", (text) => {
    expect(findRoomCode(text)).toBeUndefined();
  });
});

test("[S35] every generated code is found alone, in a link and in a sentence", () => {
  for (let i = 0; i < 500; i += 1) {
    const code = newRoomCode();
    const link = `https://veet.example/meet/${code}`;
    for (const text of [code, code.replaceAll("-", ""), link, `${link}.`, `Use ${link} now`, `The code is ${code}.`])
      expect(findRoomCode(text), text).toBe(code);
  }
});

test("[S35] long texts do not make a pattern backtrack", () => {
  // A backtracking pattern would need minutes for each of these.
  for (const part of ["abc-", "a", "a ", "meet/   ", ": ", "%25", "a-", "> ", "abc defg "])
    expect(findRoomCode(part.repeat(20_000))).toBeUndefined();
});
