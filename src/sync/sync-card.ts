// SPDX-License-Identifier: EUPL-1.2
/**
 * One look at one card, from reading to remembering: observe, judge, carry out, remember.
 * What must happen is remembered before it happens; whatever stops the work, the next look finishes it.
 */
import { type CardId, isAway, serviceFields } from "../core/card.ts";
import { hasLostPhase } from "../core/mass-loss.ts";
import { unknownPhaseId } from "../core/notice.ts";
import type { Step } from "../core/plan.ts";
import type { CardRecord, Kept } from "../ledger/ledger.ts";
import { phaseOf } from "../model/model.ts";
import { follow } from "../telemetry/trail.ts";
import { carryOut } from "./carry-out.ts";
import { isHeard } from "./look-again.ts";
import { isLostWithMany } from "./mass-loss.ts";
import { mustMirror } from "./mirror-task.ts";
import { type Looked, observe } from "./observe.ts";
import { withNotice } from "./show-notice.ts";
import { tellUnseen } from "./unseen.ts";
import { mustBeThere } from "./watch-board.ts";
import { type Weighed, weigh, withoutPending } from "./weigh.ts";
import type { SyncReport, SyncWorld } from "./world.ts";

/** What the look leaves to be done by others. */
export type SyncOutcome = Readonly<{
  /** Cards whose task no longer shows what they say, or has asked for something: this one, or one that a limit let in. */
  mirror: readonly CardId[];
  /** Look again then: a change is waiting for its event. */
  recheckAt: Date | null;
  /** Nothing was judged, for the card waits for a repair of the board: what was heard of it is kept. */
  held: boolean;
}>;

export type SyncOptions = Readonly<{
  /** Nobody waits for this look: a new card's fields may be written together with the address of its task. */
  inBulk: boolean;
}>;
const nothingMore: SyncOutcome = { mirror: [], recheckAt: null, held: false };

/** Looks at one card once. Safe to repeat at any point; throws RetryLater when it must be. */
export async function syncCard(world: SyncWorld, card: CardId, options: SyncOptions): Promise<SyncOutcome> {
  const kept = await world.ledger.card(card);
  const looked = await observe(world, card, kept);
  if (!looked) return lose(world, card, kept);
  follow(answersTo(looked).events);
  // Rows that are gone one by one are no different from a list that was taken away as a whole.
  if (looked.lostRows.length > 0) await mustBeThere(world);
  const trusted = await lookAgainWithBoard(world, card, kept, looked);
  return trusted === null ? { ...nothingMore, held: true } : take(world, card, kept, trusted, options);
}

async function take(
  world: SyncWorld,
  card: CardId,
  kept: Kept | null,
  looked: Looked,
  options: SyncOptions,
): Promise<SyncOutcome> {
  const { now } = looked.observation;
  const weighed = await withNotice(world, weigh(world.model, kept, looked.observation), now);
  const settled = await settle(
    world,
    kept,
    options.inBulk && kept === null ? await withoutSecondWrite(world, weighed) : weighed,
    answersTo(looked),
  );
  await world.ledger.hints.judged(answered(looked));
  await world.ledger.hints.keepAWhile(looked.lostRows);
  await world.ledger.listed.drop([card, ...Object.keys(looked.hints)]);
  if (!isAway(looked.observation.card)) await world.ledger.hints.dropUnknownRows(card, looked.unknownRows);
  const requests = looked.observation.task?.requests ?? [];
  await world.ledger.tasks.answered(card, requests);
  const mirror = requests.length > 0 || (await mustMirror(world, settled)) ? [card] : [];
  for (const other of await letIn(world, kept?.record, settled)) {
    const there = await world.ledger.card(other);
    if (there && (await mustMirror(world, there.record))) mirror.push(other);
  }
  return { mirror, recheckAt: looked.isAsFound ? now : weighed.judgement.recheckAt, held: false };
}

/**
 * A card whose phase is gone or unknown may stand on a board that was changed: the board is read again before anybody is
 * put right. Once an unknown column has been told, its cards need no more of that. null: the card has lost its phase with
 * many others, and waits.
 */
async function lookAgainWithBoard(
  world: SyncWorld,
  id: CardId,
  kept: Kept | null,
  looked: Looked,
): Promise<Looked | null> {
  const { card } = looked.observation;
  if (card.phase !== null && typeof card.phase === "object" && !isAway(card)) {
    if (await world.ledger.notices.stands(unknownPhaseId(world.model, card.phase.unknown))) return looked;
    await mustBeThere(world);
    await world.ledger.listed.drop([id]);
    return (await observe(world, id, kept)) ?? looked;
  }
  if (!kept || !hasLostPhase(kept.record.accepted, card)) return looked;
  if (!(await isLostWithMany(world))) return looked;
  await world.ledger.listed.drop([id]);
  return null;
}

