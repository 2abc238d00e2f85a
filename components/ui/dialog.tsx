"use client";
import type { DialogProps } from "./dialog-window.tsx";
import { createLater, useLater } from "./later.ts";

const dialogWindow = createLater(() => import("./dialog-window.tsx"));
export const prefetchDialogs = dialogWindow.prefetch;

/**
 * Asks for attention and gives the focus back where it came from. A sheet from below on phones.
 *
 * The window is loaded when a dialog first opens.
 */
export function Dialog(props: DialogProps) {
  const loaded = useLater(dialogWindow, props.isOpen);
  return loaded && <loaded.DialogWindow {...props} />;
}
