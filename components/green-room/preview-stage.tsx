"use client";
import { Mic, MicOff, TriangleAlert, Video, VideoOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { useCallback } from "react";
import type { Preview } from "#lib/call/media/devices.ts";
import { deviceAdvice, isTrouble } from "#components/devices/device-advice.ts";
import { useBrowser } from "#components/devices/use-browser.ts";
import { Avatar } from "#components/ui/avatar.tsx";
import { cx } from "#components/ui/cx.ts";
import { Ring } from "#components/ui/spinner.tsx";
import { LevelMeter } from "./level-meter.tsx";
import { StageToggle } from "./stage-toggle.tsx";
import { UseButton } from "./use-button.tsx";
import { usePreviewMedia } from "./use-preview.ts";

/** Me as others are going to see me, but mirrored, because that is how I know myself; not so what a rear camera shows. */
export function PreviewStage({ preview, name }: { preview: Preview; name: string }) {
  const t = useTranslations();
  const { camera, microphone } = usePreviewMedia(preview);
  const isMicrophoneOn = microphone.status === "on";
  const isCameraOn = camera.status === "on";
  // What is on its way can be called off, too: some devices never answer.
  const isMicrophoneWanted = isMicrophoneOn || microphone.status === "starting";
  const isCameraWanted = isCameraOn || camera.status === "starting";
  return (
    <section
      aria-label={t("door.preview")}
      className="relative isolate aspect-[4/3] w-full overflow-hidden rounded-surface bg-stage text-on-stage sm:aspect-video"
    >
      {isCameraOn ? <MyPicture preview={preview} /> : <NoPicture preview={preview} name={name} />}
      <div className="absolute inset-x-0 bottom-0 flex items-end justify-between gap-3 bg-linear-to-t from-scrim to-transparent p-3 pt-12 sm:p-4 sm:pt-14">
        <span className="flex h-13 min-w-0 flex-1 items-center gap-2 text-[0.9375rem] font-medium">
          <span dir="auto" className="truncate [text-shadow:0_1px_3px_rgb(0_0_0/0.6)]">
            {name}
          </span>
        </span>
        <div className="flex gap-3">
          <StageToggle
            what="microphone"
            isOn={isMicrophoneWanted}
            isStarting={microphone.status === "starting"}
            hasTrouble={isTrouble(microphone.status)}
            icon={isMicrophoneOn ? <Mic /> : <MicOff />}
            onToggle={() => void preview.setMicrophone(!isMicrophoneWanted)}
          />
          <StageToggle
            what="camera"
            isOn={isCameraWanted}
            isStarting={camera.status === "starting"}
            hasTrouble={isTrouble(camera.status)}
            icon={isCameraOn ? <Video /> : <VideoOff />}
            onToggle={() => void preview.setCamera(!isCameraWanted)}
          />
        </div>
        <span className="flex h-13 flex-1 items-center justify-end">
          {isMicrophoneOn && <LevelMeter preview={preview} />}
        </span>
      </div>
    </section>
  );
}

function MyPicture({ preview }: { preview: Preview }) {
  const t = useTranslations();
  const { camera } = usePreviewMedia(preview);
  const show = useCallback(
    (element: HTMLVideoElement | null) => (element ? preview.attach(element) : undefined),
    [preview],
  );
  return (
    <video
      ref={show}
      muted
      autoPlay
      playsInline
      aria-label={t("door.yourCamera")}
      className={cx("absolute inset-0 -z-10 size-full object-cover", camera.isMirrored && "-scale-x-100")}
    />
  );
}

function NoPicture({ preview, name }: { preview: Preview; name: string }) {
  const t = useTranslations();
  const { camera } = usePreviewMedia(preview);
  const advice = deviceAdvice(t, "camera", camera.status, useBrowser());
  return (
    <div className="absolute inset-0 -z-10 grid place-items-center px-6 pt-4 pb-20 text-center">
      {advice ? (
        <div role="status" className="flex max-w-md flex-col items-center gap-2">
          <TriangleAlert aria-hidden="true" className={cx("size-7", camera.offer && "max-sm:hidden")} />
          <p className="text-lg font-semibold">{advice.title}</p>
          <p className="text-[0.9375rem] text-on-stage-soft">
            {t("door.joinWithoutCamera", { advice: advice.sentence })}
          </p>
          {camera.offer && <UseButton kind="camera" device={camera.offer} preview={preview} />}
        </div>
      ) : camera.status === "starting" ? (
        <div role="status" className="flex flex-col items-center gap-3 text-on-stage-soft">
          <Ring className="size-7" />
          <span className="animate-say-later">{t("door.cameraStarting")}</span>
        </div>
      ) : (
        <div className="flex flex-col items-center gap-4">
          <Avatar name={name} size="large" />
          <p className="text-on-stage-soft">{t("door.cameraOff")}</p>
        </div>
      )}
    </div>
  );
}