/**
 * The hints that are done with. The rows of a card off the board are not read, so what was heard of them is kept until it is
 * back: it may be a committee's yes.
 */
function answered({ hints, lostRows, observation: { card } }: Looked): Looked["hints"] {
  const isAnswered = (page: string) => (isAway(card) ? page === card.id : !lostRows.includes(page));
  return Object.fromEntries(Object.entries(hints).filter(([page]) => isAnswered(page)));
}

/**
 * The card is not there, although the board is: it was deleted for good, moved, or taken from the service alone. Nothing
 * is concluded from that, and what was heard of people is kept for a while (case 31). One in the bin ends so as a rule.
 */
async function lose(world: SyncWorld, card: CardId, kept: Kept | null): Promise<SyncOutcome> {
  await mustBeThere(world);
  const { [card]: hints = [] } = await world.ledger.hints.about([card]);
  await world.ledger.hints.judged({ [card]: hints.filter(({ authors }) => authors.length === 0) });
  await world.ledger.hints.keepAWhile([card]);
  if (kept && !kept.record.accepted.trashed) await tellUnseen(world, card);
  return nothingMore;
}

/** What the judgement answers, for whoever follows an event through the service. */
function answersTo({ hints, observation: { now } }: Looked): Pick<SyncReport, "events" | "waitedMs"> {
  const heard = Object.values(hints).flat().filter(isHeard);
  const oldest = Math.min(...heard.map(({ at }) => Date.parse(at)));
  return { events: heard.map(({ event }) => event), waitedMs: heard.length > 0 ? now.getTime() - oldest : null };
}

/** Remembers the judgement, carries out its plan, remembers that it is done. Nothing to do writes nothing. */
async function settle(
  world: SyncWorld,
  kept: Kept | null,
  weighed: Weighed,
  answers: Pick<SyncReport, "events" | "waitedMs">,
): Promise<CardRecord> {
  const { judgement, steps, record, isNothing } = weighed;
  if (isNothing) return record;
  const revision = await world.ledger.commit(kept?.revision ?? 0, record, judgement.log);
  world.report({
    card: record.seen.id,
    projectId: record.seen.projectId,
    rules: judgement.log.map(({ rule }) => rule),
    said: judgement.tells.flatMap(({ message, also }) => [message, ...also].map(({ id }) => id)),
    steps: steps.map((step) => step.do),
    ...answers,
  });
  if (!record.dirty) return record;
  const carried = await carryOut(world, { revision, record }, steps, { lookFirst: kept?.record.dirty === true });
  const done: CardRecord = { ...carried.record, accepted: withoutPending(carried.record.accepted), dirty: false };
  await world.ledger.commit(carried.revision, done);
  return done;
}

/** The card that a limit lets in when this one has left its phase: the first of those that were beyond it. */
async function letIn(
  { model, ledger }: SyncWorld,
  before: CardRecord | undefined,
  after: CardRecord,
): Promise<CardId[]> {
  const left = before?.accepted.position.phase ?? null;
  const stays =
    left === after.accepted.position.phase && before?.accepted.position.state === after.accepted.position.state;
  const limit = left === null ? undefined : phaseOf(model, left).wip;
  if (left === null || limit === undefined || (stays && before?.accepted.trashed === after.accepted.trashed)) return [];
  const card = await ledger.inPhase.cardAt(left, limit - 1);
  return card === null ? [] : [card];
}

/**
 * A new card whose task is about to be made is written again for the task's address. Where only the service's own fields
 * are to be written, they wait for that, so that a first fill costs one write a card; should the task not come, the next
 * look writes them, at night at the latest.
 */
async function withoutSecondWrite(world: SyncWorld, weighed: Weighed): Promise<Weighed> {
  const { record, judgement } = weighed;
  const { ref } = await world.ledger.tasks.of(record.seen.id);
  const isTaskComing = ref === null && (await mustMirror(world, record));
  const steps = isTaskComing ? weighed.steps.filter((step) => !showsOnly(step)) : weighed.steps;
  if (steps.length === weighed.steps.length) return weighed;
  const accepted = steps.length === 0 ? withoutPending(judgement.next) : judgement.next;
  return { ...weighed, steps, record: { ...record, accepted, dirty: steps.length > 0 } };
}

/** Whether a step writes nothing but what the service shows on the card. */
function showsOnly(step: Step): boolean {
  return step.do === "write-card" && Object.keys(step.patch).every((key) => serviceFields.some((it) => it === key));
}
