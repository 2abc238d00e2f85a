import { CircleCheck, CircleHelp, CircleX, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { Badge } from "#components/ui/badge.tsx";
import { type Sign, SIGNS } from "./status-text.ts";

const ICONS: Record<Sign, typeof CircleCheck> = {
  well: CircleCheck,
  trouble: TriangleAlert,
  gone: CircleX,
  unknown: CircleHelp,
};

/** Health as a word and a sign: never by colour alone. */
export function HealthBadge({ health }: { health: keyof typeof SIGNS }) {
  const t = useTranslations();
  const sign = SIGNS[health];
  const Icon = ICONS[sign];
  return (
    <Badge tone={sign === "well" ? "accent" : "neutral"}>
      <Icon aria-hidden="true" className="size-4" />
      {t(`status.health.${health}`)}
    </Badge>
  );
}
