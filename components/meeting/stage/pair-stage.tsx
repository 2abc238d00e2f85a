"use client";
import { useTranslations } from "next-intl";
import { SelfView } from "./self-view.tsx";
import type { StageTile } from "./stage-plan.ts";
import { Tile } from "./tile.tsx";

/** Two people: the other one fills the stage, and my own tile floats over it. */
export function PairStage({ other: { key, ...other }, me }: { other: StageTile; me: StageTile }) {
  const t = useTranslations();
  return (
    <ul aria-label={t("call.onStage")} className="relative min-h-0 grow">
      <li className="absolute inset-0">
        <Tile {...other} tileKey={key} isPinned={false} isWhole />
      </li>
      <SelfView me={me} />
    </ul>
  );
}
