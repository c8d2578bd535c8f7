// SPDX-License-Identifier: EUPL-1.2
/** The move of the card read now: judged, and what an accepted or refused move does to the decisions (DOMAIN 4, 5.5). */
import { gateOutOf, type Model, type PhaseKey, phaseOf, STOP } from "../model/model.ts";
import type { Accepted, Decision, Undo } from "./accepted.ts";
import { actors } from "./attribution.ts";
import type { Position } from "./card.ts";
import { type Course, type Entry, isGated, note, refuseOnce, say, withNext } from "./course.ts";
import { gateFacts, requiredBodiesOf, stopFacts } from "./gate.ts";
import { judgeMove, type MoveFacts, type MoveRule, type MoveVerdict } from "./judge-move.ts";
import { bodyNames, list, message, placeName } from "./messages.ts";
import { closingRequirements, type Fields, unmet } from "./requirements.ts";
import { gateName } from "./take-ticks.ts";
import { phaseAsked } from "./task-request.ts";
import { sayEntered, sayMove } from "./tell.ts";

/** Judges the move and carries the verdict into the course. */
export function takeMove(course: Course): Course {
  const facts = moveFacts(course);
  const verdict = judgeMove(course.model, facts);
  const applied = verdict.rules.reduce((held, rule) => effects[rule](held, verdict), course);
  if (verdict.refusal) return refuse(applied, verdict, verdict.refusal);
  return facts.to === course.seen.card ? puttingBack(applied) : movingOn(applied);
}

/** Where the board shows the card, as `pending` remembers it: read there again, it is refused no second time. */
function placeShown({ seen: { card } }: Course): string {
  return `move ${card.state} ${JSON.stringify(card.phase)}`;
}

/** An accepted move may have come with another that is put back without a word: a phase changed while closing. */
function puttingBack(course: Course): Course {
  const { seen, next } = course;
  const { state, phase } = next.position;
  if (seen.card.state === state && seen.card.phase === phase) return course;
  return withNext(course, { pending: [...next.pending, placeShown(course)] });
}

/** The service itself moves the card: until that is written, the board shows it where it was. */
function movingOn(course: Course): Course {
  const { pending } = course.next;
  const from = leftFrom(course);
  return pending.includes(from) ? course : withNext(course, { pending: [...pending, from] });
}

function leftFrom(course: Course): string {
  return `from ${placeShown(course)}`;
}

/** Read there again, the card was not dragged back: its move has not been written. Unless somebody is known to have dragged it. */
function isYetToMove(course: Course): boolean {
  const { cardHints, self } = course.seen;
  return course.next.pending.includes(leftFrom(course)) && actors(cardHints, ["phase", "state"], self).length === 0;
}

/** What the move of the card read now is judged by. Also asked for moves that nobody has made yet (core/explain-drags.ts). */
export function moveFacts(course: Course): MoveFacts {
  const { model, seen, next } = course;
  const { fields } = seen.card;
  const { closing } = model.rules;
  const isLast = next.position.phase === model.phases.at(-1)?.key;
  const needsStop = closing.stopNeedsDecision && isGated(course) && !isLast && next.position.state !== "idea";
  const stop = needsStop ? stopFacts(model, next, seen.now) : null;
  const facts: MoveFacts = {
    from: next.position,
    to: isYetToMove(course) ? next.position : (movedByService(course) ?? seen.card),
    gated: isGated(course),
    startAnywhere: model.rules.tracks.find(({ key }) => key === next.track)?.startIn === "any",
    gate: gateFacts(model, next, next.position.phase, fields, seen.now),
    closing: {
      gaps: [...unmet(closingRequirements(model, next.position.phase), fields), ...(stop?.gaps ?? [])],
      missing: stop?.missing ?? [],
    },
    undo: undoPhase(course),
  };
  return { ...facts, to: movedOnTask(course, facts) ?? facts.to };
}

/** A developer's phase label moves the card as a drag would, and only where a drag would be accepted (DOMAIN 7). */
function movedOnTask(course: Course, facts: MoveFacts): MoveFacts["to"] | null {
  const asked = phaseAsked(course);
  if (!asked) return null;
  const to = { state: facts.from.state, phase: asked.to };
  const { rules, refusal } = judgeMove(course.model, { ...facts, to });
  const isForward = rules.every((rule) => rule === "T2" || rule === "T5u");
  return refusal === null && isForward ? to : null;
}

/** Who has moved the card, and the events that say so: on the board, or by asking on the task. */
function movers(course: Course): Pick<Entry, "by" | "events"> {
  const asked = phaseAsked(course);
  if (asked) return asked;
  const { cardHints, self } = course.seen;
  return { by: actors(cardHints, ["phase", "state"], self), events: cardHints.map(({ event }) => event) };
}

