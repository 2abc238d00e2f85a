"use client";
import { useTranslations } from "next-intl";
import { Dialog } from "#components/ui/dialog.tsx";
import { KeySetting } from "#components/settings/key-setting.tsx";
import { keysText, SHORTCUTS } from "#components/call-context/shortcuts.ts";
import { useIsModerator, useView, useViewStore } from "#components/call-context/use-meeting.ts";
import { isApple } from "#components/call-context/use-shortcut-text.ts";

/** Which keys do what, and the switch for those that are pressed alone. */
export function ShortcutsDialog() {
  const t = useTranslations();
  const view = useViewStore();
  const isOpen = useView(({ dialog }) => dialog === "shortcuts");
  const isModerator = useIsModerator();
  const shown = SHORTCUTS.filter(({ isForHosts = false }) => isModerator || !isForHosts);
  return (
    <Dialog isOpen={isOpen} onOpenChange={() => view.change({ dialog: undefined })} title={t("shortcuts.title")}>
      <dl className="flex flex-col">
        {shown.map((shortcut) => (
          <div
            key={shortcut.action}
            className="flex min-h-10 items-center justify-between gap-4 border-b border-line last:border-0"
          >
            <dt className="text-[0.9375rem]">{t(`shortcuts.${shortcut.action}`)}</dt>
            <dd>
              <kbd className="rounded-control border border-line-strong px-2 py-0.5 font-sans text-sm whitespace-nowrap">
                {keysText(shortcut, isApple())}
              </kbd>
            </dd>
          </div>
        ))}
      </dl>
      <KeySetting />
    </Dialog>
  );
}
