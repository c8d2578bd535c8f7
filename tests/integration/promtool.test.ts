// SPDX-License-Identifier: EUPL-1.2
/** Prometheus's own checker reads the rules, tries them on invented days, and reads what the service tells. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { beforeAll, expect, it } from "vitest";
import { Metrics } from "../../src/telemetry/metrics.ts";
import { findPromtool, promtool } from "../promtool.ts";

let command: string | null;
beforeAll(async () => {
  command = await findPromtool();
});

/** Runs it, or skips the test where there is none. */
async function checked(skip: (why: string) => void, ...args: string[]) {
  if (command === null) return skip("promtool is neither installed nor to be had from this system's packages");
  expect(await promtool(command, args)).toMatchObject({ ok: true });
}

it("the alert rules are sound", ({ skip }) => checked(skip, "check", "rules", "docs/monitoring/alerts.yaml"));

it("each alert is raised when it should be, and none on a quiet day", ({ skip }) =>
  checked(skip, "test", "rules", "tests/integration/alerts.yaml"));

it("every alert is tried", () => {
  const named = (file: string, pattern: RegExp) =>
    [...new Set([...readFileSync(file, "utf8").matchAll(pattern)].map(([, name]) => name))].sort();
  const alerts = named("docs/monitoring/alerts.yaml", /- alert: (\w+)/gu);
  expect(alerts.length).toBeGreaterThan(10);
  expect(named("tests/integration/alerts.yaml", /alertname="(\w+)"/gu)).toEqual(alerts);
});

it("the example of Prometheus's own settings is sound", ({ skip }) =>
  checked(skip, "check", "config", "--syntax-only", "docs/monitoring/prometheus.yaml"));

it("what the service tells follows Prometheus's conventions", async ({ skip }) => {
  if (command === null) return skip("promtool is neither installed nor to be had from this system's packages");
  const metrics = new Metrics({
    version: "0",
    role: "all",
    jobs: ["sync"],
    rules: ["T1"],
    channels: ["comment"],
    standing: () => Promise.reject(new Error()),
  });
  // Node's own metrics are not ours to name.
  const ours = (await metrics.text()).split("\n").filter((line) => /^(# \w+ )?faseport_/u.test(line));
  const { stdout, stderr, status } = spawnSync(command, ["check", "metrics"], {
    input: `${ours.join("\n")}\n`,
    encoding: "utf8",
  });
  expect([status, stdout + stderr]).toEqual([0, ""]);
});
