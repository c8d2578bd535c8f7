// SPDX-License-Identifier: EUPL-1.2
/** What people drag between the takeover of a board and the first look at each of its cards passes no gate either (I1, case 32). */
import { Queue } from "bullmq";
import { Redis } from "ioredis";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { jobNames } from "../../src/jobs/registry.ts";
import { Ledger } from "../../src/ledger/ledger.ts";
import { createSandbox, type Sandbox } from "../../src/sandbox/sandbox.ts";
import { startRedis, type TestRedis } from "../redis-server.ts";
import { board, describeWork, model, municipalityPath, people, roomy, start } from "./house.ts";
import { type Process, processOf } from "./process.ts";

const numbers = Array.from({ length: 13 }, (_, index) => `INNO-${index + 1}`);
const followed = { ...model, municipality: { ...model.municipality, budgets: roomy } };

let store: TestRedis;
let client: Redis;
let queues: readonly Queue[];
let sandbox: Sandbox;
let service: Process;
let before: readonly (readonly [number: string, phase: string])[];

beforeAll(async () => {
  store = await startRedis();
  const { path } = store.connection as { path: string };
  client = new Redis({ path });
  queues = jobNames.map((name) => new Queue(name, { connection: client, prefix: "faseport" }));
  sandbox = await createSandbox({ ...model, start, aggregationMs: 40, seed: "takeover" });
  const on = board({ sandbox });
  const gated = numbers.filter((number) => !on.field(number, "Spor").startsWith("3"));
  before = gated.map((number) => [number, on.field(number, "Fase")]);
  const places = { REDIS_URL: `unix://${path}`, FASEPORT_KOMMUNE: municipalityPath, HOST: "127.0.0.1" };
  service = processOf({ ...sandbox.environment(), ...places }, "all", followed);
  await service.start();
  sandbox.connect(service.running().url ?? "");
});
afterAll(async () => {
  await service.running().close();
  await Promise.all(queues.map((queue) => queue.close()));
  client.disconnect();
  await sandbox.close();
  await store.close();
});

it("each card is put back to where the takeover found it", async () => {
  const on = board({ sandbox });
  for (const [number] of before) on.drag(people.anders, number, "5. Følg op");
  const phases = () => before.map(([number]) => [number, on.field(number, "Fase")]);
  const isSettled = async () => {
    await sandbox.notion.delivered();
    return JSON.stringify(phases()) === JSON.stringify(before) && (await describeWork(queues)) === "";
  };
  await vi.waitUntil(isSettled, { timeout: 30_000, interval: 50 }).catch(() => {});
  expect(phases()).toEqual(before);
  const dragged = before.filter(([, phase]) => phase !== "5. Følg op").map(([number]) => number);
  expect(dragged.length).toBeGreaterThan(8);
  const log = await new Ledger(client).log();
  for (const number of dragged) {
    const rules = log.filter(({ projectId }) => projectId === number).map(({ rule }) => rule);
    expect([number, ...rules]).toEqual([number, "adopted", expect.stringMatching(/^T\d/u)]);
  }
});
