"use client";
import { CalendarPlus, Mail, QrCode as QrIcon, Share } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { RoomCode } from "#lib/ids.ts";
import { calendarPath, mailLink, meetingUrl, nextFullHourMs, shownUrl } from "#lib/rooms/room-links.ts";
import { createLater, useLater } from "#components/ui/later.ts";
import { Button } from "#components/ui/button.tsx";
import { buttonClasses } from "#components/ui/button-classes.ts";
import { CopyField } from "#components/ui/copy-field.tsx";
import { useNow } from "#components/ui/use-now.ts";
import { useFormats } from "#components/texts/use-formats.ts";
import { invitationMail, invitationText, lifetimeText } from "./invitation.ts";
import { useCanShare, useOrigin } from "./use-origin.ts";

type SharePanelProps = {
  code: RoomCode;
  /** What the host calls the meeting; empty for none. */
  title: string;
  /** Hosts know it; without it the sentence about the link's life is left out. */
  expiresAtMs?: number | undefined;
};

const qrCode = createLater(() => import("./qr-code.tsx"));

/** Every way to share the link. */
export function SharePanel({ code, title, expiresAtMs }: SharePanelProps) {
  const t = useTranslations();
  const url = meetingUrl(useOrigin(), code);
  const formats = useFormats();
  const [isQrShown, setQrShown] = useState(false);
  const QrCode = useLater(qrCode, isQrShown)?.QrCode;
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <CopyField
        label={t("share.link")}
        value={url}
        shown={shownUrl(url)}
        copyLabel={t("share.copyLink")}
        copiedText={t("share.linkCopied")}
        failedText={t("share.copyFailed")}
      />
      <div className="flex flex-wrap gap-2">
        <ShareSheetButton title={title} url={url} />
        <Button
          size="small"
          icon={<QrIcon className="size-4" />}
          aria-expanded={isQrShown}
          onPointerEnter={qrCode.prefetch}
          onClick={() => setQrShown(!isQrShown)}
        >
          {t("share.qrCode")}
        </Button>
        <CalendarLink code={code} />
        <a className={buttonClasses("neutral", "small")} href={mailLink(invitationMail(t, title, url))}>
          <Mail aria-hidden="true" className="size-4" />
          {t("share.mail")}
        </a>
      </div>
      {isQrShown && QrCode && (
        <div className="w-44">
          <QrCode text={url} label={t("share.qrCodeOf", { link: shownUrl(url) })} />
        </div>
      )}
      {expiresAtMs !== undefined && (
        // The date is in the reader's time zone, which the server does not know.
        <p suppressHydrationWarning className="text-sm text-ink-soft">
          {lifetimeText(t, formats.date(expiresAtMs))}
        </p>
      )}
    </div>
  );
}

function ShareSheetButton({ title, url }: { title: string; url: string }) {
  const t = useTranslations();
  if (!useCanShare()) return null;
  // Closing the sheet rejects: the person changed their mind, and nothing is to be said about that.
  const share = () => navigator.share({ title: title || "Veet", text: invitationText(t, title), url }).catch(() => {});
  return (
    <Button size="small" tone="neutral" icon={<Share className="size-4" />} onClick={() => void share()}>
      {t("share.share")}
    </Button>
  );
}

function CalendarLink({ code }: { code: RoomCode }) {
  const t = useTranslations();
  const startMs = nextFullHourMs(new Date(useNow()));
  return (
    <a className={buttonClasses("neutral", "small")} href={calendarPath(code, startMs)} download>
      <CalendarPlus aria-hidden="true" className="size-4" />
      {t("share.calendar")}
    </a>
  );
}
