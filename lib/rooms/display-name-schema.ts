import { z } from "zod";
import { MAX_TYPED_LENGTH, NAME_OBJECTIONS, readName } from "./display-name.ts";

/** A name that a request carries: see `readName`. */
export const DisplayName = z
  .string()
  .max(MAX_TYPED_LENGTH)
  .transform((text, context) => {
    const read = readName(text);
    if ("name" in read) return read.name;
    context.addIssue({ code: "custom", message: NAME_OBJECTIONS[read.objection] });
    return z.NEVER;
  });
