"use client";
import { type RefObject, useEffect, useRef } from "react";

/** Takes the focus when its screen comes, so that it is read out and the keyboard starts there. */
export function useFocusedHeading(): RefObject<HTMLHeadingElement | null> {
  const ref = useRef<HTMLHeadingElement>(null);
  useEffect(() => ref.current?.focus({ preventScroll: true }), []);
  return ref;
}
