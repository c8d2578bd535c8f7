// SPDX-License-Identifier: EUPL-1.2
/**
 * One look at one card, from reading to remembering: observe, judge, carry out, remember.
 * What must happen is remembered before it happens; whatever stops the work, the next look finishes it.
 */
import type { Board } from "../board/board.ts";
import { type CardId, isAway, type ServiceFields } from "../core/card.ts";
import type { Step } from "../core/plan.ts";
import { taskWanted } from "../core/task.ts";
import type { CardRecord, Kept, Ledger } from "../ledger/ledger.ts";
import type { Model } from "../model/model.ts";
import { carryOut } from "./carry-out.ts";
import { fingerprintOf } from "./mirror-task.ts";
import { type Looked, observe } from "./observe.ts";
import { type Weighed, weigh, withoutPending } from "./weigh.ts";

/** What a look needs of the world around it. */
export type SyncWorld = Readonly<{
  model: Model;
  board: Board;
  ledger: Ledger;
  now: () => Promise<Date>;
  /** The service's own log: what was judged, and why. */
  report: (entry: SyncReport) => void;
}>;

export type SyncReport = Readonly<{
  card: CardId;
  projectId: string;
  rules: readonly string[];
  said: readonly string[];
  steps: readonly Step["do"][];
}>;

/** What the look leaves to be done by others. */
export type SyncOutcome = Readonly<{
  /** The task no longer shows what the card says. */
  mirror: boolean;
  /** Look again then: a change is waiting for its event. */
  recheckAt: Date | null;
}>;

export type SyncOptions = Readonly<{
  /** Nobody waits for this look: a new card's fields may be written together with the address of its task. */
  inBulk: boolean;
}>;

/** Looks at one card once. Safe to repeat at any point; throws RetryLater when it must be. */
export async function syncCard(world: SyncWorld, card: CardId, options: SyncOptions): Promise<SyncOutcome> {
  const kept = await world.ledger.card(card);
  const looked = await observe(world, card, kept);
  if (!looked) return forget(world, card);
  const weighed = await weigh(world, kept, looked.observation);
  const settled = await settle(
    world,
    kept,
    options.inBulk && kept === null ? await withoutSecondWrite(world, weighed) : weighed,
  );
  await world.ledger.judged(answered(looked));
  await world.ledger.listed.drop([card, ...Object.keys(looked.hints)]);
  if (!isAway(looked.observation.card)) await world.ledger.dropUnknownRows(card, looked.unknownRows);
  const { recheckAt } = weighed.judgement;
  return { mirror: await mustMirror(world, settled, looked.observation.now), recheckAt };
}

/**
 * The hints that are done with. The rows of a card off the board are not read, so what was heard of them is kept until it is
 * back: it may be a committee's yes.
 */
function answered({ hints, observation: { card } }: Looked): Looked["hints"] {
  if (!isAway(card)) return hints;
  return Object.fromEntries(Object.entries(hints).filter(([page]) => page === card.id));
}

/** The card is gone or not shared any more: nothing is concluded from that, and what was heard of it is dropped (case 31). */
async function forget({ ledger }: SyncWorld, card: CardId): Promise<SyncOutcome> {
  await ledger.judged(await ledger.hints([card]));
  return { mirror: false, recheckAt: null };
}

/** Remembers the judgement, carries out its plan, remembers that it is done. Nothing to do writes nothing. */
async function settle(world: SyncWorld, kept: Kept | null, weighed: Weighed): Promise<CardRecord> {
  const { judgement, steps, record, isNothing } = weighed;
  if (isNothing) return record;
  const revision = await world.ledger.commit(kept?.revision ?? 0, record, judgement.log);
  world.report({
    card: record.seen.id,
    projectId: record.seen.projectId,
    rules: judgement.log.map(({ rule }) => rule),
    said: judgement.tells.flatMap(({ message, also }) => [message, ...also].map(({ id }) => id)),
    steps: steps.map((step) => step.do),
  });
  if (!record.dirty) return record;
  const carried = await carryOut(world, { revision, record }, steps, { lookFirst: kept?.record.dirty === true });
  const done: CardRecord = { ...carried.record, accepted: withoutPending(carried.record.accepted), dirty: false };
  await world.ledger.commit(carried.revision, done);
  return done;
}

/** Whether the tracker was last made to show something else than it should. */
async function mustMirror({ model, ledger }: SyncWorld, { accepted, seen }: CardRecord, now: Date): Promise<boolean> {
  const wanted = taskWanted(model, accepted, seen, now);
  if (!wanted) return false;
  return (await ledger.task(seen.id)).shown !== fingerprintOf(wanted);
}

/**
 * A new card whose task is about to be made is written again for the task's address. Where only the service's own fields
 * are to be written, they wait for that, so that a first fill costs one write a card; should the task not come, the next
 * look writes them, at night at the latest.
 */
async function withoutSecondWrite(world: SyncWorld, weighed: Weighed): Promise<Weighed> {
  const { record, judgement } = weighed;
  const { ref } = await world.ledger.task(record.seen.id);
  const isTaskComing = ref === null && (await mustMirror(world, record, await world.now()));
  const steps = isTaskComing ? weighed.steps.filter((step) => !showsOnly(step)) : weighed.steps;
  if (steps.length === weighed.steps.length) return weighed;
  const accepted = steps.length === 0 ? withoutPending(judgement.next) : judgement.next;
  return { ...weighed, steps, record: { ...record, accepted, dirty: steps.length > 0 } };
}

const shownFields: Readonly<Record<keyof ServiceFields, true>> = {
  confirmed: true,
  approvals: true,
  missing: true,
  wish: true,
  lastMessage: true,
  task: true,
};

/** Whether a step writes nothing but what the service shows on the card. */
function showsOnly(step: Step): boolean {
  return step.do === "write-card" && Object.keys(step.patch).every((key) => Object.hasOwn(shownFields, key));
}
