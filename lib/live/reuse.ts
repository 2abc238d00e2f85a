/**
 * Returns the old value if the new one is equal, so that readers who compare by identity see no change. Compares one level
 * deep.
 */
export function reuse<T extends object>(before: T | undefined, after: T): T {
  if (before === undefined || before === after) return after;
  const keys = Object.keys(after) as (keyof T)[];
  if (Object.keys(before).length !== keys.length) return after;
  return keys.every((key) => Object.is(before[key], after[key])) ? before : after;
}

/** The same for a list: unchanged elements keep their identity, and so does the list if all of them do. */
export function reuseList<T>(before: readonly T[], after: readonly T[], keyOf: (item: T) => string): readonly T[] {
  const known = new Map(before.map((item) => [keyOf(item), item]));
  const next = after.map((item) => {
    const old = known.get(keyOf(item));
    return isObject(old) && isObject(item) ? reuse<T & object>(old, item) : item;
  });
  const isSame = next.length === before.length && next.every((item, index) => Object.is(item, before[index]));
  return isSame ? before : next;
}

function isObject<T>(value: T): value is T & object {
  return typeof value === "object" && value !== null;
}
