// SPDX-License-Identifier: EUPL-1.2
/** `npm run erase`: forgets of one person what the service itself keeps and needs no more (GDPR, article 17). */
import { parseArgs } from "node:util";
import { readSome } from "../src/config.ts";
import { trackerLogin } from "../src/core/task-request.ts";
import { tiesOf } from "../src/core/ties.ts";
import { readFacts } from "../src/delivery/facts.ts";
import { letterJobsOf } from "../src/jobs/letters-of.ts";
import { openProducer } from "../src/jobs/queues.ts";
import { Ledger } from "../src/ledger/ledger.ts";
import { PersonHeld } from "../src/ledger/person.ts";
import { mustUnderstand } from "../src/ledger/version.ts";
import { loadModel } from "../src/model/load.ts";
import type { Model } from "../src/model/model.ts";
import { attachRedis } from "../src/redis/attach.ts";
import { prefixOf, type RedisClient } from "../src/redis/client.ts";
import { openDoorRedis } from "../src/redis/connect.ts";
import { clockOf } from "../src/service/clock.ts";
import { type Erasure, erasureInWords } from "./erase-words.ts";
import { nobodyNamed, usersNamed } from "./person.ts";
import { Problem, problemText } from "./problem.ts";

const usage = `Usage: npm run erase -- --person KEY|USER [--dry-run] [--json]

Says what Faseport itself holds of a person, and forgets what it needs no more: reminders, and notes of what they were told.
The decision log stays: who decided is evidence, and its lines are chained. It holds ids, no names. What stands in Notion and
GitHub is erased there. docs/gdpr.md says what is kept, and why.

Take the person off the board first: as long as they stand in the municipality's file, or on a card that is not closed, they
are written to, and nothing is forgotten (exit code 2). Afterwards they are named by the id that the first try printed.

  --person P   the key in the municipality's file, a user id of Notion's, or github:login
  --dry-run    say it; change nothing
  --json       the same as data (with npm run --silent, nothing else is printed)
  --help       this text

Settings: REDIS_URL, or FASEPORT_DATA for the Redis of its own; FASEPORT_MODEL and FASEPORT_KOMMUNE. It may run beside the
service, which reads the municipality's file at its start: restart it after a change.`;

type Wish = Readonly<{ person: string; dryRun: boolean; json: boolean }>;

/** What was asked for; null for help. */
function asked(): Wish | null {
  const flag = { type: "boolean", default: false } as const;
  const options = { person: { type: "string" }, "dry-run": flag, json: flag, help: flag } as const;
  const { values } = parseArgs({ options });
  if (values.help) return null;
  if (values.person === undefined) throw new Problem(`--person is missing\n\n${usage}`);
  return { person: values.person, dryRun: values["dry-run"], json: values.json };
}

async function main(): Promise<number> {
  const wish = asked();
  if (!wish) return say(usage);
  const settings = readSome(["REDIS_URL", "FASEPORT_DATA", "FASEPORT_MODEL", "FASEPORT_KOMMUNE", "FASEPORT_CLOCK"]);
  const model = loadModel({ rulesPath: settings.FASEPORT_MODEL, municipalityPath: settings.FASEPORT_KOMMUNE });
  const users = usersNamed(model, wish.person);
  if (!users) throw new Problem(nobodyNamed(model, wish.person));
  const now = await clockOf(settings.FASEPORT_CLOCK)();
  const store = await attachRedis({ url: settings.REDIS_URL ?? undefined, dataDir: settings.FASEPORT_DATA });
  try {
    const redis = await openDoorRedis(store.connection);
    return await eraseIn(redis, { model, users, now, wish }).finally(() => redis.disconnect());
  } finally {
    await store.close();
  }
}

type Work = Readonly<{ model: Model; users: readonly string[]; now: Date; wish: Wish }>;

async function eraseIn(redis: RedisClient, { model, users, now, wish }: Work): Promise<number> {
  await mustUnderstand(redis, prefixOf(redis));
  const ledger = new Ledger(redis);
  const held = new PersonHeld(redis, ledger, users);
  const producer = openProducer(redis, prefixOf(redis));
  const jobs = await letterJobsOf(producer, model, users);
  const erasure: Erasure = {
    users,
    ties: tiesOf(model, (await readFacts(model, ledger, now)).cards, users, now),
    forgettable: await held.forgettable(),
    jobs: jobs.length,
    staying: await held.staying(users.flatMap((user) => trackerLogin(user) ?? [])),
  };
  const isRefused = erasure.ties.length > 0;
  const isDone = !isRefused && !wish.dryRun;
  if (!wish.json) say(erasureInWords(model, erasure));
  if (isDone) {
    for (const job of jobs) await job.remove();
    await held.forget(erasure.forgettable);
  }
  await producer.close();
  if (wish.json) say(JSON.stringify({ ...erasure, dryRun: wish.dryRun, done: isDone }, null, 2));
  else say(isDone ? "Done." : "Nothing was changed.");
  return isRefused ? 2 : 0;
}

function say(text: string): number {
  process.stdout.write(`${text}\n`);
  return 0;
}

if (import.meta.main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    process.stderr.write(`${problemText(error)}\n`);
    process.exitCode = 1;
  }
}
