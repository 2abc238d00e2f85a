import { z } from "zod";
import { LOCKABLE_SOURCES } from "#lib/rooms/room.ts";
import type { ServiceGrant } from "./seat.ts";

const Source = z.enum(LOCKABLE_SOURCES);
const Fields = z.union([
  z.object({
    isHidden: z.literal("1").transform(() => true as const),
    sources: z.literal("").transform(() => [] as const),
  }),
  z.object({
    isHidden: z.literal("0").transform(() => false as const),
    sources: z
      .string()
      .transform((text) => text.split(",").filter(Boolean))
      .pipe(z.array(Source)),
  }),
]);

/** The fields of a seat that hold the grant of a service. */
export function grantFields({ isHidden, sources }: ServiceGrant): { isHidden: string; sources: string } {
  return { isHidden: isHidden ? "1" : "0", sources: sources.join(",") };
}

/** @returns undefined for anything but a grant; also for a hidden service that would publish. */
export function parseServiceGrant(fields: { isHidden: string; sources: string }): ServiceGrant | undefined {
  return Fields.safeParse(fields).data;
}
