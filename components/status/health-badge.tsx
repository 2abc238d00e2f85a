import { CircleCheck, CircleHelp, CircleX, TriangleAlert } from "lucide-react";
import { Badge } from "#components/ui/badge.tsx";
import { HEALTH, type Sign } from "./status-text.ts";

const SIGNS: Record<Sign, typeof CircleCheck> = {
  well: CircleCheck,
  trouble: TriangleAlert,
  gone: CircleX,
  unknown: CircleHelp,
};

/** Health as a word and a sign: never by colour alone. */
export function HealthBadge({ health }: { health: keyof typeof HEALTH }) {
  const { word, sign } = HEALTH[health];
  const Icon = SIGNS[sign];
  return (
    <Badge tone={sign === "well" ? "accent" : "neutral"}>
      <Icon aria-hidden="true" className="size-4" />
      {word}
    </Badge>
  );
}
