/** How long an admission by key can be undone before it is sent, in ms. Long enough to read a name and press a button. */
export const HOLD_MS = 4_000;

export type HeldGuest = { ticketId: string; name: string };

type Effects = {
  /** Sends the admission. */
  admit: (ticketId: string) => void;
  /** Shows the host that the guest is about to be admitted. */
  onHeld: (guest: HeldGuest) => void;
  /** The admission was sent, undone or dropped: there is nothing left to undo. */
  onOver: (guest: HeldGuest) => void;
};

export type HeldAdmissions = {
  /** @returns false for a guest who is held already. */
  hold: (guest: HeldGuest) => boolean;
  /** Undoes the newest one. @returns the guest it was for. */
  undo: () => HeldGuest | undefined;
  isHeld: (ticketId: string) => boolean;
  /** Drops guests who are no longer waiting: another host decided, or they left. */
  keepOnly: (waiting: readonly string[]) => void;
  /** Drops all of them. */
  clear: () => void;
};

/**
 * Delays admissions made by key, so that they can be undone.
 *
 * Nothing is sent during the delay: a guest who was inside for a second has seen and heard the meeting, and no undo
 * changes that. See decision 090.
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
