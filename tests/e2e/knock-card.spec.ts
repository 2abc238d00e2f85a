import { expect, test } from "./support/actors.ts";
import { startMeeting } from "./support/meetings.ts";

/** What of the stage and the controls lies under the knock card; `undefined` while there is no card. */
function coveredByCard(): string[] | undefined {
  const named = (element: Element) => element.getAttribute("aria-label") ?? element.textContent ?? "";
  const card = [...document.querySelectorAll("section")].find((section) => named(section) === "Waiting to join");
  if (!card) return undefined;
  const box = card.getBoundingClientRect();
  const isUnder = (element: Element) => {
    const { left, right, top, bottom } = element.getBoundingClientRect();
    return left < box.right && right > box.left && top < box.bottom && bottom > box.top;
  };
  const faces = [...document.querySelectorAll("[data-identity]")];
  const controls = [...document.querySelectorAll("button, a, input, textarea")].filter((one) => !card.contains(one));
  const isWhole = box.left >= 0 && box.right <= innerWidth && box.top >= 0 && box.bottom <= innerHeight;
  return [
    ...[...faces, ...controls].filter(isUnder).map(named),
    ...(faces.length === 3 ? [] : [`${faces.length} faces`]),
    ...(isWhole ? [] : ["the edge of the window"]),
  ];
}

test("[I24] the card of who knocks covers neither a face nor a control, at any width, with one or several", async ({
  people,
  host,
}) => {
  const room = await startMeeting(host, { access: "open" });
  await people.crowd(room, 2);
  await expect(host.tile("Visitor 2")).toBeVisible();
  await (await host.api()).moderate(room.code, { action: "set-access", access: "ask" });
  for (const name of ["Ada", "Ben"]) {
    await (await people.scriptedGuest()).enter(room.code, name);
    await expect(host.page.getByRole("region", { name: "Waiting to join" })).toContainText(name);
    for (const [width, height] of [
      [1440, 900],
      [768, 1024],
      [390, 844],
    ] as const) {
      await host.page.setViewportSize({ width, height });
      await expect.poll(() => host.page.evaluate(coveredByCard), `${name}, ${width} px`).toEqual([]);
    }
  }
  await host.page.setViewportSize({ width: 1440, height: 900 });
  await host.openChat();
  await expect.poll(() => host.page.evaluate(coveredByCard)).toEqual([]);
});
