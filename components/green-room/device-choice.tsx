"use client";
import { Mic, Video, Volume2 } from "lucide-react";
import { useTranslations } from "next-intl";
import type { DeviceNewsItem, LocalMedia, Preview } from "#lib/call/media/devices.ts";
import { deviceAdvice } from "#components/devices/device-advice.ts";
import { newsText, standingNews } from "#components/devices/device-news.ts";
import { deviceShown, needsSystem } from "#components/devices/device-shown.ts";
import { useDeviceNews } from "#components/devices/use-device-news.ts";
import { useBrowser } from "#components/devices/use-browser.ts";
import { Banner } from "#components/ui/banner.tsx";
import { Select } from "#components/ui/select.tsx";
import { TestSoundButton } from "./test-sound-button.tsx";
import { UseButton } from "./use-button.tsx";
import { usePreviewMedia } from "./use-preview.ts";

const ICON = "size-4.5 text-ink-soft";
const FIELDS = [
  { kind: "microphone", none: "devices.noMicrophone", icon: <Mic className={ICON} /> },
  { kind: "camera", none: "devices.noCamera", icon: <Video className={ICON} /> },
  { kind: "speaker", none: "devices.systemSpeaker", icon: <Volume2 className={ICON} /> },
] as const;

/** Which camera, microphone and speaker; a microphone that does not work says why. */
export function DeviceChoice({ preview }: { preview: Preview }) {
  const t = useTranslations();
  const media = usePreviewMedia(preview);
  const advice = deviceAdvice(t, "microphone", media.microphone.status, useBrowser());
  const { offer } = media.microphone;
  // Read here, it is no news in the call.
  useDeviceNews(media.news, () => {});
  return (
    <section aria-label={t("devices.title")} className="flex flex-col gap-4">
      {advice && (
        <Banner
          tone="attention"
          title={advice.title}
          actions={offer && <UseButton kind="microphone" device={offer} preview={preview} />}
        >
          {t("door.joinWithoutMicrophone", { advice: advice.sentence })}
        </Banner>
      )}
      {standingNews(media).map((item) => (
        <News key={item.id} item={item} preview={preview} />
      ))}
      <div className="grid gap-3 sm:grid-cols-3">
        {FIELDS.map((field) => (
          <DeviceSelect key={field.kind} {...field} media={media} onChoose={preview.chooseDevice} />
        ))}
      </div>
      <TestSoundButton speakerId={media.speaker.deviceId} />
    </section>
  );
}

/** A device change that the user did not make, for as long as it applies. */
function News({ item, preview }: { item: DeviceNewsItem; preview: Preview }) {
  const t = useTranslations();
  const { title, sentence, offer } = newsText(t, item.kind, item);
  return (
    <Banner actions={offer && <UseButton kind={item.kind} device={offer} preview={preview} />}>
      {t("devices.news.item", { title, sentence })}
    </Banner>
  );
}

type DeviceSelectProps = (typeof FIELDS)[number] & { media: LocalMedia; onChoose: Preview["chooseDevice"] };

function DeviceSelect({ kind, none, icon, media, onChoose }: DeviceSelectProps) {
  const t = useTranslations();
  const choices = media.choices[kind];
  const isFixed = kind === "speaker" && !media.speaker.isChoosable;
  return (
    <Select
      label={t(`devices.${kind}`)}
      isLabelHidden
      icon={icon}
      disabled={isFixed || choices.length === 0}
      value={deviceShown(kind, media[kind].deviceId, choices)}
      onChange={(event) => void onChoose(kind, event.target.value)}
    >
      {choices.length === 0 || isFixed ? (
        <option value="">{t(none)}</option>
      ) : (
        <>
          {needsSystem(kind, choices) && <option value="">{t("devices.systemSpeaker")}</option>}
          {choices.map((choice) => (
            <option key={choice.deviceId} value={choice.deviceId}>
              {choice.label}
            </option>
          ))}
        </>
      )}
    </Select>
  );
}
