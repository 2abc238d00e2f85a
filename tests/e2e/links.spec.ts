import { sendRaw } from "../support/raw-request.ts";
import { expect, test } from "./support/actors.ts";
import { meet, startMeeting } from "./support/meetings.ts";
import { readStack } from "./support/stack.ts";

const FIELD = "Join with a code or link";
const encoded = encodeURIComponent;

test("[S35] [S37] the join field finds the code in pasted text", async ({ host, guest }) => {
  const { code, url, path } = await host.openRoom();
  const invitation = `Join “Weekly” on Veet:\n\n${url}\n\nIt opens in your browser. You don’t need an account.`;
  const texts = [
    code.toUpperCase(),
    code.replaceAll("-", ""),
    code.replaceAll("-", "–"),
    `“${code}”`,
    `${code}.`,
    `${url},`,
    `The code is ${code}. See you!`,
    `Join Weekly on Veet: ${url} at 3pm`,
    invitation,
    `https://eur01.safelinks.protection.outlook.com/?url=${encoded(url)}&data=05%7C02&reserved=0`,
    `https://www.google.com/url?q=${encoded(url)}&sa=D&source=calendar`,
  ];
  await guest.context.grantPermissions(["clipboard-read", "clipboard-write"]);
  for (const text of texts) {
    await guest.page.goto("/");
    const field = guest.page.getByLabel(FIELD);
    await field.fill(text);
    await guest.page.getByRole("button", { name: "Join", exact: true }).click();
    await expect(guest.page, text).toHaveURL(url);

    await guest.page.goto("/");
    await guest.page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
    await field.focus();
    await guest.page.keyboard.press("ControlOrMeta+v");
    await expect(field).toHaveValue(code);
    await guest.page.keyboard.press("Enter");
    await expect(guest.page).toHaveURL(url);
  }
  expect(new URL(guest.page.url()).pathname).toBe(path);
});

test("[S37] text pasted into a filled field stays unchanged", async ({ host, guest }) => {
  const { url, code } = await host.openRoom();
  await guest.context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await guest.page.goto("/");
  await guest.page.evaluate((copied) => navigator.clipboard.writeText(copied), url);
  const field = guest.page.getByLabel(FIELD);
  await field.fill("x");
  await field.press("End");
  await guest.page.keyboard.press("ControlOrMeta+v");
  await expect(field).toHaveValue(`x${url}`);
  // The whole text is selected, so the field counts as empty.
  await field.press("ControlOrMeta+a");
  await guest.page.keyboard.press("ControlOrMeta+v");
  await expect(field).toHaveValue(code);
});

test("[S36] an address in any form redirects to the canonical one", async ({ host, guest }) => {
  const { code, path, url } = await host.openRoom();
  const { port, host: site } = new URL(readStack().baseUrl);
  const addresses = [
    `/meet/${code.toUpperCase()}`,
    `/meet/${code.toUpperCase()}.`,
    `/meet/${code.replaceAll("-", "")}`,
    `/meet/${code},`,
    `/meet/${code})`,
    `/meet/${code}%3E`,
    `/meet/%22${code}%22`,
    `/meet/${encoded(`“${code}”`)}`,
    `/meet/${encoded(code.replaceAll("-", "–"))}`,
    `/meet/${code}%20see%20you`,
    `/MEET/${code.toUpperCase()}`,
  ];
  for (const target of addresses) {
    const answer = await sendRaw(Number(port), {
      method: "GET",
      target: `${target}?from=mail`,
      headers: [["Host", site]],
      body: "",
    });
    expect(answer.status, target).toBe(308);
    expect(new URL(answer.headers.location ?? "", readStack().baseUrl).href, target).toBe(`${url}?from=mail`);
    expect(answer.headers["x-request-id"], target).toMatch(/^r_/);
  }
  await guest.page.goto(addresses[1] ?? "");
  await expect(guest.page).toHaveURL(url);
  await expect(guest.page.getByLabel("Your name")).toBeVisible();

  const proper = await sendRaw(Number(port), { method: "GET", target: path, headers: [["Host", site]], body: "" });
  expect(proper.status).toBe(200);
});

test("[H37] a guest whose name contains invisible characters can join", async ({ people, host }) => {
  const room = await startMeeting(host);
  const guest = await people.guest("\u2068Ada\u2069 \u200FLovelace\u200B");
  await guest.askToJoin(room);
  await expect(host.page.getByRole("region", { name: "Waiting to join" })).toContainText("Ada Lovelace asks to join");
  await host.admit("Ada Lovelace");
  await guest.expectInside();
  await expect(host.tile("Ada Lovelace")).toBeVisible();
});

test("[I29] names and messages stand in their own direction", async ({ people, host }) => {
  const michal = await people.guest("מיכל (Tel Aviv)");
  await meet(host, michal);
  const label = host.tile(michal.name).getByText(michal.name, { exact: true });
  expect(await label.evaluate((element) => getComputedStyle(element).direction)).toBe("rtl");

  await host.openChat();
  const box = host.page.getByRole("textbox", { name: "Message everyone" });
  for (const [text, direction] of [
    ["שלום לכולם, hello!", "rtl"],
    ["Hello שלום", "ltr"],
    ["مرحبا (3)", "rtl"],
  ] as const) {
    await box.fill(text);
    expect(await box.evaluate((element) => getComputedStyle(element).direction), text).toBe(direction);
    await box.press("Enter");
    const message = host.page.getByRole("paragraph").filter({ hasText: text });
    await expect(message).toBeVisible();
    expect(await message.evaluate((element) => getComputedStyle(element).direction), text).toBe(direction);
  }
  await host.page.goto("/");
  expect(await host.page.getByLabel(FIELD).getAttribute("dir")).toBe("auto");
});
