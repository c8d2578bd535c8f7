// SPDX-License-Identifier: EUPL-1.2
/**
 * I9: killed between sending and noting, 200 times at random points, and frozen while another takes over: no message is
 * lost, none doubled. Real Redis and the real adapter against the sandbox; a process is ended at one of its own calls.
 */
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Board } from "../../src/board/board.ts";
import { addDays, instantOf } from "../../src/core/calendar.ts";
import { RetryLater } from "../../src/core/errors.ts";
import { pendingOf } from "../../src/core/reminders/pending.ts";
import { type Reminder, round, sentBy } from "../../src/core/reminders/round.ts";
import { readFacts } from "../../src/delivery/facts.ts";
import { type Chance, chance } from "../simulation/chance.ts";
import { type House, model, openHouse } from "./house.ts";
import { boardOfMortals, type Call, type Ending, type Fate, type Mortal, mortal } from "./mortal.ts";

const KILLINGS = 200;
const endings: readonly Ending[] = ["unsent", "done", "late"];

let house: House;
let board: Board;
/** The instant that the processes take it to be. */
let time: Date;
let day = "2026-11-24";

/** The calls of a day's work when nothing goes wrong. */
let usual: readonly Call[];

beforeAll(async () => {
  house = await openHouse();
  board = await boardOfMortals(house);
  await house.stop();
  // Nobody listens, and nothing is to be told.
  house.sandbox.notion.deliveries("lose");
  await nextDay();
  const whole = await mortal(house, board, now);
  whole.life.begin(null);
  await whole.work();
  whole.end();
  usual = whole.life.calls;
}, 60_000);
afterAll(() => house.closeStopped());

const now = async () => time;
const pass = (ms: number) => {
  time = new Date(time.getTime() + ms);
};

/** Another day, of which nothing has been sent, and what is to be sent on it. */
async function nextDay(): Promise<readonly Reminder[]> {
  const { letters } = house.ledger;
  await letters.forget(await letters.sent());
  for (;;) {
    day = addDays(day, 1);
    time = instantOf(model, day, "08:31");
    const due = round(await readFacts(model, house.ledger, time));
    if (due.length > 0) return due;
  }
}

/** A call at which something happens to a process: any, and every other time the first message or what follows it. */
function pointIn(luck: Chance): Pick<Fate, "at" | "from"> {
  if (luck.happens(0.5)) return { from: "message", at: 1 + luck.below(4) };
  return { from: "beginning", at: 1 + luck.below(usual.length) };
}

async function triedOnce(): Promise<void> {
  const process = await mortal(house, board, now);
  process.life.begin(null);
  await worked(process);
  process.end();
}

/** Works until nothing is on its way, as one process after the other would. */
async function untilDone(): Promise<void> {
  const process = await mortal(house, board, now);
  process.life.begin(null);
  for (let tries = 0; tries < 10 && !(await worked(process)); tries += 1) pass(10_000);
  process.end();
}

/** Whether the work came to its end; a message that must wait is tried again by whoever comes next. */
async function worked({ work, life }: Mortal): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (life.isOver || error instanceof RetryLater) return false;
    throw error;
  }
}

/** What stands on the board with the day's keys, and what is noted. */
async function outcome(due: readonly Reminder[]) {
  const { notion } = house.sandbox;
  const said = notion.pages(notion.projects).flatMap(({ id }) => notion.commentsOf(id));
  const markers = said.map((it) => it.rich_text.at(-1)?.plain_text ?? "");
  const noted = (await house.ledger.letters.sent()).filter(({ on }) => on === day);
  return {
    comments: due.map((it) => markers.filter((marker) => marker.endsWith(pendingOf(it).key)).length),
    noted: noted.map(({ occurrence, person }) => `${occurrence} ${person}`).toSorted(),
    onTheirWay: (await house.ledger.letters.pending()).length,
  };
}

const each = (due: readonly Reminder[]) => ({
  comments: due.map(() => 1),
  noted: due
    .flatMap(sentBy)
    .map(({ occurrence, person }) => `${occurrence} ${person}`)
    .toSorted(),
  onTheirWay: 0,
});

it(`killed ${KILLINGS} times at random points: every message once, and noted`, async () => {
  const luck = chance("killed");
  const seen = { killed: 0, whileSending: 0, messages: 0 };
  while (seen.killed < KILLINGS) {
    const due = await nextDay();
    seen.messages += due.length;
    const process = await mortal(house, board, now);
    const how = luck.pick(endings);
    process.life.begin({ ...pointIn(luck), how });
    const isDone = await worked(process);
    const last = process.life.calls.at(-1);
    if (process.life.isOver) seen.killed += 1;
    if (process.life.isOver && last?.isWrite) seen.whileSending += 1;
    process.end();
    if (!isDone) {
      // The next process comes at once, or a while later; what was on its way arrives after its first try.
      pass(luck.below(3_000));
      await triedOnce();
      for (const arrive of process.life.late) await arrive();
    }
    await untilDone();
    expect(await outcome(due), `on ${day}, killed at call ${process.life.calls.length} (${how})`).toEqual(each(due));
  }
  expect(seen.messages).toBeGreaterThan(KILLINGS);
  expect(seen.whileSending).toBeGreaterThan(KILLINGS / 10);
}, 120_000);

it("two processes at once: each message once", async () => {
  for (let times = 0; times < 20; times += 1) {
    const due = await nextDay();
    const both = await Promise.all([mortal(house, board, now), mortal(house, board, now)]);
    for (const { life } of both) life.begin(null);
    await Promise.all(both.map(worked));
    for (const { end } of both) end();
    await untilDone();
    expect(await outcome(due)).toEqual(each(due));
  }
});

it("a process frozen at any call but the comment itself, and one that comes meanwhile: each message once", async () => {
  const luck = chance("frozen");
  for (let times = 0; times < 40; times += 1) {
    const due = await nextDay();
    const { promise, resolve } = Promise.withResolvers<void>();
    const frozen = await mortal(house, board, now);
    frozen.life.begin({ ...pointIn(luck), how: { frozenUntil: promise } });
    const thawed = worked(frozen);
    await Promise.race([frozen.life.reached, thawed]);
    if (frozen.life.calls.at(-1)?.isWrite) resolve();
    pass(70_000);
    await untilDone();
    resolve();
    await thawed;
    frozen.end();
    await untilDone();
    expect(await outcome(due), `on ${day}, frozen at call ${frozen.life.calls.length}`).toEqual(each(due));
  }
});
