import { z } from "zod";
import { LIMIT_RANGES, type HostLimits } from "./host-limits.ts";

const count = (name: keyof HostLimits) =>
  z.coerce.number().int().min(LIMIT_RANGES[name].least).max(LIMIT_RANGES[name].most).optional();

/** An account's own limits, as Redis keeps them. */
export const OwnLimitsSchema = z.object({
  rooms: count("rooms"),
  meetings: count("meetings"),
  people: count("people"),
  minutes: count("minutes"),
});
