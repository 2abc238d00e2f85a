import { z } from "zod";
import { MAX_TYPED_LENGTH, readName } from "./display-name.ts";

/** A name that a request carries: see `readName`. */
export const DisplayName = z
  .string()
  .max(MAX_TYPED_LENGTH)
  .transform((text, context) => {
    const read = readName(text);
    if ("name" in read) return read.name;
    context.addIssue({ code: "custom", message: read.problem });
    return z.NEVER;
  });
