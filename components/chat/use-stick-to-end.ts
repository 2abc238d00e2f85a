"use client";
import { type RefObject, useLayoutEffect, useRef, useState } from "react";

/** Closer to the end than this counts as being there, in CSS pixels: about one line. */
const NEAR_PX = 32;

type StickToEnd = {
  ref: RefObject<HTMLDivElement | null>;
  /** Something came below what the reader sees. */
  isBehind: boolean;
  onScroll: () => void;
  toEnd: () => void;
};

/** Keeps a list at its end while the reader is there, or when the newest entry is their own. */
export function useStickToEnd(newestSeq: number, isNewestMine: boolean): StickToEnd {
  const ref = useRef<HTMLDivElement>(null);
  /** The newest entry at the time the reader scrolled away; undefined while they are at the end. */
  const [leftAtSeq, setLeftAtSeq] = useState<number>();
  const isAtEnd = leftAtSeq === undefined;
  const toEnd = () => {
    const element = ref.current;
    if (element) element.scrollTop = element.scrollHeight;
  };
  const onScroll = () => {
    const element = ref.current;
    if (!element) return;
    const isNear = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_PX;
    setLeftAtSeq((before) => (isNear ? undefined : (before ?? newestSeq)));
  };
  useLayoutEffect(() => {
    const element = ref.current;
    if (element && (isAtEnd || isNewestMine)) element.scrollTop = element.scrollHeight;
  }, [newestSeq, isNewestMine, isAtEnd]);
  return { ref, isBehind: leftAtSeq !== undefined && newestSeq > leftAtSeq && !isNewestMine, onScroll, toEnd };
}
