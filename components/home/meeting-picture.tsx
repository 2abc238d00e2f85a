import { Hand, MicOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { Avatar } from "#components/ui/avatar.tsx";

const FACES = [
  { name: "Ada Lovelace", isMuted: false, isSpeaking: true },
  { name: "Grace Hopper", isMuted: true, isSpeaking: false },
  { name: "Katherine Johnson", isMuted: false, isSpeaking: false },
  { name: "Mae Jemison", isMuted: true, isSpeaking: false },
];

/** A drawn meeting with a knock. Decoration only. */
export function MeetingPicture() {
  const t = useTranslations();
  return (
    <div aria-hidden="true" className="relative rounded-surface bg-stage p-3 sm:p-4">
      <div className="grid grid-cols-2 gap-3">
        {FACES.map(({ name, isMuted, isSpeaking }) => (
          <div
            key={name}
            className={`relative grid aspect-[4/3] place-items-center rounded-control bg-on-stage/8 ${isSpeaking ? "outline-3 outline-[#63cdb5]" : ""}`}
          >
            <Avatar name={name} className="sm:size-20 sm:text-3xl" />
            <span className="absolute bottom-2 left-3 flex items-center gap-1.5 text-sm font-medium text-on-stage">
              {isMuted && <MicOff className="size-3.5" />}
              {name.split(" ")[0]}
            </span>
          </div>
        ))}
      </div>
      <div className="absolute -top-5 right-4 flex items-center gap-3 rounded-surface border border-line bg-raised py-3 pr-3 pl-4 shadow-float sm:-right-5">
        <Hand className="size-5 text-accent-ink" />
        <span className="text-[0.9375rem]">
          {t.rich("home.pictureKnock", { b: (name) => <b className="font-semibold">{name}</b> })}
        </span>
        <span className="rounded-control bg-accent px-3 py-1.5 text-sm font-semibold text-on-accent">
          {t("home.pictureAdmit")}
        </span>
      </div>
    </div>
  );
}
