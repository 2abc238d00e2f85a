import { expect, test, vi } from "vitest";
import { logNodeAge } from "./node-age.ts";

test("[D66] a node logs its age in whole days, by site", () => {
  const lines: string[] = [];
  vi.spyOn(console, "info").mockImplementation((line: string) => void lines.push(line));
  logNodeAge("use1a", 36 * 86_400 - 1);
  vi.restoreAllMocks();
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({ event: "node.age", site: "use1a", days: 35 });
});
