"use client";
import { EllipsisVertical, Hand, Keyboard, Link, Maximize, MonitorUp, Settings } from "lucide-react";
import { useTranslations } from "next-intl";
import { toast } from "#components/ui/toast.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Menu, MenuChoice, MenuItem, MenuLine, MenuOption } from "#components/ui/menu.tsx";
import { useAttempt } from "#components/call-context/use-attempt.ts";
import { canFillScreen, fillScreen } from "../stage/fill-screen.ts";
import { LAYOUTS, type Layout } from "#components/call-context/view.ts";
import { useDeviceSwitch } from "./use-device-switch.ts";
import { useMediaQuery } from "#components/ui/use-media-query.ts";
import { useShareUrl, useView, useViewStore } from "#components/call-context/use-meeting.ts";
import { useMyHand } from "./use-my-hand.ts";

const ICON = "size-5 shrink-0";

/** Everything that is not needed every minute; on phones also what the bar has no room for. */
export function MoreMenu() {
  const t = useTranslations();
  const attempt = useAttempt();
  const view = useViewStore();
  const layout = useView((state) => state.layout);
  const isNarrow = useMediaQuery("(max-width: 639.9px)");
  return (
    <Menu
      side="top"
      align="end"
      trigger={
        <IconButton
          label={t("call.more")}
          tone="neutral"
          className="size-12!"
          icon={<EllipsisVertical className="size-5.5" />}
        />
      }
    >
      {isNarrow && <NarrowItems />}
      <MenuChoice
        label={t("call.layout")}
        value={layout}
        onChoose={(value) => view.change({ layout: toLayout(value), pinned: undefined })}
      >
        {LAYOUTS.map((name) => (
          <MenuOption key={name} value={name}>
            {t(`call.layouts.${name}`)}
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
          {t("call.fullScreen")}
        </MenuItem>
      )}
      <MenuItem icon={<Settings className={ICON} />} onSelect={() => view.change({ dialog: "settings" })}>
        {t("call.settings")}
      </MenuItem>
      <MenuItem icon={<Keyboard className={ICON} />} onSelect={() => view.change({ dialog: "shortcuts" })}>
        {t("call.shortcuts")}
      </MenuItem>
    </Menu>
  );
}

function CopyLinkItem() {
  const t = useTranslations();
  const attempt = useAttempt();
  const shareUrl = useShareUrl();
  const copy = async () => {
    await navigator.clipboard.writeText(shareUrl);
    toast(t("call.linkCopied"), { position: "top-center" });
  };
  return (
    <MenuItem icon={<Link className={ICON} />} onSelect={() => void attempt(copy)}>
      {t("call.copyLink")}
    </MenuItem>
  );
}

function NarrowItems() {
  const t = useTranslations();
  const hand = useMyHand();
  const share = useDeviceSwitch("screenShare");
  const canShare = "getDisplayMedia" in (navigator.mediaDevices ?? {});
  return (
    <>
      <MenuItem icon={<Hand className={ICON} />} onSelect={hand.toggle}>
        {t(hand.isRaised ? "call.lowerHand" : "call.raiseHand")}
      </MenuItem>
      {canShare && (
        <MenuItem icon={<MonitorUp className={ICON} />} onSelect={share.press}>
          {t(share.isOn ? "call.stopSharingScreen" : "call.shareScreen")}
        </MenuItem>
      )}
      <MenuLine />
    </>
  );
}

const toLayout = (value: string): Layout => LAYOUTS.find((layout) => layout === value) ?? "auto";
