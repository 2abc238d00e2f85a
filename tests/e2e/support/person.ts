import { expect, type Browser, type BrowserContext, type Page } from "@playwright/test";
import { clientOf, type ApiClient } from "./api.ts";
import { recordErrors } from "./console.ts";
import { breakDevices, type DeviceFault, slowDown, useSmallDevices } from "./devices.ts";
import { useMachine } from "./fake-machine.ts";
import type { FakeDevice } from "./fake-machine-types.ts";
import { newAccountId, newAddress } from "./ids.ts";
import { tileOf } from "./media.ts";
import { installProbe } from "./probe.ts";
import { recordReceived } from "./received.ts";
import { sessionCookie } from "./session.ts";
import { readStack } from "./stack.ts";

export type Room = { code: string; path: string; url: string };
export type RoomWishes = { access?: "ask" | "signed-in" | "open"; title?: string };

export type PersonWishes = {
  name: string;
  isSignedIn: boolean;
  /** Of an account that exists already: the same human being on another machine. */
  accountId?: string;
  /** The network address of someone else: the same machine with other cookies, or the next room. */
  address?: string;
  /** The location that the edge reports to the app; none by default. */
  at?: { latitude: number; longitude: number };
  faults?: { camera?: DeviceFault; microphone?: DeviceFault };
  /** The devices of a machine that the story controls, instead of the browser's own. */
  machine?: readonly FakeDevice[];
  /** The delay of the browser's connection events, in ms. */
  slowByMs?: number;
  viewport?: { width: number; height: number };
  colorScheme?: "light" | "dark";
};

/** A user with a browser context: own cookies, storage, camera, microphone and address. */
export async function createPerson(browser: Browser, wishes: PersonWishes) {
  const { name, isSignedIn, accountId = newAccountId(), at, faults, machine, slowByMs } = wishes;
  const { viewport, colorScheme, address = newAddress() } = wishes;
  const context = await browser.newContext({
    baseURL: readStack().baseUrl,
    // Movement of the page itself costs a tenth of a story, and each click waits for it to end.
    reducedMotion: "reduce",
    permissions: ["camera", "microphone"],
    extraHTTPHeaders: {
      "x-forwarded-for": address,
      ...(at && { "x-vercel-ip-latitude": String(at.latitude), "x-vercel-ip-longitude": String(at.longitude) }),
    },
    ...(viewport && { viewport }),
    ...(colorScheme && { colorScheme }),
  });
  await context.addInitScript(installProbe);
  await useSmallDevices(context);
  if (faults) await breakDevices(context, faults);
  if (machine) await useMachine(context, machine);
  if (slowByMs !== undefined) await slowDown(context, slowByMs);
  if (isSignedIn) await context.addCookies([await sessionCookie({ accountId, name })]);
  const alsoExpected: RegExp[] = [];
  const errors = recordErrors(context, alsoExpected);
  const received = recordReceived(context);
  const page = await context.newPage();
  return new Person({ name, accountId, address, context, page, received, errors, alsoExpected });
}

type Parts = {
  name: string;
  accountId: string;
  address: string;
  context: BrowserContext;
  page: Page;
  received: ReturnType<typeof recordReceived>;
  errors: ReturnType<typeof recordErrors>;
  alsoExpected: RegExp[];
};

/** What people do, in the words of the screens they see. */
export class Person {
  readonly name: string;
  readonly accountId: string;
  readonly address: string;
  readonly context: BrowserContext;
  readonly page: Page;
  readonly received: Parts["received"];
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.name = parts.name;
    this.accountId = parts.accountId;
    this.address = parts.address;
    this.context = parts.context;
    this.page = parts.page;
    this.received = parts.received;
  }

  /** Makes a room of one's own, past the first page. */
  async openRoom(wishes: RoomWishes = {}): Promise<Room> {
    const { status, body, text } = await (await this.api()).post("/api/rooms", wishes);
    expect(status, text).toBeLessThan(300);
    return roomOf(body.code);
  }

  async visit(room: Room, page = this.page): Promise<void> {
    await page.goto(room.path);
  }

  /** The owner goes in. */
  async start(room: Room, page = this.page): Promise<void> {
    await this.visit(room, page);
    await page.getByRole("button", { name: /^(Start meeting|Join now)/ }).click();
    await this.expectInside(page);
  }

  /** Joins without asking. */
  async joinNow(room: Room, page = this.page): Promise<void> {
    await this.visit(room, page);
    await this.sayName(page);
    await page.getByRole("button", { name: "Join now" }).click();
    await this.expectInside(page);
  }

  /** Knocks, and waits until the screen says so. */
  async askToJoin(room: Room, page = this.page): Promise<void> {
    await this.visit(room, page);
    await this.sayName(page);
    await page.getByRole("button", { name: "Ask to join" }).click();
    await this.expectWaiting(page);
  }

  async sayName(page = this.page): Promise<void> {
    const field = page.getByLabel("Your name");
    const button = page.getByRole("button", { name: /^(Ask to join|Join now)$/ });
    await expect(button).toBeVisible();
    if (await field.isVisible()) await field.fill(this.name);
  }

  async expectInside(page = this.page): Promise<void> {
    await expect(this.controls(page)).toBeVisible({ timeout: 20_000 });
  }
  async expectWaiting(page = this.page): Promise<void> {
    await expect(page.getByRole("heading", { name: "Asking to join…" })).toBeVisible();
  }
  async expectHeading(name: string | RegExp, page = this.page): Promise<void> {
    await expect(page.getByRole("heading", { name, level: 1 })).toBeVisible();
  }

  controls(page = this.page) {
    return page.getByRole("region", { name: "Meeting controls" });
  }
  control(name: string | RegExp, page = this.page) {
    return this.controls(page).getByRole("button", { name });
  }
  /** A short message in the corner. What is only spoken does not count. */
  toast(text: string | RegExp) {
    return this.page.locator("[data-sonner-toast]").getByText(text);
  }
  tile(name: string, page = this.page) {
    return tileOf(page, name);
  }

  async admit(name: string): Promise<void> {
    await this.page.getByRole("button", { name: `Admit ${name}` }).click();
  }
  async deny(name: string): Promise<void> {
    await this.page.getByRole("button", { name: `Deny ${name}` }).click();
  }

  async openPeople(): Promise<void> {
    const button = this.control(/^People/);
    if ((await button.getAttribute("aria-expanded")) !== "true") await button.click();
  }
  async openChat(): Promise<void> {
    const button = this.control(/^Chat/);
    if ((await button.getAttribute("aria-expanded")) !== "true") await button.click();
  }

  /** The API with this person's cookies, and this tab's name for itself where it has one. */
  async api(page = this.page): Promise<ApiClient> {
    const isHere = page.url().startsWith("http");
    const device = isHere ? await page.evaluate(() => sessionStorage.getItem("veet.device")) : null;
    return clientOf(this.context.request, device ?? "d_00000000000000000000", this.address);
  }

  /** Every LiveKit token for a meeting that this browser ever received, wherever. */
  mainRoomTokens() {
    return this.received.mainRoomTokens();
  }

  /** Says that pages of this person will log something in this story. */
  expectErrors(...texts: RegExp[]): void {
    this.#parts.alsoExpected.push(...texts);
  }
  unexpectedErrors(): string[] {
    return this.#parts.errors.unexpected();
  }
}

export function roomOf(code: string): Room {
  const path = `/meet/${code}`;
  return { code, path, url: `${readStack().baseUrl}${path}` };
}
