// SPDX-License-Identifier: EUPL-1.2
/** The ledger on a real Redis: the counter that fences writers (I8), hints kept until judged, links that survive. */
import { Redis } from "ioredis";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import type { Hint } from "../../src/core/card.ts";
import { RetryLater } from "../../src/core/errors.ts";
import { noTask } from "../../src/core/task-link.ts";
import { type CardRecord, Ledger } from "../../src/ledger/ledger.ts";
import { startRedis, type TestRedis } from "../redis-server.ts";

let server: TestRedis;
let redis: Redis;
beforeAll(async () => {
  server = await startRedis();
  redis = new Redis(server.connection);
});
afterAll(async () => {
  redis.disconnect();
  await server.close();
});
beforeEach(() => redis.flushall());

const card = "00000000-0000-4000-8000-00000000000a";
const atWork = { card, position: { state: "active", phase: "udforsk" }, trashed: false, since: null };
const record = (title: string, change: object = {}): CardRecord =>
  ({
    accepted: { ...atWork, decisions: [{ row: "row-1" }], ...change },
    seen: { title },
    outbox: [],
    dirty: false,
  }) as unknown as CardRecord;
const line = (rule: string) => ({
  at: "",
  card,
  rule,
  by: [],
  events: [],
  from: "",
  to: "",
  gate: null,
  body: null,
  modelVersion: 2,
});
const hint = (event: string): Hint => ({
  event,
  at: `2026-11-23T08:00:0${event.slice(1)}.000Z`,
  kind: "changed",
  authors: [],
  touched: ["phase"],
});

it("of two workers that judged the same state, one writes; the other is told to look again, and logs nothing", async () => {
  const one = new Ledger(redis);
  const other = new Ledger(new Redis(server.connection));
  const results = await Promise.allSettled([
    one.commit(0, record("one"), [line("T1") as never]),
    other.commit(0, record("other"), [line("T2") as never]),
  ]);
  expect(results.filter((it) => it.status === "fulfilled")).toHaveLength(1);
  const lost = results.find((it) => it.status === "rejected");
  expect(lost?.reason).toBeInstanceOf(RetryLater);
  expect((await one.card(card))?.revision).toBe(1);
  expect(await one.log()).toHaveLength(1);
});

it("a worker that was overtaken may not write to the board any more", async () => {
  const ledger = new Ledger(redis);
  const mine = await ledger.commit(0, record("mine"));
  await expect(ledger.mustHold(card, mine)).resolves.toBeUndefined();
  await ledger.commit(mine, record("theirs"));
  await expect(ledger.mustHold(card, mine)).rejects.toBeInstanceOf(RetryLater);
});

it("a hint waits until it is judged, and a redelivery of its event is not kept again", async () => {
  const ledger = new Ledger(redis);
  expect(await ledger.hints.keep(card, hint("e1"))).toBe(true);
  expect(await ledger.hints.keep(card, hint("e2"))).toBe(true);
  const waiting = await ledger.hints.about([card]);
  expect(waiting[card]?.map(({ event }) => event)).toEqual(["e1", "e2"]);
  expect(await ledger.hints.keep(card, hint("e3"))).toBe(true);
  await ledger.hints.judged(waiting);
  expect((await ledger.hints.about([card]))[card]?.map(({ event }) => event)).toEqual(["e3"]);
  expect(await ledger.hints.keep(card, hint("e1"))).toBe(false);
});

it("leads from a row and from a task back to the card", async () => {
  const ledger = new Ledger(redis);
  await ledger.commit(0, record("x"));
  expect(await ledger.cardOfRow("row-1")).toBe(card);
  await ledger.tasks.keep(card, { ...noTask, ref: { id: 9, number: 7, url: "https://github.com/o/r/issues/7" } });
  expect(await ledger.tasks.cardOf(7)).toBe(card);
  expect(await ledger.tasks.cardOf("https://github.com/o/r/issues/7")).toBe(card);
  expect(await ledger.tasks.cardOf(8)).toBeNull();
});

it("a task's link is kept by who knows the last one; another worker's is not written over (I8)", async () => {
  const ledger = new Ledger(redis);
  const first = await ledger.tasks.keep(card, { ...noTask, shown: "a" });
  expect(first.revision).toBe(1);
  const second = await ledger.tasks.keep(card, { ...first, shown: "b" });
  await expect(ledger.tasks.keep(card, { ...first, shown: "c" })).rejects.toThrow(RetryLater);
  await expect(ledger.tasks.mustHold(card, first.revision)).rejects.toThrow(RetryLater);
  await ledger.tasks.mustHold(card, second.revision);
  expect((await ledger.tasks.of(card)).shown).toBe("b");
});

