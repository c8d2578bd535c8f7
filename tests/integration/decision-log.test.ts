// SPDX-License-Identifier: EUPL-1.2
/** The decision log on a real Redis: many writers, one unbroken chain; read in pages, as of one moment; tampering is named. */
import { Redis } from "ioredis";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { Permanent, RetryLater } from "../../src/core/errors.ts";
import { type CardRecord, Ledger } from "../../src/ledger/ledger.ts";
import { DecisionLog } from "../../src/ledger/log.ts";
import { verifyLog } from "../../src/ledger/verify.ts";
import { startRedis, type TestRedis } from "../redis-server.ts";
import { accepted } from "../unit/core/fixtures.ts";

const WORKERS = 6;

let server: TestRedis;
let clients: readonly Redis[];
let redis: Redis;
beforeAll(async () => {
  server = await startRedis();
  clients = Array.from({ length: WORKERS }, () => new Redis(server.connection));
  redis = clients[0] as Redis;
});
afterAll(async () => {
  for (const client of clients) client.disconnect();
  await server.close();
});
beforeEach(() => redis.flushall());

const record = (card: string) =>
  ({ accepted: accepted({ card }), seen: {}, outbox: [], dirty: false }) as unknown as CardRecord;
const line = (card: string, rule: string) =>
  ({ at: "2026-11-23T08:00:00.000Z", card, rule, by: [], events: ["æøå «»"], from: "", to: "" }) as never;

/** Writes so many lines, one commit each. */
async function write(count: number): Promise<void> {
  const ledger = new Ledger(redis);
  for (let at = 0; at < count; at += 1) await ledger.commit(at, record("a"), [line("a", `T${at}`)]);
}

async function verified() {
  const { head, entries } = await new DecisionLog(redis).snapshot();
  return verifyLog(entries(), head);
}

it("several workers append at once: one unbroken chain, no line lost, none twice, each card's in order", async () => {
  const rounds = 8;
  const cardsEach = 4;
  const work = clients.flatMap((client, worker) => {
    const ledger = new Ledger(client);
    return Array.from({ length: cardsEach }, async (_, number) => {
      const card = `card-${worker}-${number}`;
      for (let at = 0; at < rounds; at += 1) {
        const log = [line(card, `${at} first`), line(card, `${at} second`)];
        await ledger.commit(at, record(card), log);
      }
    });
  });
  await Promise.all(work);

  const total = WORKERS * cardsEach * rounds * 2;
  expect(await verified()).toEqual({ lines: total, head: expect.objectContaining({ seq: total }), findings: [] });
  const log = await new Ledger(redis).log();
  const expected = Array.from({ length: rounds }, (_, at) => [`${at} first`, `${at} second`]).flat();
  for (const card of new Set(log.map((it) => it.card))) {
    expect(log.filter((it) => it.card === card).map(({ rule }) => rule)).toEqual(expected);
  }
});

it("of those who judged one card at once, one is logged; the others neither log nor break the chain (I4, I8)", async () => {
  for (let round = 0; round < 10; round += 1) {
    const commits = clients.map((client, worker) =>
      new Ledger(client).commit(round, record("one"), [line("one", `${round} by ${worker}`)]),
    );
    const settled = await Promise.allSettled(commits);
    expect(settled.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const it of settled) if (it.status === "rejected") expect(it.reason).toBeInstanceOf(RetryLater);
  }
  expect(await verified()).toMatchObject({ lines: 10, findings: [] });
});

it("a commit whose answer was lost and that is sent again writes no second line (I4)", async () => {
  const ledger = new Ledger(redis);
  await ledger.commit(0, record("a"), [line("a", "T1")]);
  await expect(ledger.commit(0, record("a"), [line("a", "T1")])).rejects.toBeInstanceOf(RetryLater);
  expect(await verified()).toMatchObject({ lines: 1, findings: [] });
});

it("is read page by page, whole, and as it stood when it was asked for", async () => {
  await write(1203);
  const snapshot = await new DecisionLog(redis).snapshot();
  await new Ledger(redis).commit(1203, record("a"), [line("a", "later")]);
  const seqs: number[] = [];
  for await (const { seq } of snapshot.entries()) seqs.push(seq);
  expect(seqs).toEqual(Array.from({ length: 1203 }, (_, at) => at + 1));
  expect(await verifyLog(snapshot.entries(), snapshot.head)).toMatchObject({ lines: 1203, findings: [] });
});

it("an empty log is in order", async () => {
  expect(await verified()).toMatchObject({ lines: 0, head: { seq: 0 }, findings: [] });
});

it("names a line taken out of Redis, one added by hand, and an end that was cut off", async () => {
  await write(6);
  const ids = (await redis.xrange("faseport:log", "-", "+")).map(([id]) => id);
  await redis.xdel("faseport:log", ids[2] ?? "");
  expect((await verified()).findings).toEqual([{ kind: "removed", from: 3, to: 3 }]);
  const made = await redis.xadd("faseport:log", "*", "line", '{"rule":"registered"}');
  expect((await verified()).findings.at(-1)).toEqual({ kind: "inserted", claims: null, after: 6, place: made });
  await redis.xdel("faseport:log", made ?? "", ids[5] ?? "");
  expect((await verified()).findings).toEqual([
    { kind: "removed", from: 3, to: 3 },
    { kind: "removed", from: 6, to: 6 },
  ]);
});

it("without its head the log says so; with a damaged one nothing is accepted", async () => {
  await write(2);
  await redis.hset("faseport:log-head", "seq", "two");
  expect((await verified()).findings).toEqual([{ kind: "headless" }]);
  const commit = new Ledger(redis).commit(2, record("a"), [line("a", "T9")]);
  await expect(commit).rejects.toBeInstanceOf(Permanent);
  expect((await new Ledger(redis).card("a"))?.revision).toBe(2);
});
