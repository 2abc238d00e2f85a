/** How long a control is pointed at before its tooltip shows, in milliseconds. */
export const DELAY_MS = 500;
/** After one tooltip, its neighbours show at once for this long, in milliseconds. */
export const WARM_MS = 200;
/** Enough to move the pointer from the control to its bubble, which is 6 px away. In milliseconds. */
export const CROSSING_MS = 120;

export type TooltipTimer<Anchor = HTMLElement> = {
  point: (anchor: Anchor) => void;
  leave: () => void;
  press: () => void;
  focus: (anchor: Anchor) => void;
  /** The pointer is on the bubble. */
  keep: () => void;
  close: () => void;
};

/** The tooltips of a page: at most one shows. */
export type Tooltips = { closeShown: (() => void) | undefined; closedAtMs: number };
export const createTooltips = (): Tooltips => ({ closeShown: undefined, closedAtMs: Number.NEGATIVE_INFINITY });
const page = createTooltips();

/** Decides when one control's tooltip shows and closes. @param show - Called with undefined to close it. */
export function createTooltipTimer<Anchor>(
  show: (anchor: Anchor | undefined) => void,
  tooltips = page,
): TooltipTimer<Anchor> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isShown = false;
  /** Pressed since the pointer came: the user knows what the control does. */
  let isPressed = false;
  const open = (anchor: Anchor) => {
    clearTimeout(timer);
    if (isShown) return;
    tooltips.closeShown?.();
    tooltips.closeShown = close;
    isShown = true;
    show(anchor);
  };
  const close = () => {
    clearTimeout(timer);
    timer = undefined;
    if (!isShown) return;
    isShown = false;
    tooltips.closeShown = undefined;
    tooltips.closedAtMs = performance.now();
    show(undefined);
  };
  return {
    point(anchor) {
      if (isShown) return clearTimeout(timer);
      if (isPressed || timer !== undefined) return;
      if (tooltips.closeShown || performance.now() - tooltips.closedAtMs < WARM_MS) open(anchor);
      else timer = setTimeout(() => open(anchor), DELAY_MS);
    },
    leave() {
      isPressed = false;
      clearTimeout(timer);
      timer = isShown ? setTimeout(close, CROSSING_MS) : undefined;
    },
    press() {
      isPressed = true;
      close();
    },
    focus(anchor) {
      // A press focuses as well.
      if (!isPressed) open(anchor);
    },
    keep: () => clearTimeout(timer),
    close,
  };
}
