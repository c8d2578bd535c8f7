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
  reconciledUntil: new Date("2026-11-23T08:00:00.000Z"),
};
const open = (read: () => Promise<Standing>) =>
  new Metrics({ version: "1.2.3", role: "worker", jobs: ["sync"], standing: read });

/** Every series that a process can tell of, by its name and labels. */
async function everything(): Promise<ReadonlyMap<string, readonly string[]>> {
  const metrics = open(async () => standing);
  metrics.event({ side: "board", outcome: "taken", ms: 3 });
  metrics.verdict({ rules: ["T1"], waitedMs: 700 });
  metrics.call({ side: "tracker", outcome: "failed", ms: 80 });
  metrics.tried({ job: "sync", ms: 40 });
  metrics.drifted("gone row");
  metrics.reminded("comment");
  const found = new Map<string, readonly string[]>();
  for (const [, name = "", labels = ""] of (await metrics.text()).matchAll(/^(\w+)(?:\{(.*)\})? \S+$/gmu))
    found.set(
      name,
      [...labels.matchAll(/(\w+)="/gu)].map(([, label]) => label ?? ""),
    );
  return found;
}

const dashboardShape = z.object({
  panels: z.array(z.object({ title: z.string(), targets: z.array(z.object({ expr: z.string() })).optional() })),
});
const alertsShape = z.object({
  groups: z.array(z.object({ rules: z.array(z.object({ alert: z.string(), expr: z.string() })) })),
});
const dashboard = dashboardShape.parse(JSON.parse(readFileSync("docs/monitoring/dashboard.json", "utf8")));
const alerts = alertsShape.parse(parse(readFileSync("docs/monitoring/alerts.yaml", "utf8")));
const expressions = [
  ...dashboard.panels.flatMap(({ title, targets = [] }) => targets.map(({ expr }) => [title, expr] as const)),
  ...alerts.groups.flatMap(({ rules }) => rules.map(({ alert, expr }) => [alert, expr] as const)),
];

/** Metrics that an expression names, each with the labels it is asked for. */
function named(expr: string): readonly (readonly [name: string, labels: readonly string[]])[] {
  return [...expr.matchAll(/\b((?:faseport|nodejs|process)_\w+)(?:\{([^}]*)\})?/gu)].map(
    ([, name = "", labels = ""]) => [name, [...labels.matchAll(/(\w+)\s*[!=]~?=?/gu)].map(([, label]) => label ?? "")],
  );
}

it.each(expressions)("«%s» asks for metrics and labels that there are", async (_title, expr) => {
  const there = await everything();
  for (const [name, labels] of named(expr)) {
    expect([...there.keys()]).toContain(name);
    const byPrometheus = ["job", "instance"];
    const unknown = labels.filter((label) => !there.get(name)?.includes(label) && !byPrometheus.includes(label));
    expect(unknown).toEqual([]);
  }
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
  const shown = dashboard.panels.flatMap(({ targets = [] }) =>
    targets.flatMap(({ expr }) => named(expr).map(([name]) => name)),
  );
  const hidden = Object.values<Definition>(definitions).filter(({ name }) => !shown.some((it) => it.startsWith(name)));
  expect(hidden.map(({ name }) => name)).toEqual([]);
});

it("times are told in seconds, and what stands as it stands", async () => {
  const metrics = open(async () => standing);
  metrics.verdict({ rules: ["T1", "A05"], waitedMs: 2_500 });
  metrics.failed({ job: "sync", isLast: true });
  const text = await metrics.text();
  for (const line of [
    "faseport_event_to_verdict_seconds_sum 2.5",
    'faseport_verdicts_total{rule="A05"} 1',
    'faseport_job_failures_total{job="sync",last="true"} 1',
    'faseport_api_budget_left{side="board",window="requests"} 12',
    'faseport_queue_jobs{job="sync",state="waiting"} 2',
    'faseport_queue_oldest_seconds{job="sync"} 1.5',
    'faseport_notices_standing{topic="access"} 1',
    "faseport_reconciled_timestamp_seconds 1795420800",
    "faseport_redis_up 1",
    `faseport_build_info{version="1.2.3",node="${process.version}",role="worker"} 1`,
  ])
    expect(text).toContain(`${line}\n`);
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
  expect(text.match(/^faseport_(api_budget|queue|notices|reconciled)\w* ?[\d{].*/gmu)).toBeNull();
});
