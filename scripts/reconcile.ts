// SPDX-License-Identifier: EUPL-1.2
/** `npm run reconcile`: makes board, tracker and ledger agree now: the first fill, after an outage, or to be sure. */
import { parseArgs } from "node:util";
import { readEnvironment, type Settings } from "../src/config.ts";
import { render } from "../src/core/messages.ts";
import type { NoticeTold } from "../src/core/notice.ts";
import { Ledger } from "../src/ledger/ledger.ts";
import { loadModel } from "../src/model/load.ts";
import type { Model } from "../src/model/model.ts";
import { withUrgency } from "../src/rate/urgency.ts";
import { openWorkRedis } from "../src/redis/connect.ts";
import type { OpenRedis } from "../src/redis/redis.ts";
import { clockOf } from "../src/service/clock.ts";
import { errorText } from "../src/service/said.ts";
import { openSides } from "../src/service/sides.ts";
import { adopt } from "../src/sync/adopt.ts";
import { keepWatermark, leave } from "../src/sync/reconcile.ts";
import { keepTasksWatermark } from "../src/sync/reconcile-tasks.ts";
import { keepShape } from "../src/sync/watch-board.ts";
import { openStore } from "./open-store.ts";
import { isMistyped } from "./problem.ts";
import { progressOn } from "./progress.ts";
import { findWork } from "./reconcile-plan.ts";
import { carryOutIn, type Ran } from "./reconcile-run.ts";
import { brakes, type Plan, planText } from "./reconcile-words.ts";

const usage = `Usage: npm run reconcile [-- --full] [--dry-run] [--yes] [--json]

Compares board and tracker with what Faseport remembers and does what is missing: judges what was moved while nothing
ran, writes the fields, creates and corrects the issues, takes in ideas. Beside a running service the work is shared; alone
it does all.

  --dry-run  prints the plan for both sides, one line a card, and writes nothing anywhere
  --full     looks at everything, not only at what was edited since the last look
  --yes      goes on although many cards would be put back, or many cards or issues closed (reconcile.brakePercent in
             the rules' file)
  --json     the plan and the outcome as data (with npm run --silent, nothing else is printed)
  --help     this text

It may be stopped at any time (Ctrl-C) and run again: nothing is done twice. It keeps to the budgets of Notion and GitHub,
so the first fill of a large board takes its time; GitHub lets 500 issues be created in an hour.
Exit code 1: something went wrong or gave up; 2: stopped by the brake. Needs all of the service's settings.`;

type Wish = Readonly<{ full: boolean; dryRun: boolean; yes: boolean; json: boolean }>;

/** What was asked for; null for help. */
function asked(): Wish | null {
  const flag = { type: "boolean", default: false } as const;
  const { values } = parseArgs({ options: { full: flag, "dry-run": flag, yes: flag, json: flag, help: flag } });
  return values.help ? null : { ...values, dryRun: values["dry-run"] };
}

async function main(): Promise<void> {
  const wish = asked();
  if (!wish) return void process.stdout.write(`${usage}\n`);
  const settings = readEnvironment();
  const model = loadModel({ rulesPath: settings.modelPath, municipalityPath: settings.municipalityPath });
  const store = await openStore(settings, wish.dryRun ? "pretend" : "refuse", say);
  try {
    process.exitCode = await withUrgency("background", () => reconcileOn(store, settings, model, wish));
  } finally {
    await store.close();
  }
}

async function reconcileOn(store: OpenRedis, settings: Settings, model: Model, wish: Wish): Promise<number> {
  const redis = await openWorkRedis(store.connection);
  const ledger = new Ledger(redis);
  const sides = await openSides({
    settings,
    model,
    redis,
    ledger,
    onStop: (side, ms) => say(`the ${side} says: wait ${ms} ms`),
  });
  const { notion, tracker } = sides;
  const notify = ({ notice, is }: NoticeTold) => {
    if (is === "new") say(render(model, notice.said));
  };
  const now = clockOf(settings.clock);
  const world = { model, board: notion.board, tracker, ledger, now, report: () => {}, drifted: () => {}, notify };
  try {
    const began = await world.now();
    const { plan, differences, tasks } = await findWork(world, wish.full);
    if (!wish.json) say(planText(plan));
    if (wish.dryRun) return report(wish, plan, null);
    const reasons = brakes(plan, model.rules.reconcile.brakePercent);
    if (reasons.length > 0 && !wish.yes) {
      for (const reason of reasons) say(`Stopped: ${reason}`);
      say("Read the plan above, then run it again with --yes if that is what should happen.");
      report(wish, plan, null);
      return 2;
    }
    await sides.remember();
    await keepShape(world, notion.shape);
    await adopt(world);
    for (const difference of differences) await leave(ledger, difference, began);
    const cards = [...new Set(differences.map(({ card }) => card))];
    const queued = async () => {
      await keepWatermark(ledger, began);
      await keepTasksWatermark(ledger, began);
    };
    const ran = await carryOutIn({ store, redis, world, cards, tasks, queued, show: progressOn(process.stderr) });
    return report(wish, plan, ran);
  } finally {
    sides.close();
    redis.disconnect();
  }
}

/** Prints the outcome; answers the exit code. */
function report({ json, dryRun }: Wish, plan: Plan, ran: Ran | null): number {
  if (json) process.stdout.write(`${JSON.stringify({ ...plan, dryRun, ran }, null, 2)}\n`);
  if (!ran) return 0;
  if (!json) say(`${ran.done} cards done, ${ran.left} left to the service or the next run.`);
  for (const { job, of, said } of ran.gaveUp) say(`gave up: ${job} of ${of}: ${said}`);
  return ran.gaveUp.length > 0 ? 1 : 0;
}

/** For people: beside the data that --json prints. */
function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

if (import.meta.main) {
  await main().catch((error: unknown) => {
    say(isMistyped(error) ? `${error.message}\n\n${usage}` : errorText(error));
    process.exitCode = 1;
  });
  // Work that was left because it did not end in time must not keep the command.
  process.exit();
}
