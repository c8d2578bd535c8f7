// SPDX-License-Identifier: EUPL-1.2
/**
 * One look at one card: from what was accepted and what is read now, to what is accepted from now on, what is said and
 * what is logged. Ticks first, so that a yes in the same breath counts; then the guarded fields, then the move, then the
 * decisions that follow from where the card stands.
 */
import { type Model, trackOf } from "../model/model.ts";
import type { Accepted, LogLine, Tell } from "./accepted.ts";
import { advise } from "./advise.ts";
import { arrange, expire, holdToContent } from "./arrange.ts";
import { inOrder, persons } from "./attribution.ts";
import { type CardPatch, isAway, type Position } from "./card.ts";
import { type Course, note, type Observation, refuseOnce, say, withNext } from "./course.ts";
import type { DecisionSeen } from "./decision.ts";
import { type ArrivalRefusal, judgeArrival } from "./judge-arrival.ts";
import { message, placeName } from "./messages.ts";
import { isConfidential, takePrivacy } from "./privacy.ts";
import { confirmedBy, rebuild } from "./rebuild.ts";
import { cardName } from "./shown.ts";
import { takeEdits } from "./take-edits.ts";
import { takeGuarded } from "./take-guarded.ts";
import { takeMove } from "./take-move.ts";
import { noticedFirst, takeNotice } from "./take-notice.ts";
import { takeTicks } from "./take-ticks.ts";
import { followed, takeReplaced } from "./task-request.ts";
import { sayBeginsAsIdea, sayUnknownPhase, userNames } from "./tell.ts";

export type Judgement = Readonly<{
  next: Accepted;
  tells: readonly Tell[];
  log: readonly LogLine[];
  strays: readonly DecisionSeen[];
  /** What the card takes over from its task. */
  followed: CardPatch;
  /** When to look again although nothing may have happened: a change is waiting for its event. */
  recheckAt: Date | null;
}>;

/** How long a trashed page can be restored on the board, in days. */
const TRASH_DAYS = "30";

/** Judges what was read. Pure: the same model, state and observation give the same judgement. */
export function judge(model: Model, accepted: Accepted | null, observed: Observation): Judgement {
  const seen = heardInOrder(observed, accepted?.waiting ?? {});
  const begun: Course = { model, seen, next: accepted ?? unborn(model, seen), tells: [], log: [], strays: [] };
  const known = accepted === null ? arrive(begun) : begun;
  const done = isAway(seen.card) ? leave(known) : look(known, accepted === null);
  const { next, tells, log, strays } = takeNotice(done);
  const taken = isAway(seen.card) ? {} : followed(seen.card, seen.task?.requests ?? []);
  return { next, tells, log, strays, followed: taken, recheckAt: recheckAt(model, next) };
}

/**
 * What has been heard: now, and while a change waited. Events may come twice and in any order; what is said and logged of
 * them must not depend on it (I4).
 */
function heardInOrder(seen: Observation, waiting: Accepted["waiting"]): Observation {
  const rows = [...new Set([...Object.keys(seen.rowHints), ...Object.keys(waiting)])].map((row) => {
    const heard = [...(waiting[row]?.hints ?? []), ...(seen.rowHints[row] ?? [])];
    return [row, inOrder(heard)];
  });
  return { ...seen, cardHints: inOrder(seen.cardHints), rowHints: Object.fromEntries(rows) };
}

function look(course: Course, isNew: boolean): Course {
  if (isNew) return takePrivacy(takeTicks(arrange(course.seen.beforeService ? course : advise(course, null))));
  const move = (held: Course) => advise(takeMove(held), held);
  const steps = [restore, takeTicks, expire, takeGuarded, holdToContent, move, takeEdits, arrange];
  return takeReplaced(takePrivacy(steps.reduce((held, step) => step(held), course)));
}

