// SPDX-License-Identifier: EUPL-1.2
/** A real Prometheus asks two doors and two workers: what the dashboard's panels and the alerts show of a bad morning. */
import { readFileSync } from "node:fs";
import { networkInterfaces } from "node:os";
import { Queue } from "bullmq";
import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { openPrometheus, type Prometheus } from "../prometheus.ts";
import { board, type House, openHouse, people } from "./house.ts";

type Panel = { title: string; targets?: { expr: string; legendFormat: string }[] };
const { panels } = JSON.parse(readFileSync("docs/monitoring/dashboard.json", "utf8")) as { panels: Panel[] };

const token = "a long random text";
/** An address that is not this machine's alone, so that the token is needed. */
const host =
  Object.values(networkInterfaces())
    .flat()
    .find((it) => it && !it.internal && it.family === "IPv4")?.address ?? "127.0.0.1";

let house: House;
let prometheus: Prometheus | null;
beforeAll(async () => {
  house = await openHouse({
    roles: ["web", "web", "worker", "worker"],
    environment: { FASEPORT_ADMIN_TOKEN: token, FASEPORT_WORKER_PORT: "0", HOST: "0.0.0.0" },
  });
  const addresses = house.addresses().map((url) => `${host}:${new URL(url).port}`);
  prometheus = await openPrometheus(addresses, token);
  if (prometheus === null) return;
  // Nothing is a rise that was not seen before it rose.
  await vi.waitFor(
    async () => expect(await shown("Processes that reach Redis")).toMatchObject({ "reach it": 4 }),
    patient,
  );
  await aBadMorning();
});
beforeEach(({ skip }) => {
  if (prometheus === null) skip("Prometheus is neither installed nor to be had from this system's packages");
});
afterAll(async () => {
  await prometheus?.close();
  await house.close();
});

const patient = { timeout: 30_000, interval: 200 };

/** A drag is refused, somebody knocks without a signature, a job gives up, and the administrator is told of a field. */
async function aBadMorning(): Promise<void> {
  const { notion } = house.sandbox;
  board(house).drag(people.anders, "INNO-2", "4. Implementer");
  for (let knock = 0; knock < 7; knock += 1)
    await fetch(`${house.service().url}/webhooks/notion`, { method: "POST", body: "{}" });
  const path = house.environment.REDIS_URL?.slice("unix://".length) ?? "";
  const queue = new Queue("row", { connection: { path }, prefix: "faseport" });
  await queue.add("row", { row: "no id" });
  await queue.close();
  await house.quiet();
  notion.changeColumns(people.sanne, notion.projects, { "Sagsnr.": { name: "Journalnr." } });
  await house.quiet();
}

/** What a panel shows, by what stands in its legend: Grafana's rates span at least four of the targets' intervals. */
async function shown(title: string): Promise<Readonly<Record<string, number>>> {
  const { targets = [] } = panels.find((it) => it.title === title) ?? {};
  const found: Record<string, number> = {};
  for (const { expr, legendFormat } of targets) {
    const filled = expr.replaceAll("$__rate_interval", "4m").replaceAll("$job", ".+");
    for (const { labels, value } of (await prometheus?.ask(filled)) ?? [])
      found[legendFormat.replaceAll(/\{\{(\w+)\}\}/gu, (_, label: string) => labels[label] ?? `no ${label}`)] = value;
  }
  return found;
}

const some = expect.toSatisfy(Number.isFinite);
const bad: readonly [panel: string, shows: object][] = [
  ["Notices that stand", { access: 0, channels: 0, phases: 0, schema: 1, unseen: 0 }],
  ["Jobs that gave up", { row: 1, sync: 0, mirror: 0 }],
  ["Processes that reach Redis", { "reach it": 4, "run 0.1.0": 4 }],
  ["Events by what became of them", { "board taken": some, "board unsigned": some }],
  ["Verdicts by rule", { T4: 1, A02: 1 }],
  ["From event to verdict", { half: some, "19 of 20": some }],
  ["Answer at the door", { "board, 19 of 20": some }],
  ["Since the last event", { board: some }],
  ["How long a try takes", { "sync, 19 of 20": some, "row, 19 of 20": some }],
  ["Tries that failed", { "row, gave up: true": 1 }],
  ["Calls by answer", { "board ok": some }],
  ["Left of the budget", { "board requests": some, "tracker requests": some }],
  ["How long a call takes", { "board, 19 of 20": some }],
];
it.each(bad)("«%s» shows %o", async (title, shows) => {
  await expect.poll(() => shown(title), patient).toMatchObject(shows);
});

it("each panel of the processes shows all four, each with its role", async () => {
  for (const title of ["Memory", "Processor", "Event loop's lag"])
    expect(Object.keys(await shown(title)).map((legend) => legend.replace(/ .*/u, ""))).toEqual(
      expect.arrayContaining(["web", "web", "worker", "worker"]),
    );
});

it.each(panels.filter(({ targets }) => targets))("Prometheus understands «$title»", async ({ title }) => {
  for (const value of Object.values(await shown(title))) expect(value).not.toBeNaN();
});

it("what the processes count adds up to what the other side was asked", async () => {
  const calls = house.sandbox.notion.calls.length;
  await expect
    .poll(() => prometheus?.ask('sum(faseport_api_calls_total{side="board"})'), patient)
    .toEqual([{ labels: {}, value: calls }]);
});

it("every alert can be judged; that somebody knocks is raised, and what gave up and what is wrong will be", async () => {
  const rules = async () => (await prometheus?.rules()) ?? [];
  const ofState = async (wanted: string) =>
    (await rules()).filter(({ state }) => state === wanted).map(({ name }) => name);
  expect((await rules()).filter(({ health }) => health !== "ok")).toEqual([]);
  await expect
    .poll(() => ofState("pending"), patient)
    .toEqual(expect.arrayContaining(["FaseportJobsGaveUp", "FaseportNoticeStands"]));
  await expect.poll(() => ofState("firing"), patient).toContain("FaseportUnsigned");
});
