// SPDX-License-Identifier: EUPL-1.2
/** What the alerts and the dashboard name is there, and what is there is shown. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { type Definition, definitions } from "../../src/telemetry/definitions.ts";
import { Metrics, type Standing } from "../../src/telemetry/metrics.ts";

const standing: Standing = {
  budgets: [{ side: "board", window: "requests", limit: 180, left: 12 }],
  queues: [{ job: "sync", states: { waiting: 2, failed: 1 }, oldestMs: 1_500 }],
  notices: { access: 1, schema: 0 },
  heard: { board: new Date("2026-11-23T07:59:00.000Z"), tracker: null },
  reconciledUntil: new Date("2026-11-23T08:00:00.000Z"),
};
const open = (read: () => Promise<Standing>) =>
  new Metrics({
    version: "1.2.3",
    role: "worker",
    jobs: ["sync"],
    rules: ["T1", "A05"],
    channels: ["comment"],
    standing: read,
  });

function count(metrics: Metrics): void {
  metrics.event({ side: "board", outcome: "unavailable", ms: 3 });
  metrics.verdict({ rules: ["T1 A05"], waitedMs: 700 });
  metrics.call({ side: "tracker", outcome: "failed", ms: 80 });
  metrics.tried({ job: "sync", ms: 40 });
  metrics.failed({ job: "sync", isLast: true });
  metrics.drifted("gone row");
  metrics.reminded("comment");
}

/** Every series that a process can tell of, by its name and labels. */
async function everything(): Promise<ReadonlyMap<string, readonly string[]>> {
  const metrics = open(async () => standing);
  count(metrics);
  const found = new Map<string, readonly string[]>();
  for (const [, name = "", labels = ""] of (await metrics.text()).matchAll(/^(\w+)(?:\{(.*)\})? \S+$/gmu))
    found.set(
      name,
      [...labels.matchAll(/(\w+)="/gu)].map(([, label]) => label ?? ""),
    );
  return found;
}

const panelShape = z.object({
  id: z.number(),
  title: z.string(),
  type: z.enum(["row", "stat", "timeseries"]),
  gridPos: z.object({ x: z.number(), y: z.number(), w: z.number(), h: z.number() }),
  fieldConfig: z
    .object({ defaults: z.looseObject({ unit: z.string(), thresholds: z.unknown().optional() }) })
    .optional(),
  targets: z
    .array(
      z.object({
        expr: z.string(),
        legendFormat: z.string(),
        interval: z.string().optional(),
        instant: z.boolean().optional(),
        datasource: z.object({ uid: z.string() }),
      }),
    )
    .default([]),
});
const dashboardShape = z.object({
  panels: z.array(panelShape),
  templating: z.object({ list: z.array(z.object({ name: z.string() })) }),
});
const alertsShape = z.object({
  groups: z.array(z.object({ rules: z.array(z.object({ alert: z.string(), expr: z.string() })) })),
});
const dashboard = dashboardShape.parse(JSON.parse(readFileSync("docs/monitoring/dashboard.json", "utf8")));
const alerts = alertsShape.parse(parse(readFileSync("docs/monitoring/alerts.yaml", "utf8")));
const targets = dashboard.panels.flatMap((panel) => panel.targets.map((target) => ({ ...target, panel })));
const expressions = [
  ...targets.map(({ panel, expr }) => [panel.title, expr] as const),
  ...alerts.groups.flatMap(({ rules }) => rules.map(({ alert, expr }) => [alert, expr] as const)),
];

/** What Prometheus adds to every series. */
const byPrometheus = ["job", "instance"];
const namesIn = (list: string) => [...list.matchAll(/\w+/gu)].map(([name]) => name);

/** Metrics that an expression names, each with the labels it is asked for. */
function named(expr: string): readonly (readonly [name: string, labels: readonly string[]])[] {
  return [...expr.matchAll(/\b((?:faseport|nodejs|process)_\w+)(?:\{([^}]*)\})?/gu)].map(
    ([, name = "", labels = ""]) => [name, [...labels.matchAll(/(\w+)\s*[!=]~?=?/gu)].map(([, label]) => label ?? "")],
  );
}

/** The labels by which an expression groups and joins. */
function grouped(expr: string): readonly string[] {
  return [...expr.matchAll(/\b(?:by|on|group_left) \(([^)]*)\)/gu)].flatMap(([, list = ""]) => namesIn(list));
}

it.each(expressions)("«%s» asks for metrics and labels that there are", async (_title, expr) => {
  const there = await everything();
  const known = new Set(byPrometheus);
  for (const [name, labels] of named(expr)) {
    expect([...there.keys()]).toContain(name);
    const ofIt = [...(there.get(name) ?? []), ...byPrometheus];
    expect(labels.filter((label) => !ofIt.includes(label))).toEqual([]);
    for (const label of ofIt) known.add(label);
  }
  expect(grouped(expr).filter((label) => !known.has(label))).toEqual([]);
});

it.each(expressions)("«%s» adds up what each process counts, and nothing that all tell alike", (_title, expr) => {
  for (const { name, of, type } of Object.values<Definition>(definitions)) {
    if (!named(expr).some(([it]) => it.startsWith(name))) continue;
    if (of === "service") expect(expr).not.toMatch(/\bsum\b/u);
    else if (type !== "gauge") expect(expr).toMatch(/\bsum\b/u);
  }
});

it("no label is one of Prometheus's own, which it would write aside", () => {
  const labels = Object.values<Definition>(definitions).flatMap((it) => Object.keys(it.labels));
  expect(labels.filter((label) => byPrometheus.includes(label))).toEqual([]);
});

