import { test as base, expect, type Browser } from "@playwright/test";
import { apiClient, type ApiClient } from "./api.ts";
import { newAccountId } from "./ids.ts";
import { createPerson, type Person, type PersonWishes, type Room } from "./person.ts";
import { connectCrowd, rawClient, type RawClient } from "./raw-client.ts";

export { expect };
export type { Person, Room } from "./person.ts";

type More = Partial<Omit<PersonWishes, "name" | "isSignedIn">>;

/** Makes people on demand. Each name is said once in a story, so that "Admit Ada" means one person. */
export type People = {
  /** Signed in. */
  member: (name: string, more?: More) => Promise<Person>;
  guest: (name: string, more?: More) => Promise<Person>;
  /** In a browser of their own, whose network can be cut; `args` are added to its command line. */
  apart: (wishes: PersonWishes, args?: string[]) => Promise<Person>;
  /** In a browser of the story's. */
  in: (browser: Browser, wishes: PersonWishes) => Promise<Person>;
  /** Signed in, without a browser. */
  scriptedMember: (name: string, accountId?: string) => Promise<ApiClient & { accountId: string }>;
  /** A guest without a browser: for crowds. */
  scriptedGuest: (address?: string) => Promise<ApiClient>;
  /** Fills an open meeting with guests who do not look, and send nothing or a tiny picture each. @returns their identities. */
  crowd: (room: Room, count: number, more?: { hasPictures: boolean }) => Promise<string[]>;
  /** A client that is not ours, with a token it got hold of. */
  intruder: () => Promise<RawClient>;
};

type Fixtures = { people: People; host: Person; cohost: Person; guest: Person; secondGuest: Person };

export const test = base.extend<Fixtures>({
  people: async ({ browser, playwright, launchOptions }, use) => {
    const everyone: Person[] = [];
    const closing: (() => Promise<unknown>)[] = [];
    const create = async (...[where, wishes]: Parameters<typeof createPerson>) => {
      const person = await createPerson(where, wishes);
      everyone.push(person);
      closing.push(() => person.context.close());
      return person;
    };
    const script = async (account?: { accountId: string; name: string }, address?: string) => {
      const client = await apiClient(account, address);
      closing.push(() => client.dispose());
      return client;
    };
    await use({
      member: (name, more) => create(browser, { name, isSignedIn: true, ...more }),
      guest: (name, more) => create(browser, { name, isSignedIn: false, ...more }),
      apart: async (wishes, args = []) => {
        const given = launchOptions.args ?? [];
        const own = await playwright.chromium.launch({ args: [...given, ...args] });
        closing.push(() => own.close());
        return create(own, wishes);
      },
      in: create,
      scriptedMember: async (name, accountId = newAccountId()) => ({
        ...(await script({ accountId, name })),
        accountId,
      }),
      scriptedGuest: (address) => script(undefined, address),
      async crowd({ code }, count, { hasPictures } = { hasPictures: false }) {
        const clients = await Promise.all(Array.from({ length: count }, () => script()));
        const answers = await Promise.all(clients.map((client, index) => client.enter(code, `Visitor ${index + 1}`)));
        const tokens = answers.map(({ body, text }) => body?.legs?.[0].token ?? expect(text).toContain("admitted"));
        closing.push(await connectCrowd(browser, tokens, hasPictures));
        return answers.map(({ body }) => body.meeting.me.identity);
      },
      async intruder() {
        const client = await rawClient(browser);
        closing.push(client.close);
        return client;
      },
    });
    const complaints = everyone.flatMap((person) =>
      person.unexpectedErrors().map((error) => `${person.name}: ${error}`),
    );
    await Promise.allSettled(closing.map((close) => close()));
    expect(complaints, "pages logged errors").toEqual([]);
  },
  host: async ({ people }, use) => use(await people.member("Hanna Host")),
  cohost: async ({ people }, use) => use(await people.member("Cora Cohost")),
  guest: async ({ people }, use) => use(await people.guest("Ada")),
  secondGuest: async ({ people }, use) => use(await people.guest("Ben")),
});
