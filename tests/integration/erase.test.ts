// SPDX-License-Identifier: EUPL-1.2
/** `npm run erase` as a process of its own, on a ledger that knows somebody who has left and somebody who has not. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { Redis } from "ioredis";
import { afterEach, beforeEach, expect, it } from "vitest";
import { localDate } from "../../src/core/calendar.ts";
import { pendingOf } from "../../src/core/reminders/pending.ts";
import type { Reminder } from "../../src/core/reminders/round.ts";
import { openProducer, type Producer } from "../../src/jobs/queues.ts";
import { Ledger } from "../../src/ledger/ledger.ts";
import { startRedis, type TestRedis } from "../redis-server.ts";
import { accepted, anders, card, fullFields, hint, model, now, stranger } from "../unit/core/fixtures.ts";
import { municipalityPath } from "./house.ts";

let server: TestRedis;
let redis: Redis;
let ledger: Ledger;
let producer: Producer;
const cardId = "00000000-0000-4000-8000-0000000000c1";
const today = localDate(model, new Date());

beforeEach(async () => {
  server = await startRedis();
  redis = new Redis(server.connection);
  ledger = new Ledger(redis);
  producer = openProducer(redis, "faseport");
  for (const [number, person] of [stranger, anders].entries()) {
    const other = { occurrence: `quiet ${cardId} #${number}`, person, cards: [cardId], on: today };
    await ledger.letters.assume([{ ...other, occurrence: "quiet same #0" }, other]);
    const due = [{ message: { id: "P01" }, occurrence: "quiet again #0" }];
    const pending = pendingOf({ person, on: today, items: due } as unknown as Reminder);
    await ledger.letters.put(pending);
    await producer.add("letter", { letter: pending.key });
    await ledger.firstToldOf(
      [person],
      { topic: "move", marker: "A01", movedAt: now.toISOString() },
      { atOnceSeconds: 1 },
    );
    await ledger.hints.keep(cardId, hint([person], []));
  }
  await ledger.letters.keepGone([anders, stranger]);
});
afterEach(async () => {
  await producer.close();
  redis.disconnect();
  await server.close();
});

/** A card in the ledger, and the line that tells who decided on it. */
async function keepCard(state: "active" | "closed", owner: string): Promise<void> {
  const position = { state, phase: "foelgop" };
  const seen = card({ id: cardId, owners: [owner], fields: { ...fullFields, Ejer: [owner], Effektansvarlig: [] } });
  const record = { accepted: accepted({ card: cardId, position }), seen, outbox: [], dirty: false };
  const line = {
    at: now.toISOString(),
    card: cardId,
    projectId: "INNO-12",
    rule: "registered",
    by: [owner],
    machines: [],
  };
  const rest = { events: [], from: "", to: "", gate: null, body: null, passage: null, modelVersion: 2 };
  await ledger.commit(0, record, [{ ...line, ...rest }]);
}

async function erase(...args: string[]) {
  const env = {
    REDIS_URL: `unix://${(server.connection as { path: string }).path}`,
    FASEPORT_KOMMUNE: municipalityPath,
  };
  const child = spawn(process.execPath, ["scripts/erase.ts", ...args], { env });
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "exit")]);
  return { code, stdout, stderr };
}

const reading: Readonly<Record<string, (key: string) => Promise<unknown>>> = {
  string: (key) => redis.get(key),
  hash: (key) => redis.hgetall(key),
  set: (key) => redis.smembers(key),
  zset: (key) => redis.zrange(key, "0", "-1"),
  list: (key) => redis.lrange(key, 0, -1),
  stream: (key) => redis.xrange(key, "-", "+"),
};

/** Every key and value of Redis as text. */
async function everything(): Promise<readonly string[]> {
  const keys = (await redis.keys("*")).sort();
  const values = keys.map(async (key) => reading[await redis.type(key)]?.(key));
  return (await Promise.all(values)).map((value, index) => `${keys[index]} ${JSON.stringify(value)}`);
}
const naming = async (user: string) =>
  (await everything()).filter((it) => it.includes(user)).map((it) => it.split(" ")[0]);

it("forgets who was reminded and told, and keeps the log, the card and what is not judged yet", async () => {
  await keepCard("closed", stranger);
  const log = await redis.xrange("faseport:log", "-", "+");
  const ofOthers = await naming(anders);
  const before = await everything();

  const asked = await erase("--person", stranger, "--dry-run", "--json");
  expect(asked.code, asked.stderr).toBe(0);
  expect(JSON.parse(asked.stdout)).toMatchObject({
    users: [stranger],
    ties: [],
    forgettable: { sent: 2, letters: [{ person: stranger }], gone: true, told: [expect.any(String)] },
    jobs: 1,
    staying: { cards: ["INNO-12"], waiting: 1, links: 0, log: 1 },
    done: false,
  });
  expect(await everything()).toEqual(before);

  const done = await erase("--person", stranger.replaceAll("-", ""));
  expect(done).toMatchObject({ code: 0, stdout: expect.stringMatching(/Forgotten:\n +2 reminders .*Done\.\n$/su) });
  expect(await naming(stranger)).toEqual([`faseport:card:${cardId}`, `faseport:hints:${cardId}`, "faseport:log"]);
  expect(await naming(anders)).toEqual(ofOthers);
  expect(await redis.xrange("faseport:log", "-", "+")).toEqual(log);
  expect((await producer.queues.letter.getJobs()).map(({ data }) => data.letter)).toEqual(
    (await ledger.letters.pending()).map(({ key }) => key),
  );
  // The next reminder is counted from what was sent, to whomever it was.
  const sent = await ledger.letters.sent();
  expect(sent.map(({ occurrence }) => occurrence).sort()).toEqual(
    ["quiet same #0", "quiet same #0", `quiet ${cardId} #0`, `quiet ${cardId} #1`].sort(),
  );

  const again = await erase("--person", stranger);
  expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining("Forgotten: nothing.") });
});

it("refuses as long as the person owns an open card or stands in the municipality's file, and says what to do", async () => {
  await keepCard("active", anders);
  const before = await everything();
  const { code, stdout } = await erase("--person", "anders");
  expect(code).toBe(2);
  expect(stdout).toContain(`Known as ${anders}, github:anders-dev.`);
  expect(stdout).toContain("In the way: stands in «Ejer» of INNO-12. Put somebody else there in Notion");
  expect(stdout).toContain("In the way: stands in `people`");
  expect(stdout).toContain("Nothing was changed.");
  expect(await everything()).toEqual(before);
});

it("names the keys that there are when nobody has the one that was given", async () => {
  const { code, stdout, stderr } = await erase("--person", "nobody");
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toContain("nobody has the key «nobody»; the municipality's are mette, ole");
});
