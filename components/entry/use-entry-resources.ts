"use client";
import { useEffect, useState } from "react";
import type { DeviceId, RoomCode } from "#lib/ids.ts";
import { createEntryFeed } from "#lib/lobby/entry-feed.ts";
import type { EntryFeed } from "#lib/lobby/entry.ts";
import { deviceId } from "#lib/browser/device-id.ts";
import type { Preview } from "#lib/call/media/devices.ts";
import { createPreview } from "#lib/call/media/preview.ts";
import { type RegionProbe, createRegionProbe } from "#lib/regions/region-probe.ts";

/** What one visit at the door works with. */
export type EntryResources = {
  code: RoomCode;
  device: DeviceId;
  feed: EntryFeed;
  preview: Preview;
  probe: RegionProbe;
};

/** Opens the door's feeds for as long as it is looked at; undefined until they are there. */
export function useEntryResources(code: RoomCode): EntryResources | undefined {
  const [resources, setResources] = useState<EntryResources>();
  useEffect(() => {
    let isOver = false;
    let opened: EntryResources | undefined;
    void deviceId().then((device) => {
      if (isOver) return;
      const probe = createRegionProbe();
      const feed = createEntryFeed({ code, device, rtts: probe.rtts });
      opened = { code, device, feed, preview: createPreview(), probe };
      setResources(opened);
    });
    return () => {
      isOver = true;
      opened?.feed.dispose();
      opened?.preview.dispose();
      setResources(undefined);
    };
  }, [code]);
  return resources;
}
