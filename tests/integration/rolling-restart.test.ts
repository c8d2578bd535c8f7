// SPDX-License-Identifier: EUPL-1.2
/**
 * Two web and two worker processes on one Redis, under load, each ended and started again in turn, as an upgrade does it:
 * no 5xx at the door, no event lost, nothing done twice.
 */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Queue } from "bullmq";
import { Redis } from "ioredis";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { parse, stringify } from "yaml";
import { jobNames } from "../../src/jobs/registry.ts";
import { Ledger } from "../../src/ledger/ledger.ts";
import { createSandbox, type Sandbox } from "../../src/sandbox/sandbox.ts";
import { startRedis, type TestRedis } from "../redis-server.ts";
import { childProcess, type ServiceProcess } from "../simulation/service-process.ts";
import { type Balancer, openBalancer } from "./balancer.ts";
import { board, describeWork, machines, model, municipalityPath, people, roomy, start } from "./house.ts";

const numbers = Array.from({ length: 13 }, (_, index) => `INNO-${index + 1}`);
const phases = ["1. Udforsk", "2. Nytænk", "3. Test", "4. Implementer", "5. Følg op"];
const staff = [people.anders, people.lise, people.sanne];
/** In milliseconds, on a busy machine; an idle one takes a quarter. */
const HEAVY = 200_000;

let folder: string;
let store: TestRedis;
let client: Redis;
let sandbox: Sandbox;
let balancer: Balancer;
let processes: readonly ServiceProcess[];
let queues: readonly Queue[];
const ends: { role: string; ms: number; last: string }[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "faseport-rolling-"));
  const kommune = join(folder, "kommune.yaml");
  await writeFile(kommune, stringify({ ...parse(await readFile(municipalityPath, "utf8")), budgets: roomy }));
  store = await startRedis();
  const { path } = store.connection as { path: string };
  client = new Redis({ path });
  queues = jobNames.map((name) => new Queue(name, { connection: client, prefix: "faseport" }));
  const parts = { ...model, start, machines: Object.values(machines), aggregationMs: 40, seed: "rolling" };
  sandbox = await createSandbox(parts);
  const environment = {
    ...sandbox.environment(),
    REDIS_URL: `unix://${path}`,
    FASEPORT_KOMMUNE: kommune,
    FASEPORT_DRAIN_MS: "2500",
    HOST: "127.0.0.1",
  };
  processes = (["web", "web", "worker", "worker"] as const).map((role) => childProcess(environment, role));
  await Promise.all(processes.map((each) => each.start()));
  balancer = await openBalancer([0, 1].map((number) => () => processes[number]?.url() ?? null));
  sandbox.connect(balancer.url);
  await actWhile(restartAll());
  await quiet();
}, HEAVY);

