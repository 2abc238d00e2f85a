/** Whether this browser lets an element fill the screen; phones of one maker do not. */
export function canFillScreen(): boolean {
  return typeof document !== "undefined" && document.fullscreenEnabled;
}

/** Fills the screen with an element, or gives the screen back when something fills it already. */
export async function fillScreen(element: Element | null): Promise<void> {
  if (document.fullscreenElement) await document.exitFullscreen();
  else await element?.requestFullscreen();
}
