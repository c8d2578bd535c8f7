// SPDX-License-Identifier: EUPL-1.2
/** Everything that must hold once a house is at rest. Each problem is a sentence that names the card. */
import type { LogLine } from "../../src/core/accepted.ts";
import { DecisionLog } from "../../src/ledger/log.ts";
import { verifyLog } from "../../src/ledger/verify.ts";
import { courseOf, overlapsIn } from "../integration/course.ts";
import { model } from "../integration/house.ts";
import { readLog } from "./check-log.ts";
import { askedTwice, boardAgainst, foreignTouched, saidTwice, trackerAgainst } from "./check-sides.ts";
import type { Written } from "./check-yes.ts";
import { storyOf } from "./story.ts";
import type { Witness } from "./witness.ts";
import type { World } from "./world.ts";

export type Checked = Readonly<{
  problems: readonly string[];
  story: (card: string) => readonly string[];
  tale: Readonly<Record<"log" | "passages" | "registered" | "comments" | "issues", number>>;
}>;

/** By the machine's clock and by the sandbox's, in milliseconds. */
type Moment = Readonly<{ at: number; clock: number }>;
/** Redis was killed and has forgotten some of what was written in between, the later the likelier. */
export type Loss = Readonly<{ since: Moment; until: Moment }>;

export async function checkAll(world: World, witness: Witness, losses: readonly Loss[]): Promise<Checked> {
  const { ledger, client, sandbox, post } = world;
  const log = await new DecisionLog(client).snapshot();
  const verified = await verifyLog(log.entries(), log.head);
  const written: Written[] = [];
  for await (const { line, place } of log.entries())
    written.push({ line: JSON.parse(line) as LogLine, at: Number(place.split("-")[0]) });
  // Taken in shortly before Redis lost it: as if it had never come.
  const isLost = (at: number) => losses.some(({ since, until }) => at > since.at && at < until.at);
  const isForgotten = (clock: number, lastsMs: number) =>
    losses.some(({ since, until }) => clock <= until.clock && clock + lastsMs > since.clock);
  const { id: box } = sandbox.notion.dataSource(sandbox.notion.decisions).properties[model.rules.decision.box.name] ?? {
    id: "",
  };
  const evidence = { witness, taken: post.taken, sent: post.sent, self: sandbox.notion.bot.id, box, isLost };

  const problems = verified.findings.map((it) => `the decision log: ${JSON.stringify(it)}`);
  const all = new Set<string>();
  let [passages, registered] = [0, 0];
  for (const { id, in_trash } of sandbox.notion.pages(sandbox.notion.projects)) {
    const record = (await ledger.card(id))?.record ?? null;
    if (!record) {
      if (!in_trash) problems.push(`${id}: the ledger does not know the card`);
      continue;
    }
    const asked = new Set(record.accepted.decisions.flatMap(({ row }) => row ?? []));
    const lines = written.filter(({ line }) => line.card === id);
    const reading = readLog(id, lines, { ...evidence, asked }, record);
    for (const row of asked) all.add(row);
    passages += reading.passages;
    registered += reading.registered;
    problems.push(...reading.problems, ...saidTwice(world, id));
    if (in_trash) continue;
    problems.push(...boardAgainst(world, id, record), ...trackerAgainst(world, witness, id, record, isForgotten));
    if (record.dirty || record.outbox.length > 0) problems.push(`${id}: work was left undone`);
  }
  if (losses.length === 0) problems.push(...loggedTwice(written, witness), ...(await atOnce(world)));
  problems.push(...askedTwice(world, all, isForgotten), ...foreignTouched(world, witness), ...(await gaveUp(world)));
  const comments = sandbox.notion
    .pages(sandbox.notion.projects)
    .flatMap(({ id }) => sandbox.notion.commentsOf(id)).length;
  const lines = written.map(({ line }) => line);
  const story = (card: string) => storyOf(world, witness, lines, card);
  return {
    problems,
    story,
    tale: { log: written.length, passages, registered, comments, issues: sandbox.github.issues().length },
  };
}

/**
 * One verdict for one event, however often it came and however often the work was broken off: a later look does not repeat
 * it, unless somebody has done something to the card in between.
 */
function loggedTwice(written: readonly Written[], { deeds }: Witness): readonly string[] {
  const first = new Map<string, string>();
  return written.flatMap(({ line: { at, card, rule, gate, body, from, to, events } }) => {
    if (events.length === 0) return [];
    const key = JSON.stringify([card, rule, gate, body, from, to, events]);
    const before = first.get(key);
    first.set(key, at);
    if (before === undefined || before === at) return [];
    const isActedOn = deeds.some((it) => it.card === card && it.at >= before && it.at <= at);
    return isActedOn ? [] : [`logged at ${before} and again at ${at}: ${key}`];
  });
}

/** No two looks at one card, and no two mirrorings of one, were under way at once (I8). */
async function atOnce({ client }: World): Promise<readonly string[]> {
  const courses = await Promise.all((["sync", "mirror"] as const).map((name) => courseOf(client, name)));
  return courses.flatMap(overlapsIn);
}

/** No fault here lasts, so no job may have given up; but the sandbox's own clock may not have been answered in time. */
async function gaveUp({ producer }: World): Promise<readonly string[]> {
  const failed = await Promise.all(Object.values(producer.queues).map((queue) => queue.getFailed(0, 20)));
  const others = failed.flat().filter((job) => !/^the clock at/u.test(job.failedReason));
  return others.map((job) => `${job.name} ${JSON.stringify(job.data)} gave up: ${job.failedReason}`);
}
