"use client";
import { useEffect, useEffectEvent } from "react";
import type { DeviceNewsItem } from "#lib/call/media/devices.ts";

/** What was read at the door is not said once more in the call. */
const read = new Set<number>();

/** Does something with each piece of news once, also when several come together. */
export function useDeviceNews(news: readonly DeviceNewsItem[], say: (item: DeviceNewsItem) => void): void {
  const onNews = useEffectEvent(say);
  useEffect(() => {
    for (const item of news) {
      if (read.has(item.id)) continue;
      read.add(item.id);
      onNews(item);
    }
  }, [news]);
}