it.each(targets)("the dashboard asks $expr of the installation that is chosen, as Grafana can", (target) => {
  const { panel, expr, legendFormat } = target;
  const variables = [...dashboard.templating.list.map(({ name }) => name), "__rate_interval"];
  const used = [expr, target.datasource.uid].flatMap((text) => [...text.matchAll(/\$\{?(\w+)/gu)].map(([, it]) => it));
  expect(used.filter((name) => !variables.includes(name ?? ""))).toEqual([]);
  expect(expr).toMatch(/\{job=~"\$job"/u);
  const shown = [...legendFormat.matchAll(/\{\{(\w+)\}\}/gu)].map(([, label]) => label ?? "");
  const there = [...grouped(expr), ...(expr.startsWith("process_") || expr.startsWith("nodejs_") ? byPrometheus : [])];
  expect(shown.filter((label) => !there.includes(label))).toEqual([]);
  // Grafana takes a scrape every 15 seconds for granted; a rate over less than two scrapes is none.
  expect(target.interval).toBe(expr.includes("$__rate_interval") ? "1m" : undefined);
  // The last value of the day is not what is so now; and without thresholds of its own whatever is over 80 is red.
  if (panel.type === "stat")
    expect([target.instant, panel.fieldConfig?.defaults.thresholds !== undefined]).toEqual([true, true]);
});

it("the dashboard's panels have a place and an id of their own, and units that Grafana knows", () => {
  const { panels } = dashboard;
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
    Array.from({ length: w * h }, (_, cell) => `${x + (cell % w)},${y + Math.floor(cell / w)}`),
  );
  expect(new Set(cells).size).toBe(cells.length);
  const units = panels.flatMap(({ fieldConfig }) => fieldConfig?.defaults.unit ?? []);
  expect(units.filter((unit) => !["short", "s", "reqpm", "percentunit", "bytes"].includes(unit))).toEqual([]);
});

it("every metric of the table is told, with its labels", async () => {
  const there = await everything();
  for (const { name, type, labels } of Object.values<Definition>(definitions)) {
    const series = type === "histogram" ? `${name}_bucket` : name;
    const inBucket = type === "histogram" ? ["le"] : [];
    expect([name, [...(there.get(series) ?? ["absent"])].sort()]).toEqual([
      name,
      [...inBucket, ...Object.keys(labels)].sort(),
    ]);
  }
});

it("the dashboard shows every metric of the table", () => {
  const shown = targets.flatMap(({ expr }) => named(expr).map(([name]) => name));
  const hidden = Object.values<Definition>(definitions).filter(({ name }) => !shown.some((it) => it.startsWith(name)));
  expect(hidden.map(({ name }) => name)).toEqual([]);
});

it("times are told in seconds, and what stands as it stands", async () => {
  const metrics = open(async () => standing);
  metrics.verdict({ rules: ["T1", "T3 A05"], waitedMs: 2_500 });
  metrics.failed({ job: "sync", isLast: true });
  const text = await metrics.text();
  for (const line of [
    "faseport_event_to_verdict_seconds_sum 2.5",
    'faseport_verdicts_total{rule="A05"} 1',
    'faseport_last_event_timestamp_seconds{side="board"} 1795420740',
    'faseport_job_failures_total{kind="sync",last="true"} 1',
    'faseport_api_budget_left{side="board",window="requests"} 12',
    'faseport_queue_jobs{kind="sync",state="waiting"} 2',
    'faseport_queue_oldest_seconds{kind="sync"} 1.5',
    'faseport_notices_standing{topic="access"} 1',
    "faseport_reconciled_timestamp_seconds 1795420800",
    "faseport_redis_up 1",
    `faseport_build_info{version="1.2.3",node="${process.version}",role="worker"} 1`,
  ])
    expect(text).toContain(`${line}\n`);
});

it("whatever is counted was there before with a zero, so that the first of it is seen as a rise", async () => {
  const metrics = open(async () => standing);
  const series = async () => [...(await metrics.text()).matchAll(/^(faseport_\S+) /gmu)].map(([, it]) => it).sort();
  const before = await series();
  const text = await metrics.text();
  expect(text).toContain('faseport_verdicts_total{rule="A05"} 0\n');
  count(metrics);
  expect(await series()).toEqual(before);
});

it("while Redis is away, what all share is absent, and the process still tells of itself", async () => {
  let isAway = false;
  const metrics = open(async () => {
    if (isAway) throw new Error("away");
    return standing;
  });
  await metrics.text();
  isAway = true;
  const text = await metrics.text();
  expect(text).toContain("faseport_redis_up 0\n");
  expect(text).toContain("process_cpu_seconds_total");
  expect(text.match(/^faseport_(api_budget|queue|notices|reconciled|last_event)\w* ?[\d{].*/gmu)).toBeNull();
});

it("the example of Prometheus's settings asks every process of compose.yaml by an address of its own", () => {
  const read = (file: string) => parse(readFileSync(file, "utf8"), { merge: true });
  const { services } = read("compose.yaml") as {
    services: Record<string, { environment?: Record<string, string>; networks: readonly string[] }>;
  };
  const ours = Object.entries(services).filter(([, { environment }]) => environment?.FASEPORT_ROLE !== undefined);
  const { scrape_configs } = read("docs/monitoring/prometheus.yaml") as { scrape_configs: readonly object[] };
  expect(scrape_configs).toMatchObject([
    { job_name: "faseport", dns_sd_configs: [{ names: ours.map(([name]) => name), type: "A", port: 3000 }] },
  ]);
  for (const [, { environment, networks }] of ours)
    expect([environment?.FASEPORT_WORKER_PORT ?? environment?.PORT, networks]).toEqual([
      "3000",
      expect.arrayContaining(["front"]),
    ]);
});
