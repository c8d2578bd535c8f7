// SPDX-License-Identifier: EUPL-1.2
/**
 * One house lives through its histories: many cards, each with its own history of so many deeds, side by side; faults,
 * clock, reconciling and killings concern the whole house. Then everything comes to rest, and is checked.
 */
import { setTimeout as pause } from "node:timers/promises";
import { cardValues, cardWrite } from "./cards.ts";
import { type Chance, chance } from "./chance.ts";
import { type Checked, checkAll, type Loss } from "./checks.ts";
import { historyOf, perform } from "./history.ts";
import { pace } from "./pace.ts";
import { comeToRest } from "./rest.ts";
import { firstSight, stage } from "./stage.ts";
import type { Weather } from "./weather.ts";
import { Witness } from "./witness.ts";
import { openWorld, type World } from "./world.ts";

export type HouseKind = Readonly<{
  /** Who of the service is killed, and how often; a service that can be killed is a process of its own. */
  kills: number;
  /** How often Redis is killed, and how many milliseconds of what was written is lost with it. */
  redisKills: number;
  lostMs: number;
  /** One server, or several of which another takes over at each killing. */
  redis: "one" | "sentinels" | "cluster";
  roles: readonly ("all" | "web" | "worker")[];
  /** A worker stands still for longer than its leases last, and goes on. */
  freezes: boolean;
  /** The clock is moved while people act: a wait is over, a refusal may be said again, a yes expires. */
  jumps: boolean;
  weather: Weather;
}>;

export type Simulation = Readonly<{ seed: string; cards: number; acts: number; kind: HouseKind }>;

/** What happened in a house, counted. */
export type Tale = Readonly<{
  seed: string;
  seconds: Readonly<Record<string, number>>;
  deeds: number;
  killings: number;
  calls: Readonly<Record<string, number>>;
  fates: Readonly<Record<string, number>>;
  faults: Readonly<Record<string, number>>;
}> &
  Checked["tale"];

export type Outcome = Readonly<{
  problems: readonly string[];
  tale: Tale;
  story: (card: string) => readonly string[];
}>;

/** Throws when the house does not come to rest, and when the signal ends it before; all that it opened is closed. */
export async function simulate(simulation: Simulation, ended: AbortSignal): Promise<Outcome> {
  const { seed, cards, kind } = simulation;
  const dice = chance(seed);
  const witness = new Witness();
  const cast: string[] = [];
  const world = await openWorld({
    chance: dice,
    seed,
    apart: kind.kills > 0 || kind.freezes,
    losesPower: kind.lostMs > 0,
    redis: kind.redis,
    roles: kind.roles,
    prepare(sandbox) {
      for (const { id } of sandbox.notion.pages(sandbox.notion.projects)) firstSight(sandbox, witness, id, true);
      for (let number = 1; number <= cards; number += 1) {
        const values = cardWrite(cardValues(dice.for("card", number), number));
        const created = sandbox.notion.create(sandbox.notion.people[5]?.id ?? "", sandbox.notion.projects, values);
        firstSight(sandbox, witness, created, true);
        cast.push(created);
      }
    },
  });
  const ending = Promise.withResolvers<never>();
  ended.addEventListener("abort", () => ending.reject(new Error("ended from outside")));
  try {
    const lived = liveOut(world, witness, simulation, cast, dice);
    return await Promise.race([lived, ending.promise]);
  } finally {
    await world.close();
  }
}

/** Lives, comes to rest, and is checked. */
async function liveOut(
  world: World,
  witness: Witness,
  simulation: Simulation,
  cast: readonly string[],
  dice: Chance,
): Promise<Outcome> {
  const { seed } = simulation;
  const began = Date.now();
  const { losses, done } = await live(world, witness, simulation, cast, dice);
  const lived = Date.now();
  const atRest = await comeToRest(world, witness);
  const rested = Date.now();
  const checked = await checkAll(world, witness, losses);
  const tale: Tale = {
    seed,
    seconds: { live: s(lived - began), rest: s(rested - lived), check: s(Date.now() - rested) },
    deeds: witness.deeds.length,
    killings: done,
    calls: { notion: world.sandbox.notion.calls.length, github: world.sandbox.github.calls.length },
    fates: world.post.fates,
    faults: Object.fromEntries(world.met),
    ...checked.tale,
  };
  return { problems: [...atRest, ...checked.problems], tale, story: checked.story };
}

const s = (ms: number) => Math.round(ms / 100) / 10;

type Killings = { losses: Loss[]; done: number };

