"use client";
import { EllipsisVertical, Hand, Keyboard, Link, Maximize, MonitorUp, Settings } from "lucide-react";
import { toast } from "#components/ui/toast.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Menu, MenuChoice, MenuItem, MenuLine, MenuOption } from "#components/ui/menu.tsx";
import { attempt } from "#components/call-context/attempt.ts";
import { canFillScreen, fillScreen } from "../stage/fill-screen.ts";
import { LAYOUTS, type Layout } from "#components/call-context/view.ts";
import { useDeviceSwitch } from "./use-device-switch.ts";
import { useMediaQuery } from "#components/ui/use-media-query.ts";
import { useShareUrl, useView, useViewStore } from "#components/call-context/use-meeting.ts";
import { useMyHand } from "./use-my-hand.ts";

const NAMES: Record<Layout, string> = {
  auto: "Auto",
  spotlight: "Speaker",
  grid: "Tiled",
};
const ICON = "size-5 shrink-0";

/** Everything that is not needed every minute; on phones also what the bar has no room for. */
export function MoreMenu() {
  const view = useViewStore();
  const layout = useView((state) => state.layout);
  const isNarrow = useMediaQuery("(max-width: 639.9px)");
  return (
    <Menu
      side="top"
      align="end"
      trigger={
        <IconButton label="More" tone="neutral" className="size-12!" icon={<EllipsisVertical className="size-5.5" />} />
      }
    >
      {isNarrow && <NarrowItems />}
      <MenuChoice
        label="Layout"
        value={layout}
        onChoose={(value) => view.change({ layout: toLayout(value), pinned: undefined })}
      >
        {LAYOUTS.map((name) => (
          <MenuOption key={name} value={name}>
            {NAMES[name]}
          </MenuOption>
        ))}
      </MenuChoice>
      <MenuLine />
      <CopyLinkItem />
      {canFillScreen() && (
        <MenuItem
          icon={<Maximize className={ICON} />}
          onSelect={() => void attempt(() => fillScreen(document.documentElement))}
        >
          Full screen
        </MenuItem>
      )}
      <MenuItem icon={<Settings className={ICON} />} onSelect={() => view.change({ dialog: "settings" })}>
        Settings
      </MenuItem>
      <MenuItem icon={<Keyboard className={ICON} />} onSelect={() => view.change({ dialog: "shortcuts" })}>
        Keyboard shortcuts
      </MenuItem>
    </Menu>
  );
}

function CopyLinkItem() {
  const shareUrl = useShareUrl();
  const copy = async () => {
    await navigator.clipboard.writeText(shareUrl);
    toast("Meeting link copied", { position: "top-center" });
  };
  return (
    <MenuItem icon={<Link className={ICON} />} onSelect={() => void attempt(copy)}>
      Copy meeting link
    </MenuItem>
  );
}

function NarrowItems() {
  const hand = useMyHand();
  const share = useDeviceSwitch("screenShare");
  const canShare = "getDisplayMedia" in (navigator.mediaDevices ?? {});
  return (
    <>
      <MenuItem icon={<Hand className={ICON} />} onSelect={hand.toggle}>
        {hand.isRaised ? "Lower your hand" : "Raise your hand"}
      </MenuItem>
      {canShare && (
        <MenuItem icon={<MonitorUp className={ICON} />} onSelect={share.press}>
          {share.isOn ? "Stop sharing your screen" : "Share your screen"}
        </MenuItem>
      )}
      <MenuLine />
    </>
  );
}

const toLayout = (value: string): Layout => LAYOUTS.find((layout) => layout === value) ?? "auto";
