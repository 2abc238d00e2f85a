"use client";
import { useTranslations } from "next-intl";
import { LOCKABLE_SOURCES } from "#lib/rooms/room.ts";
import { mayDo } from "#lib/moderation/powers.ts";
import { Switch } from "#components/ui/switch.tsx";
import { useCallState } from "#components/call-context/use-meeting.ts";
import { AccessSetting } from "./access-setting.tsx";
import { Foldable } from "./foldable.tsx";
import { TitleSetting } from "./title-setting.tsx";
import { useModerate } from "./use-moderate.ts";

/** What holds for the whole meeting: who may come in, and what participants may send. */
export function HostControls() {
  const t = useTranslations();
  const moderate = useModerate();
  const room = useCallState((call) => call.room);
  const myRole = useCallState((call) => call.myRole);
  return (
    <Foldable fold="controls" title={t("people.controls")}>
      {mayDo(myRole, "set-title") && <TitleSetting />}
      {mayDo(myRole, "set-access") && <AccessSetting />}
      {mayDo(myRole, "lock-room") && (
        <Switch
          label={t("people.lock")}
          description={t("people.lockNote")}
          isOn={room.isLocked}
          onChange={(isLocked) =>
            void moderate({ action: "lock-room", isLocked }, t(isLocked ? "people.locked" : "people.unlocked"))
          }
        />
      )}
      {mayDo(myRole, "lock-source") &&
        LOCKABLE_SOURCES.map((source) => (
          <Switch
            key={source}
            label={t(`people.may.${source}`)}
            isOn={!room.locks[source]}
            onChange={(isOn) => void moderate({ action: "lock-source", source, isLocked: !isOn })}
          />
        ))}
    </Foldable>
  );
}
