"use client";
import { EllipsisVertical, Pin, PinOff } from "lucide-react";
import { useTranslations } from "next-intl";
import type { Person } from "#lib/call/meeting.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import { isolate } from "#components/ui/isolate.ts";
import { Menu, MenuItem } from "#components/ui/menu.tsx";
import { useCallState, useView, useViewStore } from "#components/call-context/use-meeting.ts";
import { personActions } from "./person-actions.ts";
import { useModerate } from "./use-moderate.ts";
import type { Texts } from "#components/texts/texts.ts";

/** What may be done about one person, and putting them in front for myself. */
export function PersonMenu({ person }: { person: Person }) {
  const t = useTranslations();
  const name = isolate(person.name);
  const view = useViewStore();
  const moderate = useModerate();
  const myRole = useCallState((call) => call.myRole);
  const isPinned = useView(({ pinned }) => pinned === person.identity);
  return (
    <>
      <Menu
        trigger={
          <IconButton
            label={t("people.more", { name: person.name })}
            size="small"
            icon={<EllipsisVertical className="size-4.5" />}
          />
        }
      >
        <MenuItem
          icon={isPinned ? <PinOff className="size-4.5" /> : <Pin className="size-4.5" />}
          onSelect={() => view.change({ pinned: isPinned ? undefined : person.identity })}
        >
          {pinText(t, person, isPinned)}
        </MenuItem>
        {personActions(myRole, person).map(({ action, isFinal }) => (
          <MenuItem
            key={action.action}
            tone={isFinal ? "danger" : "neutral"}
            onSelect={() =>
              isFinal
                ? view.change({ removing: { identity: person.identity, isBan: false } })
                : void moderate(action, t(`people.actions.${action.action}.done`, { name }))
            }
          >
            {t(`people.actions.${action.action}.label`, { name })}
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}

function pinText(t: Texts, { isMe, name }: Person, isPinned: boolean): string {
  if (isMe) return t(isPinned ? "people.unpinYourself" : "people.pinYourself");
  return t(isPinned ? "people.unpin" : "people.pin", { name: isolate(name) });
}
