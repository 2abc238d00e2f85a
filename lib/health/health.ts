import { CLOCKS_APART_MS } from "#lib/clock.ts";

/** One check of a site, from where the app runs. Times are server time in milliseconds. */
export type SiteLook = {
  atMs: number;
  /** What LiveKit's own address answered: `lost` when its Valkey is away, `silent` for no answer in time. */
  server: "ready" | "lost" | "silent";
  /** Whether its API listed the rooms. */
  isListed: boolean;
  /** The slower of the two answers. */
  tookMs: number;
  rooms: number;
  participants: number;
  publishers: number;
};

/** The last report of a node's gatekeeper. */
export type NodeNote = {
  node: string;
  atMs: number;
  /** Of all its processors, 1 is full. */ load: number;
  isUp: boolean;
  /** By how much the node's clock is ahead of ours, in milliseconds. */
  clockMs: number;
};

export type Health = "well" | "degraded" | "down" | "unknown";
/** Why a site is not healthy. */
export type Trouble = "silent" | "lost" | "no-api" | "no-door" | "clocks" | "slow" | "busy" | "old";
export type Judgement = { health: Health; trouble?: Trouble; takesNewcomers: boolean };

/** The schedule checks once a minute; two checks can get lost. */
export const LOOK_IS_OLD_MS = 180_000;
/** A gatekeeper reports once a minute; two reports can get lost. */
export const NOTE_IS_OLD_MS = 190_000;
/** LiveKit normally answers within tens of milliseconds; joining asks it several times. */
const SLOW_MS = 1_000;
/** From here on streams stutter, and autoscaling should have reacted sooner. */
const FULL_LOAD = 0.9;

const WORKS_BADLY: ReadonlySet<Trouble> = new Set(["clocks", "slow", "busy"]);

/** What the check of a site and its nodes' reports mean for users. */
export function judgeSite(look: SiteLook | undefined, notes: readonly NodeNote[], nowMs: number): Judgement {
  const trouble = troubleOf(look, livingNodes(notes, nowMs), nowMs);
  const takesNewcomers = trouble === undefined || WORKS_BADLY.has(trouble);
  return { health: healthOf(trouble), ...(trouble && { trouble }), takesNewcomers };
}

function troubleOf(look: SiteLook | undefined, nodes: readonly NodeNote[], nowMs: number): Trouble | undefined {
  if (!look || nowMs - look.atMs > LOOK_IS_OLD_MS) return "old";
  if (look.server === "silent" && !look.isListed) return "silent";
  if (look.server === "lost") return "lost";
  if (!look.isListed || look.server === "silent") return "no-api";
  if (nodes.length === 0) return "no-door";
  if (nodes.some(({ clockMs }) => Math.abs(clockMs) > CLOCKS_APART_MS)) return "clocks";
  if (look.tookMs > SLOW_MS) return "slow";
  return nodes.every(({ load }) => load > FULL_LOAD) ? "busy" : undefined;
}

function healthOf(trouble: Trouble | undefined): Health {
  if (trouble === undefined) return "well";
  if (trouble === "old") return "unknown";
  return trouble === "silent" ? "down" : "degraded";
}

/** Nodes with a recent report in which LiveKit answered. */
export function livingNodes(notes: readonly NodeNote[], nowMs: number): NodeNote[] {
  return notes.filter(({ atMs, isUp }) => isUp && nowMs - atMs <= NOTE_IS_OLD_MS);
}

/** All that the public sees of a region: whether a meeting can begin there. */
export function judgeRegion(sites: readonly Judgement[]): "up" | "down" | "unknown" {
  if (sites.some(({ takesNewcomers }) => takesNewcomers)) return "up";
  return sites.every(({ health }) => health === "unknown") ? "unknown" : "down";
}