async function live(
  world: World,
  witness: Witness,
  { acts, kind }: Simulation,
  cast: readonly string[],
  dice: Chance,
): Promise<Killings> {
  const killings: Killings = { losses: [], done: 0 };
  const over = new AbortController();
  world.weather(kind.weather);
  const around = [
    passTime(world, kind.jumps, dice.for("time"), over.signal),
    kill(world, kind, dice.for("kill"), killings, over.signal),
  ];
  const calls = () => world.sandbox.notion.calls.length;
  const patience = CALLS_A_TURN * cast.length;
  const paced = pace(world.producer, { heardAfterMs: HEARD_AFTER_MS, calls, patience });
  await Promise.all(
    cast.map(async (card, index) => {
      const on = stage(world.sandbox, witness, card);
      const own = dice.for("history", index + 1);
      for (const act of historyOf(own, acts)) {
        await (act.pause === "seen" ? paced.seen(card) : pause(act.pause));
        perform(on, act, own.for(act.number));
      }
    }),
  );
  paced.stop();
  over.abort();
  await Promise.all(around);
  if (!kind.jumps) await actUnheard(world, witness, cast, dice);
  world.weather(null);
  world.post.calm();
  return killings;
}

/** Just after a short reconcile everybody acts once more, and no event tells of it: the next one must find it all. */
async function actUnheard(world: World, witness: Witness, cast: readonly string[], dice: Chance): Promise<void> {
  await world.producer.add("reconcile", { full: false });
  await world.quiet();
  world.post.deaf();
  for (const [index, card] of cast.entries()) {
    const own = dice.for("unheard", index + 1);
    perform(stage(world.sandbox, witness, card), { number: -1, deed: own.pick(["advance", "drag"]), pause: 0 }, own);
  }
  await world.sandbox.notion.delivered();
  await world.post.delivered();
}

const MINUTE = 60_000;
/** The stand-in merges edits for 60 ms before it tells of them; then the event travels. */
const HEARD_AFTER_MS = 150;
/** A look at a card that is dragged through a gate makes about so many calls. */
const CALLS_A_TURN = 8;

/** Time passes in jumps, and every now and then the service looks for what it has missed, as it does every few minutes. */
async function passTime({ sandbox, producer }: World, jumps: boolean, dice: Chance, over: AbortSignal): Promise<void> {
  while (!over.aborted) {
    await pause(1_000 + dice.below(2_000));
    const jump = dice.weighted({ none: 4, minute: 4, wait: 3, repeat: 2, hours: 2, halfYear: 0.15 });
    const minutes = { none: 0, minute: 1, wait: 6, repeat: 31, hours: 120, halfYear: 200 * 24 * 60 }[jump];
    if (jumps) sandbox.clock.advance(minutes * MINUTE);
    if (dice.happens(0.4)) await producer.add("reconcile", { full: dice.happens(0.1) }).catch(() => {});
  }
}

async function kill(world: World, kind: HouseKind, dice: Chance, killings: Killings, over: AbortSignal): Promise<void> {
  const acts = [
    ...Array.from({ length: kind.kills }, () => killService),
    ...Array.from({ length: kind.redisKills }, () => killRedis(kind.lostMs)),
    ...(kind.freezes ? [freeze] : []),
  ];
  for (const act of acts.map((it) => ({ it, order: dice.number() })).sort((a, b) => a.order - b.order)) {
    await pause(2_000 + dice.below(5_000), null, { signal: over }).catch(() => {});
    if (over.aborted) return;
    await act.it(world, dice, killings);
    killings.done += 1;
  }
}

type Killing = (world: World, dice: Chance, killings: Killings) => Promise<void>;

const killService: Killing = async ({ services }, dice) => {
  const service = dice.pick(services);
  await service.kill();
  await pause(dice.below(1_500));
  await service.start();
};

const killRedis =
  (lostMs: number): Killing =>
  async ({ redis, sandbox }, _dice, killings) => {
    const moment = () => ({ at: Date.now(), clock: sandbox.clock.now().getTime() });
    const since = moment();
    // The clock may be moved meanwhile: how far back a loss reaches is known by both clocks only if it was looked at then.
    if (lostMs > 0) await pause(2 * lostMs + 1_000);
    await redis.kill(lostMs);
    if (lostMs > 0) killings.losses.push({ since, until: moment() });
  };

/** Longer than a job's lease (30 s) and the time until somebody notices (another 30 s). */
const FROZEN_MS = 65_000;

const freeze: Killing = async ({ services }) => {
  const worker = services.findLast(({ role }) => role !== "web");
  worker?.freeze();
  await pause(FROZEN_MS);
  worker?.thaw();
};
