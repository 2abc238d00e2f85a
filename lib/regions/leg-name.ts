const LETTERS = 26;

/**
 * The name of the next leg of a session: a, b, …, z, aa, ab, … A name is never reused, so that a late message about a closed
 * leg is not taken for its successor.
 *
 * @param names - Of all legs the session is known to have had.
 */
export function nextLegName(names: readonly string[]): string {
  return nameOf(Math.max(0, ...names.map(placeOf)) + 1);
}

/** Sorts legs in the order in which they were opened. */
export function byAge(a: { leg: string }, b: { leg: string }): number {
  return placeOf(a.leg) - placeOf(b.leg);
}

/** a is 1, z is 26, aa is 27. */
function placeOf(name: string): number {
  return Array.from(name).reduce((place, letter) => place * LETTERS + (letter.charCodeAt(0) - 96), 0);
}

function nameOf(place: number): string {
  const rest = (place - 1) % LETTERS;
  const before = Math.floor((place - 1) / LETTERS);
  return (before > 0 ? nameOf(before) : "") + String.fromCharCode(97 + rest);
}