/** `onApproval: move`: the last yes moves a card whose drag was refused for want of it. */
function movedByService({ model, seen, next }: Course) {
  if (model.rules.approvals.onApproval !== "move" || next.wish === null) return null;
  const stands = seen.card.state === next.position.state && seen.card.phase === next.position.phase;
  // A pause holds: the card moves once it is taken up again.
  const isUnderWay = next.position.state === "active" || next.position.state === "idea";
  const gate = gateFacts(model, next, next.position.phase, seen.card.fields, seen.now);
  const isOpen = gate?.gaps.length === 0 && gate.missing.length === 0 && gate.withoutMeeting.length === 0;
  return stands && isUnderWay && isOpen ? { state: next.position.state, phase: next.wish.phase } : null;
}

/** The phase the card was dragged back from, while returning is silent: in time, and nothing else changed (T5u). */
function undoPhase({ model, seen, next }: Course): PhaseKey | null {
  const { undo } = next;
  if (!undo || seen.now.getTime() > Date.parse(undo.until)) return null;
  return JSON.stringify(undo.fields) === JSON.stringify(fieldsBesideTheMove(model, seen.card.fields))
    ? undo.position.phase
    : null;
}

function fieldsBesideTheMove(model: Model, fields: Fields): Fields {
  const { phase, state } = model.rules.card;
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([name]) => name !== phase.name && name !== state.name)
      .sort(),
  );
}

type Effect = (course: Course, verdict: MoveVerdict) => Course;

/** What each rule does beyond the new position; complete by type. A refused move does nothing here. */
const effects: Readonly<Record<MoveRule, Effect>> = {
  T1: passGate,
  T2: passGate,
  T14: (course, verdict) => enter(logged(moved(course, verdict.settled), course, verdict.settled, "T14")),
  T3: (course, verdict) => withNext(course, { wish: wishOf(course, verdict) }),
  T4: (course, verdict) => withNext(course, { wish: wishOf(course, verdict) }),
  T5: goBack,
  T5u: undo,
  T6: (course) => course,
  T7: changeState("T7"),
  T8: changeState("T8"),
  T9: (course) => course,
  T10: closeProject("T10"),
  T11: closeProject("T11"),
  T12: (course) => course,
  T18: (course) => course,
  A20: (course) => course,
};

/** T1, T2: the gate's yeses are used up, the next phase begins (DOMAIN 5.5). */
function passGate(course: Course, verdict: MoveVerdict): Course {
  const { model, next } = course;
  const gate = gateOutOf(model, next.position.phase);
  const decisions = next.decisions.map(
    (it) =>
      (it.ended === null
        ? { ...it, ended: it.gate === gate?.id && it.registration ? "used" : "void" }
        : it) satisfies Decision,
  );
  const passed = moved(withNext(course, { decisions }), verdict.settled);
  return enter(logged(passed, course, verdict.settled, verdict.rules.includes("T1") ? "T1" : "T2", gate?.id));
}

function enter(course: Course): Course {
  const { model, seen, next } = course;
  const said = sayEntered(model, next, isGated(course), requiredBodiesOf(model, next, seen.card.fields), seen.now);
  return say(course, said, { actors: [], movedAt: movedAt(course) });
}

/** When the board says that the card was moved; where it does not tell, when that was seen. */
function movedAt({ seen }: Course): string {
  const moving = seen.cardHints.filter(({ touched }) => touched.includes("phase") || touched.includes("state"));
  return moving.at(-1)?.at ?? seen.now.toISOString();
}

/** T5: free. The rows for the gate out of the target and all later gates no longer count. */
function goBack(course: Course, verdict: MoveVerdict): Course {
  const { model, seen, next } = course;
  const counting = next.decisions.filter(
    (it) => it.ended !== "void" && gateIndex(model, it) >= phaseOf(model, verdict.settled.phase ?? "").index,
  );
  const decisions = next.decisions.map((it): Decision => (counting.includes(it) ? { ...it, ended: "void" } : it));
  const until = new Date(seen.now.getTime() + model.rules.approvals.undoMinutes * 60_000).toISOString();
  const undo: Undo = {
    until,
    position: next.position,
    since: next.since,
    passage: next.passage,
    decisions: next.decisions,
    fields: fieldsBesideTheMove(model, seen.card.fields),
  };
  const passage = nextPassage(next);
  const back = logged(
    withNext(moved(course, verdict.settled), { decisions, passage, passagesBegun: passage, undo }),
    course,
    verdict.settled,
    "T5",
  );
  return sayBack(back, isGated(course) ? counting.filter((it) => it.registration) : []);
}

/** A number that no passage has had: a row of one that was undone (T5u) is not to be mistaken for one of the next. */
function nextPassage({ passage, passagesBegun = passage }: Accepted): number {
  return Math.max(passage, passagesBegun) + 1;
}

function sayBack(course: Course, lost: readonly Decision[]): Course {
  const { model, next } = course;
  const til = placeName(model, next.position);
  if (lost.length === 0) return say(course, message("B04u", { til }), { actors: [], movedAt: movedAt(course) });
  const bodies = [...new Set(lost.map(({ body }) => body))];
  const gates = [...new Set(lost.map(({ gate }) => gateName(model, gate)))];
  return say(course, message("B04", { til, liste: list(model, gates), udvalg: bodyNames(model, bodies) }), {
    actors: [],
    bodies,
    movedAt: movedAt(course),
  });
}

