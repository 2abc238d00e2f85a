/** How long an admission by key can be undone before it is sent; in ms. Long enough to read a name and press a button. */
export const HOLD_MS = 4_000;

export type HeldGuest = { ticketId: string; name: string };

type Effects = {
  /** Sends the admission. */
  admit: (ticketId: string) => void;
  /** Tells the host that the guest is about to be admitted. */
  onHeld: (guest: HeldGuest) => void;
  /** The guest was admitted or the admission was undone, or somebody else decided: there is nothing left to undo. */
  onOver: (guest: HeldGuest) => void;
};

export type HeldAdmissions = {
  /** @returns false for a guest who is held already. */
  hold: (guest: HeldGuest) => boolean;
  /** Undoes the newest. @returns whose admission that was. */
  undo: () => HeldGuest | undefined;
  isHeld: (ticketId: string) => boolean;
  /** Drops those who wait no longer: somebody decided otherwise, or they left. */
  keepOnly: (waiting: readonly string[]) => void;
  /** Drops all; nobody is admitted any more. */
  clear: () => void;
};

/**
 * Holds back admissions that were given by a key, so that they can be undone.
 *
 * Nothing is sent meanwhile: whoever is in a meeting for a second has seen and heard it, and nothing undoes that.
 */
export function createHeldAdmissions({ admit, onHeld, onOver }: Effects): HeldAdmissions {
  const held = new Map<string, { guest: HeldGuest; timer: ReturnType<typeof setTimeout> }>();
  const release = (ticketId: string): HeldGuest | undefined => {
    const entry = held.get(ticketId);
    if (!entry) return undefined;
    clearTimeout(entry.timer);
    held.delete(ticketId);
    onOver(entry.guest);
    return entry.guest;
  };
  return {
    hold(guest) {
      if (held.has(guest.ticketId)) return false;
      const send = () => {
        release(guest.ticketId);
        admit(guest.ticketId);
      };
      held.set(guest.ticketId, { guest, timer: setTimeout(send, HOLD_MS) });
      onHeld(guest);
      return true;
    },
    undo() {
      const newest = [...held.keys()].at(-1);
      return newest === undefined ? undefined : release(newest);
    },
    isHeld: (ticketId) => held.has(ticketId),
    keepOnly(waiting) {
      for (const ticketId of held.keys()) if (!waiting.includes(ticketId)) release(ticketId);
    },
    clear() {
      for (const ticketId of held.keys()) release(ticketId);
    },
  };
}
