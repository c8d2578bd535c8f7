// SPDX-License-Identifier: EUPL-1.2
/**
 * Keeps a card and its task together: one task per card, created once, its own part kept right, and what developers
 * change on it judged (DOMAIN 7). The board is neither read nor written here: what the card is asked for is kept for its
 * next look.
 */
import { createHash } from "node:crypto";
import type { CardId } from "../core/card.ts";
import { agreedOn, judgeTask } from "../core/judge-task.ts";
import { type TaskRef, type TaskSeen, type TaskWanted, taskWanted } from "../core/task.ts";
import type { TaskLink } from "../core/task-link.ts";
import type { TaskRequest } from "../core/task-request.ts";
import { taskPage } from "../ledger/hints.ts";
import type { CardRecord, Kept, Ledger } from "../ledger/ledger.ts";
import { type Model, phaseOf } from "../model/model.ts";
import { follow } from "../telemetry/trail.ts";
import type { Tracker } from "../tracker/tracker.ts";
import { isHeard } from "./look-again.ts";
import { sayOnTask } from "./say-on-task.ts";

export type MirrorWorld = Readonly<{ model: Model; tracker: Tracker; ledger: Ledger; now: () => Promise<Date> }>;

/** What the mirroring leaves to be done by others: the card has a new address of its task to show, or is asked for something. */
export type MirrorOutcome = Readonly<{ look: boolean }>;

/** The tracker's clock and ours may differ; an earlier try is looked for from a little before it began. */
const CLOCK_SKEW_MS = 5 * 60_000;

/** Mirrors one card once. Safe to repeat: a task whose creation was saved but not answered is found, not made again. */
export async function mirrorTask(world: MirrorWorld, card: CardId): Promise<MirrorOutcome> {
  const { model, ledger } = world;
  const kept = await ledger.card(card);
  const link = await ledger.tasks.of(card);
  const wanted = kept && (await wantedOf(world, kept.record));
  if (!kept || !wanted) {
    await sayOnTask(world, card, link, link.outbox.length > 0);
    return { look: false };
  }
  const seen = link.ref && (await world.tracker.read(link.ref));
  const judged = seen ? await judgeSeen(world, kept, wanted, link, seen) : { goneFrom: link };
  if ("look" in judged) return judged;
  const { goneFrom } = judged;
  const held = goneFrom.ref ? await ledger.tasks.keep(card, gone(goneFrom, await world.now())) : goneFrom;
  const { task, link: creating } = await create(world, wanted, held);
  const isNew = {
    ...leftAs(world, { shown: wanted, written: wanted }, task),
    creatingSince: null,
    replaces: false,
    writing: null,
  };
  const request: TaskRequest = { kind: "replaced", url: task.url };
  if (creating.replaces) await ledger.tasks.ask(card, request);
  await ledger.tasks.keep(card, { ...creating, ...isNew, synced: agreedOn(model, wanted, task) });
  return { look: true };
}

/** What the tracker is made to show, in short. */
function fingerprintOf(wanted: TaskWanted): string {
  return short(wanted);
}

/** A task as it stands, in short: nobody has changed it as long as this is the same. */
export function shapeOf({ title, body, labels, closed, assignees }: TaskSeen): string {
  return short([title, body, [...labels].sort(), closed, [...assignees].sort()]);
}

/**
 * What the task is left as. The answer to a write shows the task as a whole: where it is otherwise than was written,
 * somebody has done something since it was read. That is not taken for known, so that the next look finds it. An assignee
 * whom the tracker does not take is no such thing.
 */
function leftAs(
  { tracker }: Pick<MirrorWorld, "tracker">,
  { shown, written }: Readonly<{ shown: TaskWanted; written: TaskWanted }>,
  task: TaskSeen,
): Pick<TaskLink, "ref" | "shown" | "left"> {
  const isAsWritten = tracker.changes(task, written).every((change) => change === "assignees");
  return { ref: refOf(task), shown: fingerprintOf(shown), left: isAsWritten ? shapeOf(task) : null };
}

/** Whether the task is as the service left it, and that is as it should be: nothing is to be written. */
function isLeftAs({ shown, left }: TaskLink, wanted: TaskWanted, seen: TaskSeen): boolean {
  return shown === fingerprintOf(wanted) && left === shapeOf(seen);
}

function short(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("base64url").slice(0, 22);
}