/** T5u: as if it had never been dragged back. Rows made in between end; the others stand as they stood. */
function undo(course: Course, verdict: MoveVerdict): Course {
  const { next } = course;
  if (!next.undo) return course;
  const { since, passage, decisions } = next.undo;
  const restored = next.decisions.map((it): Decision => {
    const was = decisions.find((old) => isSame(old, it));
    return was ? restoredAs(it, was.ended) : { ...it, ended: "void" };
  });
  return logged(
    withNext(moved(course, verdict.settled), { decisions: restored, since, passage }),
    course,
    verdict.settled,
    "T5u",
  );
}

function restoredAs(decision: Decision, ended: Decision["ended"]): Decision {
  // A yes that was taken back meanwhile stays taken back.
  if (ended === null && decision.disputed) return { ...decision, ended, registration: null, disputed: false };
  return { ...decision, ended };
}

/** Whether two states of the ledger speak of one decision. A row may have been made anew between them. */
function isSame(one: Decision, other: Decision): boolean {
  if (one.row !== null && other.row !== null) return one.row === other.row;
  return one.gate === other.gate && one.body === other.body && one.passage === other.passage;
}

function changeState(rule: "T7" | "T8"): Effect {
  return (course, verdict) => {
    // T8 may be followed by T2 or T5, which start from the active position.
    const settled: Position = { state: rule === "T7" ? "parked" : "active", phase: course.next.position.phase };
    const changed = withNext(course, { position: settled });
    return verdict.rules[0] === rule ? logged(changed, course, settled, rule) : changed;
  };
}

function closeProject(rule: "T10" | "T11"): Effect {
  return (course, verdict) => {
    if (verdict.refusal) return verdict.refusal.id === "A17" ? withNext(course, { stopAsked: true }) : course;
    const { model, seen } = course;
    const decisions = course.next.decisions.map(
      (it): Decision => (it.ended ? it : { ...it, ended: it.gate === STOP && it.registration ? "used" : "void" }),
    );
    const closed = logged(
      withNext(moved(course, verdict.settled), { decisions, stopAsked: false }),
      course,
      verdict.settled,
      rule,
    );
    const udfald = String(seen.card.fields[model.rules.card.outcome.name] ?? "");
    return say(closed, message("B23", { projekt: seen.card.title, udfald }), {
      actors: [],
      bodies: course.next.bodies,
    });
  };
}

function refuse(course: Course, verdict: MoveVerdict, refusal: NonNullable<MoveVerdict["refusal"]>): Course {
  const { model, seen, next } = course;
  const { state, phase } = seen.card;
  const users = actors(seen.cardHints, ["phase", "state"], seen.self);
  const events = seen.cardHints.map((hint) => hint.event);
  const target =
    typeof phase === "object" && phase !== null
      ? phase.unknown
      : placeName(model, { state: state ?? next.position.state, phase });
  const bodies = "missing" in refusal ? refusal.missing : [];
  const rule = verdict.rules.at(-1);
  return refuseOnce(
    course,
    placeShown(course),
    { rule: `${rule} ${refusal.id}`, by: users, events, to: target, ...decisionAskedFor(course, rule, refusal.id) },
    sayMove(model, refusal, next, { card: seen.card, actors: users, bodies, now: seen.now }),
    { actors: users, bodies, movedAt: movedAt(course) },
  );
}

/** The decision that a refused move ran into: the gate's, or the one to stop. */
function decisionAskedFor({ model, next }: Course, rule: MoveRule | undefined, refusal: string): { gate?: string } {
  if (refusal === "A17") return { gate: STOP };
  const gate = rule === "T3" ? gateOutOf(model, next.position.phase) : undefined;
  return gate ? { gate: gate.id } : {};
}

/** The card stands in a new place: whatever belonged to the old one is over. */
function moved(course: Course, position: Position): Course {
  const since = course.seen.now.toISOString();
  return withNext(course, { position, since, wish: null, undo: null, stopAsked: false });
}

function logged(course: Course, before: Course, to: Position, rule: MoveRule, gate?: string): Course {
  const { model } = course;
  const { by, events } = movers(before);
  const from = placeName(model, before.next.position);
  return note(course, { rule, by, events, from, to: placeName(model, to), ...(gate === undefined ? {} : { gate }) });
}

function wishOf(course: Course, verdict: MoveVerdict): Accepted["wish"] {
  if (verdict.wish === null) return course.next.wish;
  return { phase: verdict.wish, by: actors(course.seen.cardHints, ["phase", "state"], course.seen.self) };
}

/** The place of a decision's gate along the phases: the index of the phase it leads out of; stop belongs to the present one. */
function gateIndex(model: Model, { gate }: Decision): number {
  const from = model.gates.find(({ id }) => id === gate)?.from;
  if (from === undefined) return model.phases.length;
  return from === null ? -1 : phaseOf(model, from).index;
}