afterAll(async () => {
  await Promise.all(processes.map((each) => each.stop()));
  await balancer.close();
  await Promise.all(queues.map((queue) => queue.close()));
  client.disconnect();
  await sandbox.close();
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

async function restartAll(): Promise<void> {
  for (const each of processes) {
    const served = balancer.passed.length;
    await vi.waitUntil(() => balancer.passed.length > served + 10, { timeout: HEAVY });
    // A worker is ended in the middle of its work.
    if (each.role === "worker") await vi.waitUntil(async () => (await underWay()) > 0, { timeout: HEAVY, interval: 1 });
    const began = performance.now();
    await each.stop();
    ends.push({ role: each.role, ms: performance.now() - began, last: each.said.at(-1)?.msg ?? "" });
    await each.start();
  }
}

const underWay = async () => {
  const counts = await Promise.all(queues.map((queue) => queue.getActiveCount()));
  return counts.reduce((sum, count) => sum + count, 0);
};

/** Drags, ticks and edits without end until something else has ended. */
async function actWhile(other: Promise<void>): Promise<void> {
  const on = board({ sandbox });
  let isOver = false;
  const over = other.finally(() => {
    isOver = true;
  });
  for (let act = 0; !isOver; act += 1) {
    const number = numbers[(act * 5) % numbers.length] ?? "";
    const by = staff[act % staff.length] ?? people.anders;
    const turn = Math.floor(act / numbers.length) + act;
    if (turn % 5 < 3) on.drag(by, number, phases[turn % phases.length] ?? null);
    else if (turn % 5 === 3) on.edit(by, number, { "Sagsnr.": { rich_text: [{ text: { content: `26/${act}` } }] } });
    else tickAny(number);
    if (act % 2 === 1) await sandbox.notion.delivered();
    if (act % 40 === 39) sandbox.clock.advance(31 * 60_000);
  }
  await over;
}

function tickAny(number: string): void {
  const open = board({ sandbox })
    .rows(number)
    .find(
      ({ properties: { Status } }) => Status?.type === "select" && /Afventer|Klar/u.test(Status.select?.name ?? ""),
    );
  if (open) sandbox.notion.edit(people.mette, open.id, { Godkendt: { checkbox: true } });
}

/** Until every event has been delivered, and every job done that does not wait for a later time. */
async function quiet(): Promise<void> {
  await vi.waitUntil(
    async () => {
      await sandbox.notion.delivered();
      await sandbox.github.delivered();
      return (await describeWork(queues)) === "";
    },
    { timeout: HEAVY, interval: 100 },
  );
}

const twice = (items: readonly string[]) => items.filter((item, index) => items.indexOf(item) !== index);

it("every event was answered with 202, by both doors, while each was ended and started again", () => {
  expect(balancer.passed.length).toBeGreaterThan(50);
  expect(balancer.passed.filter(({ status }) => status !== 202)).toEqual([]);
  expect(new Set(balancer.passed.map(({ door }) => door))).toEqual(new Set([0, 1]));
});

it("each process ended by itself within ten seconds", () => {
  expect(ends.map(({ role, last }) => [role, last])).toEqual(
    ["web", "web", "worker", "worker"].map((role) => [role, "Faseport has closed"]),
  );
  for (const { ms } of ends) expect(ms).toBeLessThan(10_000);
});

it("every event that was taken has been judged, and none is left over", async () => {
  const taken = processes.flatMap(({ said }) => said.filter(({ msg }) => msg === "taken"));
  const events = taken.flatMap((line) => line.events as readonly string[]);
  expect(events.length).toBeGreaterThan(50);
  const known = await Promise.all(events.map((event) => client.exists(`faseport:event:${event}`)));
  expect(events.filter((_event, index) => known[index] === 0)).toEqual([]);
  expect(await client.keys("faseport:hints:*")).toEqual([]);
});

it("no job gave up, and none was found dead", async () => {
  const failed = await Promise.all(queues.map((queue) => queue.getFailedCount()));
  expect(failed.reduce((sum, count) => sum + count, 0)).toBe(0);
  const stalled = processes.flatMap(({ said }) => said.filter(({ err }) => /stalled/u.test(err?.message ?? "")));
  expect(stalled).toEqual([]);
});

it("nothing was said, made or logged twice", async () => {
  const on = board({ sandbox });
  const markers = numbers.flatMap((number) =>
    on.comments(number).map((text) => `${number} ${text.split("\n").at(-1)}`),
  );
  expect(markers.length).toBeGreaterThan(10);
  expect(twice(markers)).toEqual([]);
  const lines = (await new Ledger(client).log()).filter(({ events }) => events.length > 0);
  expect(lines.length).toBeGreaterThan(10);
  expect(
    twice(lines.map(({ card, rule, gate, body, events }) => JSON.stringify([card, rule, gate, body, events]))),
  ).toEqual([]);
  const tasks = numbers.map((number) => on.field(number, "Opgave")).filter((url) => url !== "");
  expect(
    sandbox.github
      .issues()
      .map(({ html_url }) => html_url)
      .sort(),
  ).toEqual([...tasks].sort());
});

it("when all is quiet, another look at everything finds nothing to do (I3)", async () => {
  const writes = () =>
    [...sandbox.notion.calls, ...sandbox.github.calls].filter(
      ({ method, path }) => method !== "GET" && !/query/u.test(path),
    ).length;
  const before = writes();
  await queues[jobNames.indexOf("reconcile")]?.add("reconcile", { full: true });
  await quiet();
  expect(writes()).toBe(before);
});