it("what is asked of a card on its task waits for the look; one that came since is not dropped with the answered", async () => {
  const ledger = new Ledger(redis);
  const asked = { kind: "title", from: "a", to: "b" } as const;
  await ledger.tasks.ask(card, asked);
  await ledger.tasks.ask(card, asked);
  await ledger.tasks.ask(card, { kind: "replaced", url: "https://x" });
  const seen = await ledger.tasks.requests(card);
  expect(seen).toHaveLength(2);
  await ledger.tasks.ask(card, { ...asked, to: "c" });
  await ledger.tasks.answered(card, seen);
  expect(await ledger.tasks.requests(card)).toEqual([{ ...asked, to: "c" }]);
});

it("a card is made for a task once: who comes later is told since when", async () => {
  const ledger = new Ledger(redis);
  const at = new Date("2026-11-23T08:00:00.000Z");
  expect(await ledger.tasks.beginIntake(9, at)).toBeNull();
  expect(await ledger.tasks.beginIntake(9, new Date(at.getTime() + 5))).toBe(at.toISOString());
});

it("two services in one Redis do not see each other's cards", async () => {
  await new Ledger(redis, "one").commit(0, record("x"));
  expect(await new Ledger(redis, "two").card(card)).toBeNull();
});

it("of messages about what was moved at once each person gets the first, however often it is asked (case 6)", async () => {
  const ledger = new Ledger(redis);
  const first = (people: readonly string[], topic: string, marker: string, second: number) => {
    const movedAt = new Date(Date.UTC(2026, 10, 23, 8) + second * 1_000).toISOString();
    return ledger.firstToldOf(people, { topic, marker, movedAt }, { atOnceSeconds: 2 });
  };
  expect(await first(["anders", "lise"], "A01", "one", 0)).toEqual(["anders", "lise"]);
  expect(await first(["anders", "mette"], "A01", "two", 1)).toEqual(["mette"]);
  expect(await first(["anders"], "A01", "three", 3)).toEqual([]);
  expect(await first(["anders", "lise"], "A01", "one", 0)).toEqual(["anders", "lise"]);
  expect(await first(["anders"], "A03", "four", 3)).toEqual(["anders"]);
  expect(await first(["anders"], "A01", "five", 5.5)).toEqual(["anders"]);
  expect(await first(["anders"], "A01", "three", 5)).toEqual([]);
});

it("counts the cards at work in a phase, beside the one that asks: none that is parked, in the bin, or gone on", async () => {
  const ledger = new Ledger(redis);
  const place = (name: string, change: object) => record("", { card: name, ...change });
  await ledger.commit(0, place("one", {}));
  await ledger.commit(0, place("two", {}));
  await ledger.commit(0, place("parked", { position: { state: "parked", phase: "udforsk" } }));
  await ledger.commit(0, place("binned", { trashed: true }));
  await ledger.commit(0, place("idea", { position: { state: "idea", phase: null } }));
  const counts = () => Promise.all(["one", "new"].map((asking) => ledger.inPhase.others("udforsk", asking)));
  expect(await counts()).toEqual([1, 2]);
  await ledger.commit(1, place("two", {}));
  expect(await counts()).toEqual([1, 2]);
  await ledger.commit(2, place("two", { position: { state: "active", phase: "test" } }));
  expect(await counts()).toEqual([0, 1]);
  expect(await ledger.inPhase.others("test", "one")).toBe(1);
});

it("hints of a page that was not there go after three days, unless something is heard of it again", async () => {
  const ledger = new Ledger(redis);
  await ledger.hints.keep("row-1", hint("e1"));
  const ttl = () => redis.ttl("faseport:hints:row-1");
  expect(await ttl()).toBe(-1);
  await ledger.hints.keepAWhile(["row-1", "row-2"]);
  expect(await ttl()).toBeGreaterThan(2 * 86_400);
  await ledger.hints.keep("row-1", hint("e2"));
  expect(await ttl()).toBe(-1);
  expect((await ledger.hints.about(["row-1"]))["row-1"]).toHaveLength(2);
});

it("a notice is new once: for one of several, until it is withdrawn; shown on one card; worded anew without being told", async () => {
  const { notices } = new Ledger(redis);
  const notice = { id: "n", topic: "schema", said: { id: "B35", params: {} }, holds: false } as const;
  const at = new Date("2026-11-23T08:00:00.000Z");
  const opened = await Promise.all([1, 2, 3].map(() => notices.open(notice, at)));
  expect(opened.filter(Boolean)).toHaveLength(1);
  const claimed = await Promise.all(["a", "b"].map((it) => notices.claim("n", it)));
  expect(claimed.filter(Boolean)).toHaveLength(1);
  await notices.reword({ ...notice, holds: true });
  expect(await notices.all()).toEqual([{ ...notice, holds: true, since: at.toISOString() }]);
  expect(await notices.keepOnly("access", [])).toEqual([]);
  expect(await notices.keepOnly("schema", [])).toMatchObject([{ id: "n" }]);
  expect([await notices.withdraw("n"), await notices.claim("n", "c")]).toEqual([false, false]);
  expect([await notices.open(notice, at), await notices.claim("n", "c")]).toEqual([true, true]);
});
