import { expect, test } from "vitest";
import { oursOf } from "../scripts/infra/types.ts";

test("[D30] type errors in our deployment code are reported, those in SST's sources are not", () => {
  const output = [
    ".sst/platform/src/components/link.ts(12,18): error TS1294: This syntax is not allowed.",
    "  And why.",
    "infra/web.ts(22,9): error TS2322: Type 'string' is not assignable to type 'number'.",
    "  More of it.",
    "../cache/sst-4.17.1-0a1b2c3d/.sst/platform/src/x.ts(1,1): error TS1484: A type.",
    "scripts/x.ts(1,1): error TS2741: Property 'signal' is missing.",
    "sst.config.ts(3,1): error TS2304: Cannot find name '$config'.",
    "",
  ];
  // Where tests import from scripts/, SST's Node types meet ours; those files are checked with the rest of the project.
  expect(oursOf(output.join("\n"))).toEqual([output[2], output[3], output[6]]);
});