/** The task wanted for a card as the ledger has it, or null. */
export async function wantedOf({ model, ledger, now }: Omit<MirrorWorld, "tracker">, record: CardRecord) {
  const { card, position } = record.accepted;
  const limit = position.phase === null ? undefined : phaseOf(model, position.phase).wip;
  const place =
    position.phase === null || limit === undefined ? null : await ledger.inPhase.placeOf(position.phase, card);
  const overWip = limit !== undefined && place !== null && place >= limit;
  return taskWanted(model, record.accepted, record.seen, await now(), overWip);
}

/** Whether the tracker was last made to show something else than it should. */
export async function mustMirror(world: Omit<MirrorWorld, "tracker">, record: CardRecord): Promise<boolean> {
  const wanted = await wantedOf(world, record);
  if (!wanted) return false;
  return (await world.ledger.tasks.of(record.seen.id)).shown !== fingerprintOf(wanted);
}

/** The task as it is read, judged and written; or the link to one that turned out to be gone. */
async function judgeSeen(
  world: MirrorWorld,
  { record }: Kept,
  wanted: TaskWanted,
  link: TaskLink,
  seen: TaskSeen,
): Promise<MirrorOutcome | Readonly<{ goneFrom: TaskLink }>> {
  const { model, ledger, tracker } = world;
  const page = taskPage(seen.number);
  const hints = (await ledger.hints.about([page]))[page] ?? [];
  follow(hints.filter(isHeard).map(({ event }) => event));
  const { accepted, seen: card } = record;
  const verdict = judgeTask(model, { accepted, card, wanted, seen, link, hints, now: await world.now() });
  // Remembered before anything is written: what was decided is said even if the work stops here, and what was written is
  // known as the service's own even if nobody answers.
  const isSaying = verdict.link.outbox.length > link.outbox.length;
  const isWriting = !isLeftAs(link, verdict.wanted, seen);
  const writing = isWriting ? verdict.writing : link.writing;
  const held = isSaying || isWriting ? await ledger.tasks.keep(card.id, { ...verdict.link, writing }) : link;
  for (const request of verdict.requests) await ledger.tasks.ask(card.id, request);
  const written = await tracker.write(seen, verdict.wanted);
  if (!written) return { goneFrom: held };
  const said = await sayOnTask(world, card.id, held, link.outbox.length > 0);
  const { told, strangers } = verdict.link;
  const synced = verdict.synced(written.task);
  const done = {
    ...leftAs(world, { shown: wanted, written: verdict.wanted }, written.task),
    synced,
    writing: null,
    told,
    strangers,
  };
  if (!isIn(said, done)) await ledger.tasks.keep(card.id, { ...said, ...done });
  await ledger.hints.judged({ [page]: hints });
  return { look: verdict.requests.length > 0 || link.ref?.url !== written.task.url };
}

/** The task is gone: another will take its place, and nothing was agreed on with that one. */
function gone(link: TaskLink, now: Date): TaskLink {
  const since = { creatingSince: now.toISOString(), replaces: true };
  return {
    ...link,
    ...since,
    ref: null,
    shown: null,
    left: null,
    synced: null,
    writing: null,
    outbox: [],
    told: {},
    strangers: [],
  };
}

async function create(
  { tracker, ledger, now }: MirrorWorld,
  wanted: TaskWanted,
  link: TaskLink,
): Promise<{ task: TaskSeen; link: TaskLink }> {
  if (link.creatingSince !== null) {
    const since = new Date(Date.parse(link.creatingSince) - CLOCK_SKEW_MS).toISOString();
    const found = await tracker.findOwn(wanted.card, since);
    const written = found && (await tracker.write(found, wanted));
    if (written) return { task: written.task, link };
  }
  // Remembered before the write: should the answer be lost, the next try knows that there may be a task to find.
  const creatingSince = link.creatingSince ?? (await now()).toISOString();
  const held = await ledger.tasks.keep(wanted.card, { ...link, creatingSince });
  const task = await tracker.create(wanted);
  const closed = wanted.closed === null ? null : await tracker.write(task, wanted);
  return { task: closed?.task ?? task, link: held };
}

function refOf({ id, number, url }: TaskRef): TaskRef {
  return { id, number, url };
}

function isIn(link: TaskLink, part: Partial<TaskLink>): boolean {
  return JSON.stringify({ ...link, ...part }) === JSON.stringify(link);
}
