"use client";
import { EllipsisVertical, Pin, PinOff } from "lucide-react";
import type { Person } from "#lib/call/meeting.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import { isolate } from "#components/ui/isolate.ts";
import { Menu, MenuItem } from "#components/ui/menu.tsx";
import { useCallState, useView, useViewStore } from "#components/call-context/use-meeting.ts";
import { personActions } from "./person-actions.ts";
import { useModerate } from "./use-moderate.ts";

/** What may be done about one person, and putting them in front for myself. */
export function PersonMenu({ person }: { person: Person }) {
  const view = useViewStore();
  const moderate = useModerate();
  const myRole = useCallState((call) => call.myRole);
  const isPinned = useView(({ pinned }) => pinned === person.identity);
  return (
    <>
      <Menu
        trigger={
          <IconButton
            label={`More actions for ${person.name}`}
            size="small"
            icon={<EllipsisVertical className="size-4.5" />}
          />
        }
      >
        <MenuItem
          icon={isPinned ? <PinOff className="size-4.5" /> : <Pin className="size-4.5" />}
          onSelect={() => view.change({ pinned: isPinned ? undefined : person.identity })}
        >
          {isPinned ? "Unpin" : "Pin"} {person.isMe ? "yourself" : isolate(person.name)}
        </MenuItem>
        {personActions(myRole, person).map(({ action, label, done, isFinal }) => (
          <MenuItem
            key={action.action}
            tone={isFinal ? "danger" : "neutral"}
            onSelect={() =>
              isFinal
                ? view.change({ removing: { identity: person.identity, isBan: false } })
                : void moderate(action, done)
            }
          >
            {label}
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}
