import "server-only";

/**
 * What a rule counts by.
 *
 * - `address`: the browser's network address. Schools and companies share one, so these values allow for a class of thirty.
 * - `account`: the signed-in account.
 * - `person`: the account, or the guest's pass in this room; the address for a guest without a pass.
 * - `visitor`: the account, or else the address. A guest's pass does not count: a guest can send a new one each time.
 * - `address in room`: one address in one room.
 *
 * There is no rule for a room as a whole: a flood and all other users would share one bucket.
 */
export type Subject = "address" | "account" | "person" | "visitor" | "address in room";

const WINDOWS_MS = { "10 s": 10_000, "1 m": 60_000, "1 h": 3_600_000 } as const;
export const windowMs = ({ within }: Rule): number => WINDOWS_MS[within];

/** `only` guests, with or without a pass; or only identified callers, by an account or a pass that we issued. */
export type Rule = { per: Subject; atMost: number; within: keyof typeof WINDOWS_MS; only?: "guests" | "known" };

export type Limit = {
  why: string;
  /** All rules must hold. */
  rules: readonly Rule[];
  /** Also refused once `room.miss` is used up: the route would reveal to a guesser which codes exist. */
  refusesGuessers?: true;
  /** For polls, which change nothing: the first quarter of a window is counted in the process only; see `LocalCount`. */
  isLocalFirst?: true;
};

const perMinute = (per: Subject, atMost: number): Rule => ({ per, atMost, within: "1 m" });
const ofGuests = (rule: Rule): Rule => ({ ...rule, only: "guests" });
const ofKnown = (rule: Rule): Rule => ({ ...rule, only: "known" });

/**
 * Every limit in the product. All are multiplied by RATE_LIMIT_FACTOR.
 *
 * Routes that need a seat are limited by person only: the guard refuses callers without a seat, which costs no more than a
 * limit would.
 */
export const LIMITS = {
  "room.open": {
    why: "A room costs Redis for 90 days. No one needs a new link every three minutes for an hour.",
    rules: [{ per: "account", atMost: 20, within: "1 h" }],
  },
  "room.lookUp": {
    why: "Thirty people behind one address open the link in the same minute, some reload. Guessing is stopped by room.miss.",
    rules: [perMinute("visitor", 300)],
    refusesGuessers: true,
    isLocalFirst: true,
  },
  "room.miss": {
    why: "Codes that do not exist: 10 a minute from 1,000 addresses find one of 100,000 rooms every 66 days. Accounts count by themselves, so that a guesser does not shut out a signed-in neighbour.",
    rules: [perMinute("visitor", 10)],
  },
  "entry.ask": {
    why: "A knock makes a host look up. A class of thirty comes through one address within a minute and some press twice; ten such classes of one school begin at the same time. A flood holds up neither accounts nor other addresses.",
    rules: [
      ofKnown(perMinute("person", 40)),
      ofGuests(perMinute("address in room", 60)),
      ofGuests(perMinute("address", 600)),
    ],
    refusesGuessers: true,
  },
  "entry.poll": {
    why: "The fallback polls every 1.5 s; two tabs of one person and a hasty reload fit in. A class of thirty polls through one address; passes can be collected, so they alone limit no one.",
    rules: [ofKnown(perMinute("person", 120)), ofGuests(perMinute("address in room", 1_200))],
    isLocalFirst: true,
  },
  "lobby.decide": {
    why: "A host who admits a hundred people one by one, as fast as hands go.",
    rules: [perMinute("person", 120)],
  },
  "lobby.read": {
    why: "The list is fetched after each nudge, of which there is at most one a second, and by polling.",
    rules: [perMinute("person", 180)],
    isLocalFirst: true,
  },
  moderation: {
    why: "As deciding; each action ends in calls to media servers.",
    rules: [perMinute("person", 120)],
  },
  "chat.send": {
    why: "Each message goes to all participants. Twenty in ten seconds is a burst of short lines, not typing.",
    rules: [{ per: "person", atMost: 20, within: "10 s" }],
  },
  "chat.read": {
    why: "A gap in the sequence sends the reader here, at worst once a message.",
    rules: [perMinute("person", 180)],
    isLocalFirst: true,
  },
  hand: {
    why: "A hand that goes up and down every two seconds is a toy.",
    rules: [perMinute("person", 30)],
  },
  presence: {
    why: "Every 30 s from each tab and after each nudge about the room.",
    rules: [perMinute("person", 60)],
    isLocalFirst: true,
  },
  status: {
    why: "The page asks every 15 s, each time every site; an operator may have it open in several tabs and reload.",
    rules: [perMinute("account", 60)],
  },
  operate: {
    why: "An operator looks at accounts and acts on them one after the other.",
    rules: [perMinute("account", 60)],
  },
  legs: {
    why: "Asked for when legs open or close, and by a tab that lost one, every few seconds until it has it. Two tabs of one person fit in.",
    rules: [perMinute("person", 60)],
  },
  home: {
    why: "Each move ends in calls to media servers. A network that comes and goes makes a tab move every few seconds at worst.",
    rules: [perMinute("person", 30)],
  },
  "sign-in": {
    why: "There is no password to guess here; this bounds what we ask of providers. A class of thirty signs in at once, some twice.",
    rules: [perMinute("address", 60)],
  },
  "sign-in.return": {
    why: "The return from a provider makes the server contact that provider. Counted separately from starting to sign in, so that a class of thirty that signs in at once, some twice, passes both.",
    rules: [perMinute("address", 60)],
  },
} as const satisfies Record<string, Limit>;

export type LimitName = keyof typeof LIMITS;
