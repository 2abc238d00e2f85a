// Writes the boards and alerts of infra/boards to the files that Prometheus and Grafana read.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { alertRules } from "../infra/boards/alerts.ts";
import { BOARDS } from "../infra/boards/boards.ts";
import { grafanaBoard } from "../infra/boards/grafana.ts";
import { ROOT } from "./stack/paths.ts";

const write = (path: string, content: unknown) =>
  writeFile(join(ROOT, "deploy", "metrics", path), `${JSON.stringify(content, undefined, 2)}\n`);

await write("alerts.yaml", alertRules());
await Promise.all(BOARDS.map((board) => write(join("boards", `${board.uid}.json`), grafanaBoard(board))));
