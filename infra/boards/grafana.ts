import type { Board, Panel } from "./boards.ts";

/** Panel size. Grafana's grid has 24 columns, so two panels fit side by side. */
const [WIDTH, HEIGHT] = [12, 8];
/** The data source as deploy/metrics/grafana/datasources names it. */
export const DATASOURCE = { type: "prometheus", uid: "veet" };

/** A board in Grafana's file format (schema version 41: Grafana 12). */
export function grafanaBoard({ uid, title, panels }: Board) {
  return {
    uid,
    title,
    schemaVersion: 41,
    editable: false,
    refresh: "30s",
    time: { from: "now-6h", to: "now" },
    timezone: "browser",
    tags: ["veet"],
    panels: panels.map(grafanaPanel),
  };
}

function grafanaPanel({ title, says, unit, queries }: Panel, index: number) {
  return {
    id: index + 1,
    type: "timeseries",
    title,
    description: says,
    datasource: DATASOURCE,
    gridPos: { x: (index % 2) * WIDTH, y: Math.floor(index / 2) * HEIGHT, w: WIDTH, h: HEIGHT },
    fieldConfig: { defaults: { unit, min: 0 }, overrides: [] },
    options: { legend: { displayMode: "list", placement: "bottom" }, tooltip: { mode: "multi" } },
    targets: queries.map(({ expr, legend }, number) => ({
      refId: String.fromCodePoint(65 + number),
      datasource: DATASOURCE,
      expr,
      legendFormat: legend,
    })),
  };
}

const text = { type: "string", minLength: 1 } as const;
const datasource = {
  type: "object",
  properties: { type: { const: "prometheus" }, uid: { const: DATASOURCE.uid } },
  required: ["type", "uid"],
  additionalProperties: false,
} as const;

/** The parts of Grafana's board schema that time series need. Written from the documentation; not yet tried with a real Grafana. */
export const BOARD_SCHEMA = {
  type: "object",
  properties: {
    uid: { type: "string", pattern: "^[a-zA-Z0-9_-]{1,40}$" },
    title: text,
    schemaVersion: { type: "integer", minimum: 36 },
    editable: { type: "boolean" },
    refresh: { type: "string", pattern: "^\\d+[smh]$" },
    time: {
      type: "object",
      properties: { from: text, to: text },
      required: ["from", "to"],
      additionalProperties: false,
    },
    timezone: { enum: ["browser", "utc"] },
    tags: { type: "array", items: text },
    panels: {
      type: "array",
      minItems: 1,
      items: {
        type: "object",
        properties: {
          id: { type: "integer", minimum: 1 },
          type: { const: "timeseries" },
          title: text,
          description: text,
          datasource,
          gridPos: {
            type: "object",
            properties: {
              x: { type: "integer", minimum: 0, maximum: 23 },
              y: { type: "integer", minimum: 0 },
              w: { type: "integer", minimum: 1, maximum: 24 },
              h: { type: "integer", minimum: 1 },
            },
            required: ["x", "y", "w", "h"],
            additionalProperties: false,
          },
          fieldConfig: { type: "object", required: ["defaults", "overrides"] },
          options: { type: "object" },
          targets: {
            type: "array",
            minItems: 1,
            items: {
              type: "object",
              properties: { refId: { type: "string", pattern: "^[A-Z]$" }, datasource, expr: text, legendFormat: text },
              required: ["refId", "datasource", "expr", "legendFormat"],
              additionalProperties: false,
            },
          },
        },
        required: ["id", "type", "title", "datasource", "gridPos", "fieldConfig", "options", "targets"],
        additionalProperties: false,
      },
    },
  },
  required: ["uid", "title", "schemaVersion", "panels", "time"],
  additionalProperties: false,
} as const;
