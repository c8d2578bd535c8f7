// SPDX-License-Identifier: EUPL-1.2
/** What a refused drag leaves in the metrics, and who may read them. */
import { randomUUID } from "node:crypto";
import { networkInterfaces } from "node:os";
import { Queue } from "bullmq";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { board, type House, openHouse, people } from "./house.ts";

const token = "a long random text";
const open = () =>
  openHouse({
    roles: ["all", "worker"],
    environment: { FASEPORT_ADMIN_TOKEN: token, FASEPORT_WORKER_PORT: "0", HOST: "0.0.0.0" },
  });

let house: House;
beforeAll(async () => {
  house = await open();
}, 60_000);
afterAll(() => house.close());

const ask = (headers: Record<string, string> = {}, url = house.service().url) => fetch(`${url}/metrics`, { headers });

/** The sum of a metric over the series that have these labels, in all processes. */
async function told(name: string, labels = ""): Promise<number> {
  const texts = await Promise.all(house.addresses().map(async (url) => (await ask({}, url)).text()));
  const lines = texts.flatMap((text) => text.split("\n"));
  const those = lines.filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));
  const series = those.filter((line) => line.includes(labels));
  return series.reduce((sum, line) => sum + Number(line.split(" ").at(-1)), 0);
}

it("a refused drag is counted from the event to the calls, once over all processes", async () => {
  const before = await told("faseport_events_total", 'side="board",outcome="taken"');
  const on = board(house);
  on.drag(people.anders, "INNO-2", "4. Implementer");
  await house.quiet();
  expect(await told("faseport_events_total", 'side="board",outcome="taken"')).toBeGreaterThan(before);
  expect(await told("faseport_verdicts_total", 'rule="T')).toBe(1);
  expect(await told("faseport_verdicts_total", 'rule="A')).toBe(1);
  expect(await told("faseport_last_event_timestamp_seconds", 'side="board"')).toBeGreaterThan(0);
  expect(await told("faseport_event_to_verdict_seconds_count")).toBe(1);
  expect(await told("faseport_api_calls_total", 'side="board",outcome="ok"')).toBe(house.sandbox.notion.calls.length);
  expect(await told("faseport_job_duration_seconds_count", 'kind="sync"')).toBeGreaterThan(0);
  expect(await told("faseport_reconciled_timestamp_seconds")).toBeGreaterThan(0);
  expect(await told("faseport_api_budget_left", 'side="board"')).toBeLessThan(
    await told("faseport_api_budget_limit", 'side="board"'),
  );
});

it("a change that no event told of is counted as drift", async () => {
  const before = await told("faseport_reconcile_drift_total", 'found="card"');
  const { notion } = house.sandbox;
  notion.deliveries("lose");
  board(house).drag(people.anders, "INNO-2", "4. Implementer");
  await notion.delivered();
  notion.deliveries("flow");
  await house.lookAtAll();
  await house.quiet();
  expect(await told("faseport_reconcile_drift_total", 'found="card"')).toBeGreaterThan(before);
});

it("a failed job is counted, and shown among those that gave up", async () => {
  const queue = new Queue("row", {
    connection: { path: house.environment.REDIS_URL?.slice("unix://".length) ?? "" },
    prefix: "faseport",
  });
  await queue.add("row", { row: "no id" });
  await queue.close();
  await house.quiet();
  expect(await told("faseport_job_failures_total", 'kind="row",last="true"')).toBe(1);
  expect(await told("faseport_queue_jobs", 'kind="row",state="failed"')).toBe(2);
});

it("a job that will be tried again is not one that waits, however old it is", async () => {
  const { notion } = house.sandbox;
  notion.faults(() => ({ kind: "status", status: 503 }));
  const path = house.environment.REDIS_URL?.slice("unix://".length) ?? "";
  const queue = new Queue("row", { connection: { path }, prefix: "faseport" });
  const anHourAgo = Date.now() - 3_600_000;
  await queue.pause();
  await queue.add("row", { row: randomUUID() }, { attempts: 9, backoff: { type: "custom" }, timestamp: anHourAgo });
  expect(await told("faseport_queue_oldest_seconds", 'kind="row"')).toBeGreaterThan(3_000);
  await queue.resume();
  await vi.waitFor(async () => expect(await house.jobs("row")).toMatchObject({ delayed: 1 }), 10_000);
  expect(await told("faseport_queue_oldest_seconds", 'kind="row"')).toBeLessThan(60);
  notion.faults(null);
  await queue.close();
  await house.quiet();
});

const elsewhere = Object.values(networkInterfaces())
  .flat()
  .find((it) => it && !it.internal && it.family === "IPv4")?.address;

const askers: readonly [who: string, headers: Record<string, string>, status: number][] = [
  ["this machine", {}, 200],
  ["this machine with a wrong token", { authorization: "Bearer other" }, 200],
  ["somebody behind a proxy on this machine", { "x-forwarded-for": "203.0.113.7" }, 401],
  ["somebody behind a proxy that says only Forwarded", { forwarded: "for=203.0.113.7" }, 401],
  ["somebody who claims to be this machine", { "x-forwarded-for": "127.0.0.1" }, 401],
  ["an administrator behind a proxy", { "x-forwarded-for": "203.0.113.7", authorization: `Bearer ${token}` }, 200],
];
it.each(askers)("%s: %o is answered with %i", async (_who, headers, status) => {
  expect((await ask(headers)).status).toBe(status);
});

it("another machine needs the token", async ({ skip }) => {
  if (elsewhere === undefined) return skip("this machine has no address but its own");
  const url = `http://${elsewhere}:${new URL(house.service().url ?? "").port}`;
  expect((await ask({}, url)).status).toBe(401);
  expect((await ask({ authorization: `Bearer ${token}` }, url)).status).toBe(200);
});

it("a worker alone has no door, but can be watched", async () => {
  const url = house.addresses()[1];
  expect((await fetch(`${url}/livez`)).status).toBe(200);
  expect(await (await fetch(`${url}/readyz`)).json()).toMatchObject({ ready: true, checks: { workers: "ok" } });
  expect((await fetch(`${url}/webhooks/notion`, { method: "POST" })).status).toBe(404);
  expect(await (await ask({}, url)).text()).toContain('role="worker"');
});