function arrive(course: Course): Course {
  const { model, seen } = course;
  const isCopy = seen.taskOwner !== null;
  // The board says that the service knew this card: its memory was lost. What it confirmed last holds, not where the card
  // lies now; the plan puts it back.
  const confirmed =
    seen.beforeService && !isCopy ? confirmedBy(model, seen.card.shown.confirmed, seen.taskPhase ?? null) : null;
  if (confirmed) {
    const { card, rows, self, now } = seen;
    const { accepted } = rebuild(model, { card, confirmed, rows, self, now });
    return note(withNext(course, { ...confirmed, ...accepted, since: null }), {
      rule: "restored",
      by: [],
      events: [],
      from: "",
    });
  }
  const { rule, settled, refusal } = judgeArrival(model, {
    card: seen.card,
    beforeService: seen.beforeService,
    isCopy,
  });
  const since = seen.beforeService ? null : seen.now.toISOString();
  const noted = note(withNext(course, { position: settled, since, ...guardedShown(course) }), {
    rule,
    by: [seen.card.createdBy],
    events: [],
    from: "",
  });
  if (!refusal) return noted;
  const about = { actors: [seen.card.createdBy] };
  return refuseOnce(
    noted,
    `arrival ${refusal.id}`,
    { rule: refusal.id, by: about.actors, events: [] },
    sayArrival(model, settled, refusal),
    about,
  );
}

function sayArrival(model: Model, settled: Position, refusal: ArrivalRefusal) {
  switch (refusal.id) {
    case "A12":
      return sayBeginsAsIdea(model);
    case "A20":
      return sayUnknownPhase(model, placeName(model, settled), refusal.unknown);
    case "A28":
      return message("A28", {});
  }
}

/** What a new card says of its guarded fields is what they are; from then on a change is judged. */
function guardedShown({ model, seen }: Course): Pick<Accepted, "track" | "bodies" | "needsFunding"> {
  const { track, bodies, fields } = seen.card;
  return {
    track: trackOf(model, track).key,
    bodies,
    needsFunding: fields[model.rules.card.needsFunding.name] === true,
  };
}

/** T17: the card lies in the bin, or in another database. Nothing else is judged until it is back. */
function leave(course: Course): Course {
  const { model, seen, next } = course;
  if (next.trashed) return course;
  const by = persons(seen.cardHints, seen.self);
  const noted = note(withNext(course, { trashed: true }), {
    rule: "T17",
    by,
    events: seen.cardHints.map(({ event }) => event),
    to: "",
  });
  const params = { projekt: cardName(model, seen.card), navn: userNames(model, by) };
  const said = seen.card.elsewhere ? message("B16f", params) : message("B16", { ...params, dage: TRASH_DAYS });
  return say(noted, said, { actors: by });
}

function restore(course: Course): Course {
  if (!course.next.trashed) return course;
  const fase = placeName(course.model, course.next.position);
  const noted = note(withNext(course, { trashed: false }), { rule: "T17", by: [], events: [], from: "" });
  return say(noted, message("B17", { fase }), { actors: [] });
}

/** A card nobody has judged yet. Where it stands is for `arrive` to say. */
function unborn(model: Model, seen: Observation): Accepted {
  const { card } = seen;
  const position: Position = { state: "idea", phase: null };
  return {
    card: card.id,
    position,
    since: null,
    ...noticedFirst(model, { position, trashed: false }, seen),
    track: "",
    bodies: [],
    needsFunding: false,
    passage: 1,
    decisions: [],
    wish: null,
    stopAsked: false,
    undo: null,
    trashed: false,
    confidential: isConfidential(model, card),
    withheld: [],
    replacedBy: null,
    lastMessage: "",
    told: {},
    waiting: {},
    pending: [],
  };
}

/** Nothing is waited for while the card is off the board: nobody looks at its rows then. */
function recheckAt(model: Model, next: Accepted): Date | null {
  if (next.trashed) return null;
  const [oldest] = Object.values(next.waiting)
    .map(({ since }) => since)
    .sort();
  return oldest === undefined
    ? null
    : new Date(Date.parse(oldest) + model.rules.approvals.attributionWaitMinutes * 60_000);
}
