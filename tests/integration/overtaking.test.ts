// SPDX-License-Identifier: EUPL-1.2
/** Two priorities: what a person does goes before work in bulk, in the queue and at the budget. */
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { openProducer, type Producer } from "../../src/jobs/queues.ts";
import type { RedisClient } from "../../src/redis/client.ts";
import { openDoorRedis } from "../../src/redis/connect.ts";
import { startRedis, type TestRedis } from "../redis-server.ts";
import { board, type House, openHouse, people } from "./house.ts";

let house: House;

const budgets = {
  notion: { perMinute: 75 },
  github: { perHour: 60_000, pointsPerMinute: 600_000, createPerMinute: 60_000, createPerHour: 60_000 },
};
/** Fewer than a page of a list holds, so that all wait at once; at this budget they take more than a minute. */
const MANY = 90;

/** Cards that nobody has told the service about; it finds them when it looks at everything. */
async function unheardOf({ sandbox: { notion } }: House, count: number): Promise<void> {
  notion.deliveries("lose");
  for (let n = 0; n < count; n += 1)
    notion.create(people.anders, notion.projects, {
      Navn: { title: [{ text: { content: `Hverdagsidé ${n}` } }] },
      Spor: { select: { name: "3 Hverdagsinnovation" } },
      Fase: { select: { name: "1. Udforsk" } },
      Tilstand: { select: { name: "Aktiv" } },
    });
  await notion.delivered();
  notion.deliveries("flow");
}

const waiting = async () => {
  const { prioritized = 0, delayed = 0 } = await house.jobs("sync");
  return prioritized + delayed;
};

it("a card dragged during a backfill is put back while most of the backfill still waits", async () => {
  house = await openHouse({ budgets });
  onTestFinished(() => house.close());
  const on = board(house);
  await unheardOf(house, MANY);
  await house.lookAtAll();
  await vi.waitFor(async () => expect(await waiting()).toBeGreaterThan(MANY / 2), 20_000);
  on.drag(people.anders, "INNO-3", "2. Nytænk");
  await vi.waitFor(() => expect(on.said("INNO-3")).toEqual(["A01"]), { timeout: 30_000, interval: 50 });
  expect(on.field("INNO-3", "Fase")).toBe("1. Udforsk");
  expect(await waiting()).toBeGreaterThan(MANY / 4);
});

/** Queues without a worker: what waits, waits. */
describe("one and the same card", () => {
  const card = "11111111-1111-4111-8111-111111111111";
  const other = "22222222-2222-4222-8222-222222222222";
  let store: TestRedis;
  let redis: RedisClient;
  let producer: Producer;
  beforeEach(async () => {
    store = await startRedis();
    redis = await openDoorRedis(store.connection);
    producer = openProducer(redis, "faseport");
  });
  afterEach(async () => {
    await producer.close();
    redis.disconnect();
    await store.close();
  });

  const waitingFor = async (state: "wait" | "prioritized" | "delayed") =>
    (await producer.queues.sync.getJobs([state])).map(({ data }) => data.card);

  it("waits in the background until somebody touches it; then it is interactive at once", async () => {
    await producer.add("sync", { card }, { urgency: "background" });
    await producer.add("sync", { card: other }, { urgency: "background" });
    expect(await waitingFor("prioritized")).toHaveLength(2);
    await producer.add("sync", { card });
    expect([await waitingFor("wait"), await waitingFor("prioritized")]).toEqual([[card], [other]]);
  });

  it("waits for somebody's pause; work in bulk neither delays that nor adds to it", async () => {
    await producer.add("sync", { card });
    await producer.add("sync", { card }, { urgency: "background" });
    expect([await waitingFor("delayed"), await waitingFor("prioritized")]).toEqual([[card], []]);
  });
});
