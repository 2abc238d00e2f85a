/** The server tells all legs at the same time; a copy comes within this time, in milliseconds, or not at all. */
const WINDOW_MS = 2_000;

type Heard = { atMs: number; byLeg: Map<string, number> };

/**
 * Tells news from copies: what the server says arrives on each leg, in any order, and is to be heeded once.
 *
 * The same words may rightly come again; so they are news as long as no other leg has brought them as often before.
 */
export function createNudgeDedupe(): (text: string, leg: string, nowMs: number) => boolean {
  const heard = new Map<string, Heard>();
  return (text, leg, nowMs) => {
    for (const [known, { atMs }] of heard) if (nowMs - atMs >= WINDOW_MS) heard.delete(known);
    const { atMs, byLeg } = heard.get(text) ?? { atMs: nowMs, byLeg: new Map<string, number>() };
    const times = (byLeg.get(leg) ?? 0) + 1;
    const isNews = [...byLeg].every(([other, count]) => other === leg || count < times);
    byLeg.set(leg, times);
    heard.set(text, { atMs: isNews ? nowMs : atMs, byLeg });
    return isNews;
  };
}
