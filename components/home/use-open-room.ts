"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "#components/ui/toast.tsx";
import { AppError } from "#lib/errors.ts";
import { openRoom } from "#lib/rooms/my-rooms-feed.ts";
import type { OpenedRoom } from "#lib/rooms/room-schema.ts";
import { refusalOf, refusalText } from "#components/entry/refusals.ts";

/** Makes rooms, one at a time, and says why when that does not work. */
export function useOpenRoom(onOpened: (room: OpenedRoom) => void): {
  isOpening: boolean;
  open: (title?: string) => void;
} {
  const t = useTranslations();
  const [isOpening, setOpening] = useState(false);
  const open = (title?: string) => {
    setOpening(true);
    openRoom(title).then(
      (room) => {
        setOpening(false);
        onOpened(room);
      },
      (error: unknown) => {
        setOpening(false);
        const { code, facts } = error instanceof AppError ? error : new AppError("internal");
        const { heading, meaning } = refusalText(t, refusalOf(code, facts));
        toast(t("home.createFailed"), {
          id: "open-room",
          description: t("home.createFailedWhy", { heading, meaning }),
        });
      },
    );
  };
  return { isOpening, open };
}
