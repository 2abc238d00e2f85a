"use client";
import { LOCKABLE_SOURCES, type LockableSource } from "#lib/rooms/room.ts";
import { mayDo } from "#lib/moderation/powers.ts";
import { Switch } from "#components/ui/switch.tsx";
import { useCallState } from "#components/call-context/use-meeting.ts";
import { AccessSetting } from "./access-setting.tsx";
import { Foldable } from "./foldable.tsx";
import { TitleSetting } from "./title-setting.tsx";
import { useModerate } from "./use-moderate.ts";

const LABELS: Record<LockableSource, string> = {
  microphone: "Participants can unmute",
  camera: "Participants can turn on their camera",
  screenShare: "Participants can share their screen",
};

/** What holds for the whole meeting: who may come in, and what participants may send. */
export function HostControls() {
  const moderate = useModerate();
  const room = useCallState((call) => call.room);
  const myRole = useCallState((call) => call.myRole);
  return (
    <Foldable fold="controls" title="Host controls">
      {mayDo(myRole, "set-title") && <TitleSetting />}
      {mayDo(myRole, "set-access") && <AccessSetting />}
      {mayDo(myRole, "lock-room") && (
        <Switch
          label="Lock meeting"
          description="No one else can join or ask to join"
          isOn={room.isLocked}
          onChange={(isLocked) =>
            void moderate(
              { action: "lock-room", isLocked },
              isLocked ? "The meeting is locked" : "The meeting is unlocked",
            )
          }
        />
      )}
      {mayDo(myRole, "lock-source") &&
        LOCKABLE_SOURCES.map((source) => (
          <Switch
            key={source}
            label={LABELS[source]}
            isOn={!room.locks[source]}
            onChange={(isOn) => void moderate({ action: "lock-source", source, isLocked: !isOn })}
          />
        ))}
    </Foldable>
  );
}
