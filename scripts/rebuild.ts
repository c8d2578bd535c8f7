// SPDX-License-Identifier: EUPL-1.2
/** `npm run rebuild`: takes a lost ledger back from Notion and GitHub, and lists what could not be taken back. */
import { parseArgs } from "node:util";
import { readEnvironment, type Settings } from "../src/config.ts";
import type { CardId, CardSeen } from "../src/core/card.ts";
import { Ledger } from "../src/ledger/ledger.ts";
import { loadModel } from "../src/model/load.ts";
import type { Model } from "../src/model/model.ts";
import { withUrgency } from "../src/rate/urgency.ts";
import { openWorkRedis } from "../src/redis/connect.ts";
import type { OpenRedis } from "../src/redis/redis.ts";
import { clockOf } from "../src/service/clock.ts";
import { errorText } from "../src/service/said.ts";
import { openSides } from "../src/service/sides.ts";
import { adopt, isKnown } from "../src/sync/adopt.ts";
import { gather, leaveRemnant, type Remnant } from "../src/sync/recall.ts";
import { reconcileTasks, type TaskFound } from "../src/sync/reconcile-tasks.ts";
import { openStore } from "./open-store.ts";
import { isMistyped } from "./problem.ts";
import { progressOn } from "./progress.ts";
import { type Recalled, recalledOf, recalledText } from "./rebuild-words.ts";
import { carryOutIn } from "./reconcile-run.ts";

const usage = `Usage: npm run rebuild [-- --dry-run] [--missing] [--json]

Takes the ledger back from Notion and GitHub when Redis was lost: where each card stood, its decisions with who said yes
and when, its issue. No committee is asked again for a yes that the board still vouches for; what it does not vouch for is
listed, and its gate stays closed. The service does the same by itself when it starts on an empty ledger; the command
shows it beforehand, and says what was not believed.

  --dry-run  prints what would be taken back and what not, and writes nothing
  --missing  the ledger is not empty: takes back only the cards that it lacks, and leaves all others as they are
  --json     the same as data (with npm run --silent, nothing else is printed)
  --help     this text

Stop the service first. Needs all of its settings. The decision log cannot be taken back: keep the exported one.
Exit code 1: something went wrong; 2: the ledger is not empty.`;

type Wish = Readonly<{ dryRun: boolean; missing: boolean; json: boolean }>;

/** What was asked for; null for help. */
function asked(): Wish | null {
  const flag = { type: "boolean", default: false } as const;
  const { values } = parseArgs({ options: { "dry-run": flag, missing: flag, json: flag, help: flag } });
  return values.help ? null : { ...values, dryRun: values["dry-run"] };
}

async function main(): Promise<void> {
  const wish = asked();
  if (!wish) return void process.stdout.write(`${usage}\n`);
  const settings = readEnvironment();
  const model = loadModel({ rulesPath: settings.modelPath, municipalityPath: settings.municipalityPath });
  const store = await openStore(settings, wish.dryRun ? "pretend" : "begin", say);
  try {
    process.exitCode = await withUrgency("background", () => rebuildOn(store, settings, model, wish));
  } finally {
    await store.close();
  }
}

async function rebuildOn(store: OpenRedis, settings: Settings, model: Model, wish: Wish): Promise<number> {
  const redis = await openWorkRedis(store.connection);
  const ledger = new Ledger(redis);
  const known = await knownTo(ledger);
  if (known.size > 0 && !wish.missing) {
    redis.disconnect();
    say(`The ledger in ${store.where} is not empty: it knows ${known.size} cards, and nothing is written over them.`);
    say("If it lacks some that it should know, run this again with --missing.");
    return 2;
  }
  const sides = await openSides({
    settings,
    model,
    redis,
    ledger,
    onStop: (side, ms) => say(`the ${side} says: wait ${ms} ms`),
  });
  const world = {
    model,
    board: sides.notion.board,
    tracker: sides.tracker,
    ledger,
    now: clockOf(settings.clock),
    report: () => {},
    drifted: () => {},
    notify: () => {},
  };
  try {
    const lost: CardSeen[] = [];
    for await (const card of world.board.cards(null)) if (!known.has(card.id) && isKnown(world, card)) lost.push(card);
    const remnants = await gather(world, lost);
    const recalled = remnants.map((it) => recalledOf(model, it, world.board.self));
    if (!wish.json) say(recalledText(model, recalled));
    if (!wish.dryRun && lost.length > 0) {
      await sides.remember();
      await takeBack(world, remnants);
      const cards = lost.map(({ id }) => id);
      const tasks: TaskFound[] = [];
      for await (const found of reconcileTasks(world, true)) tasks.push(found);
      const queued = async () => {};
      await carryOutIn({ store, redis, world, cards, tasks, queued, show: progressOn(process.stderr) });
    }
    return report(wish, recalled);
  } finally {
    sides.close();
    redis.disconnect();
  }
}

async function knownTo(ledger: Ledger): Promise<ReadonlySet<CardId>> {
  const known = new Set<CardId>();
  for await (const card of ledger.cards()) known.add(card);
  return known;
}

/** On an empty ledger as the service does when it starts; else only what it lacks. */
async function takeBack(world: Parameters<typeof adopt>[0], remnants: readonly Remnant[]): Promise<void> {
  if ((await adopt(world)) !== null) return;
  for (const remnant of remnants) {
    await leaveRemnant(world.ledger, remnant);
    await world.ledger.adoption.add(remnant.card.id);
  }
}

function report({ json, dryRun }: Wish, recalled: readonly Recalled[]): number {
  if (json) process.stdout.write(`${JSON.stringify({ dryRun, cards: recalled }, null, 2)}\n`);
  return 0;
}

/** For people: beside the data that --json prints. */
function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

if (import.meta.main) {
  main().catch((error: unknown) => {
    say(isMistyped(error) ? `${error.message}\n\n${usage}` : errorText(error));
    process.exitCode = 1;
  });
}
