// SPDX-License-Identifier: EUPL-1.2
/**
 * The shared budget at full load, on a real Redis and a clock that the test moves: several processes spend from it, and a
 * remote side with the documented windows counts what arrives.
 */
import { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { notionWindows } from "../../src/board/notion/limits.ts";
import { RetryLater } from "../../src/core/errors.ts";
import type { Need, Window } from "../../src/rate/budget.ts";
import { SharedBudget } from "../../src/rate/shared-budget.ts";
import { type Urgency, withUrgency } from "../../src/rate/urgency.ts";
import { githubWindows, needOf } from "../../src/tracker/github/limits.ts";
import { startRedis, type TestRedis } from "../redis-server.ts";
import { model } from "./house.ts";

let store: TestRedis;
let redis: Redis;
let number = 0;
beforeAll(async () => {
  store = await startRedis();
  redis = new Redis(store.connection);
}, 60_000);
afterAll(async () => {
  redis.disconnect();
  await store.close();
});

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const began = Date.parse("2026-11-23T08:00:00Z");

/** Processes that share a budget. */
function processes(windows: readonly Window[], count: number, patienceMs = 65_000): readonly SharedBudget[] {
  const prefix = `rate-${++number}`;
  return Array.from({ length: count }, () => new SharedBudget(redis, { prefix, side: "board", windows, patienceMs }));
}

/** A remote side that counts in fixed windows, beginning at `phase`; answers whether a request was within its limits. */
function remote(windows: readonly Window[], phase: number) {
  const spent = new Map<string, number>();
  return (need: Need, at: number): boolean => {
    const keys = windows.map(({ name, ms, limit }) => ({
      key: `${name} ${Math.floor((at - phase) / ms)}`,
      need: need[name] ?? 0,
      limit,
    }));
    if (keys.some((it) => (spent.get(it.key) ?? 0) + it.need > it.limit)) return false;
    for (const it of keys) spent.set(it.key, (spent.get(it.key) ?? 0) + it.need);
    return true;
  };
}

type Worker = { budget: SharedBudget; urgency: Urgency; need: Need; next: number };
type Sent = Readonly<{ at: number; ok: boolean }>;

/**
 * Workers that ask without end, each again `busyMs` after its request was sent, until the time is up. A request takes
 * between 0 and `jitterMs` to arrive: the same numbers in every run.
 */
async function run(workers: Worker[], answer: ReturnType<typeof remote>, forMs: number, jitterMs = 400, busyMs = 5) {
  const sent: Sent[] = [];
  let dice = 7;
  for (const end = began + forMs; ; ) {
    const worker = workers.reduce((one, other) => (other.next < one.next ? other : one));
    const now = worker.next;
    if (now > end) return sent;
    const { waitMs } = await worker.budget.take(worker.need, worker.urgency, now);
    worker.next = now + waitMs;
    if (waitMs > 0) continue;
    dice = (dice * 1_103_515_245 + 12_345) % 2_147_483_648;
    const ok = answer(worker.need, now + (dice % (jitterMs + 1)));
    sent.push({ at: now, ok });
    worker.next = now + busyMs;
  }
}

const background = (budgets: readonly SharedBudget[], need: Need, each: number): Worker[] =>
  budgets.flatMap((budget) =>
    Array.from({ length: each }, () => ({ budget, urgency: "background" as const, need, next: began })),
  );

const refused = (sent: readonly Sent[]) => sent.filter(({ ok }) => !ok).length / sent.length;

describe("Notion at full load, three processes", () => {
  const windows = notionWindows(model.municipality);
  const cases = [0, 17_000, 44_500].flatMap((phase) => [180, 600].map((limit) => [phase, limit] as const));

  it.each(cases)(
    "its minute begins at %i ms, %i a minute: at most one percent refused, at least ninety used",
    async (phase, limit) => {
      const plan = windows.map((window) => ({ ...window, limit }));
      const sent = await run(
        background(processes(plan, 3), { requests: 1 }, 4),
        remote(plan, began + phase),
        5 * MINUTE,
      );
      expect(refused(sent)).toBeLessThanOrEqual(0.01);
      expect(sent.length).toBeGreaterThanOrEqual(0.9 * 5 * limit);
    },
  );

  it("interactive work alone may use all of it", async () => {
    const workers = background(processes(windows, 3), { requests: 1 }, 4);
    for (const worker of workers) worker.urgency = "interactive";
    const sent = await run(workers, remote(windows, began + 31_000), 5 * MINUTE);
    expect(refused(sent)).toBeLessThanOrEqual(0.01);
    expect(sent.length).toBeGreaterThanOrEqual(0.95 * 5 * 180);
  });

  it("a person's three requests a card go before a backfill: each is sent within a second or two", async () => {
    const budgets = processes(windows, 2);
    const workers = background(budgets, { requests: 1 }, 8);
    const answer = remote(windows, began);
    const sent: Sent[] = [];
    // Not in step with the minute, so that the person comes at every stage of the budget.
    for (let after = 0; after < 12 * MINUTE; after += 26_300) {
      sent.push(...(await run(workers, answer, after)));
      for (let request = 0; request < 3; request += 1) {
        const asked = await budgets[0]?.take({ requests: 1 }, "interactive", began + after + request);
        expect(asked?.waitMs).toBeLessThanOrEqual(2_000);
      }
    }
    expect(sent.length).toBeGreaterThan(0.85 * 11 * 180);
    expect(refused(sent)).toBeLessThanOrEqual(0.01);
  });
});

describe("GitHub in bulk", () => {
  const windows = githubWindows(model.municipality);
  const creating = needOf({ method: "POST", url: "/repos/{owner}/{repo}/issues" });

  it("creates no more than 80 a minute and 500 an hour, and at least nine tenths of that", async () => {
    const sent = await run(background(processes(windows, 2), creating, 2), remote(windows, began + 9_000), 3 * HOUR);
    expect(refused(sent)).toBe(0);
    expect(sent.length).toBeGreaterThanOrEqual(0.9 * 3 * 500);
    const firstMinute = sent.filter(({ at }) => at < began + MINUTE);
    expect(firstMinute.length).toBeGreaterThanOrEqual(0.9 * 76);
  });

  it("an issue that a person waits for is created beside a backfill", async () => {
    const budgets = processes(windows, 2);
    await run(background(budgets, creating, 2), remote(windows, began), 2 * HOUR);
    const { waitMs } = (await budgets[0]?.take(creating, "interactive", began + 2 * HOUR)) ?? { waitMs: -1 };
    expect(waitMs).toBe(0);
  });

  it("a read takes none of what is left to create", async () => {
    const [budget] = processes(
      windows.map((it) => (it.name === "creations" ? { ...it, limit: 1 } : it)),
      1,
    );
    expect((await budget?.take(creating, "interactive", began))?.waitMs).toBe(0);
    expect((await budget?.take(creating, "interactive", began))?.waitMs).toBeGreaterThan(0);
    const reading = needOf({ method: "GET", url: "/repos/{owner}/{repo}/issues/{issue_number}" });
    expect((await budget?.take(reading, "interactive", began))?.waitMs).toBe(0);
  });

  it("what is sent away in bulk comes back one after the other, not all at once", async () => {
    const [budget] = processes(windows, 1, 5_000);
    if (!budget) throw new Error("no budget");
    await run(background([budget], creating, 2), () => true, HOUR - 5 * MINUTE);
    const now = began + HOUR - 5 * MINUTE + 100;
    const waits: number[] = [];
    for (let job = 0; job < 100; job += 1) waits.push((await budget.take(creating, "background", now)).waitMs);
    const apart = waits.slice(1).map((ms, index) => ms - (waits[index] ?? 0));
    // 475 an hour are background's share.
    for (const gap of apart) expect(gap).toBeCloseTo(HOUR / 475, -2);
  });
});

describe("a stop", () => {
  const windows = notionWindows(model.municipality);

  it("holds for every process at once, until its time is up; an earlier end does not shorten it", async () => {
    const [one, other] = processes(windows, 2);
    if (!one || !other) throw new Error("no budgets");
    const stops: number[] = [];
    const telling = new SharedBudget(redis, {
      prefix: "told",
      side: "board",
      windows,
      patienceMs: 1,
      onStop: (ms) => stops.push(ms),
    });
    await one.stop(30_000);
    await one.stop(1_000);
    const { waitMs } = await other.take({ requests: 1 }, "interactive");
    expect(waitMs).toBeGreaterThan(20_000);
    expect(waitMs).toBeLessThanOrEqual(30_000);
    await telling.stop(10_000);
    await telling.stop(5_000);
    expect(stops).toEqual([10_000]);
  });

  it("that is too long to sit through puts the work off, and says until when", async () => {
    const [budget] = processes(windows, 1, 100);
    await budget?.stop(30_000);
    const failure = await budget?.spend({ requests: 1 }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(RetryLater);
    expect(failure).toMatchObject({ limited: "board" });
    expect((failure as RetryLater).afterMs).toBeGreaterThan(20_000);
  });

  it("a wait ends when the service closes", async () => {
    const [budget] = processes([{ name: "requests", limit: 1, ms: 60_000 }], 1);
    await budget?.spend({ requests: 1 });
    const waiting = withUrgency("background", async () => budget?.spend({ requests: 1 })).then(
      () => "sent",
      (error: unknown) => error,
    );
    budget?.close();
    expect(await waiting).toBeInstanceOf(RetryLater);
  });
});

describe("what is left", () => {
  it("is the limit less what was taken of each window, for whoever asks, and nothing during a stop", async () => {
    const [one, other] = processes(githubWindows(model.municipality), 2);
    if (!one || !other) throw new Error("no budgets");
    const left = async () => Object.fromEntries((await other.left(redis)).map((it) => [it.window, it.limit - it.left]));
    expect(await left()).toEqual({ requests: 0, points: 0, creations: 0, "hourly creations": 0 });
    await one.spend(needOf({ method: "POST", url: "/repos/a/b/issues" }));
    await withUrgency("background", () => one.spend(needOf({ method: "GET", url: "/user" })));
    expect(await left()).toEqual({ requests: 2, points: 6, creations: 1, "hourly creations": 1 });
    await one.stop(5_000);
    expect((await other.left(redis)).map((it) => it.left)).toEqual([0, 0, 0, 0]);
  });
});

describe("while Redis takes nothing", () => {
  beforeAll(() => redis.config("SET", "min-replicas-to-write", "1"));
  afterAll(() => redis.config("SET", "min-replicas-to-write", "0"));

  const asked = async (ask: (budget: SharedBudget) => Promise<void>) => {
    const [budget] = processes(notionWindows(model.municipality), 1);
    return budget && ask(budget).catch((error: unknown) => error);
  };

  it.each([
    ["a request is not sent", (budget: SharedBudget) => budget.spend({ requests: 1 })],
    ["what a side said is not passed on", (budget: SharedBudget) => budget.stop(1_000)],
  ])("%s, and its work is put off; no side's budget is called spent", async (_what, ask) => {
    const error = await asked(ask);
    expect(error).toBeInstanceOf(RetryLater);
    expect(error).toMatchObject({ limited: null, message: "Redis, which keeps the budget, cannot be reached" });
  });
});
