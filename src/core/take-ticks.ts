// SPDX-License-Identifier: EUPL-1.2
/** The ticks of the rows read now: registered, withdrawn, put back, or waited for; and what follows for the gate. */
import { bodyOf, gateOutOf, type Model, STOP } from "../model/model.ts";
import type { Decision } from "./accepted.ts";
import type { Hint, UserId } from "./card.ts";
import { type Course, note, refuseOnce, say, withNext } from "./course.ts";
import type { DecisionSeen } from "./decision.ts";
import { countingFields, gateFacts, outcomeOf, stopFacts } from "./gate.ts";
import { isOver, judgeTick, type TickVerdict } from "./judge-tick.ts";
import { bodyNames, longDate, message, phaseName, phrase, placeName } from "./messages.ts";
import { takeRowEdits } from "./take-edits.ts";
import { meetingText, sayTick, sayTickedAgain, userNames } from "./tell.ts";

/** Takes every row that was read, one after the other. */
export function takeTicks(course: Course): Course {
  return endLostWaits(course.seen.rows.reduce(takeRow, course));
}

/**
 * A row that waits is read at every look. One that cannot be any more when its time is up is not waited for longer; a
 * yes that was in doubt there is taken back.
 */
function endLostWaits(course: Course): Course {
  const { model, seen, next } = course;
  const read = seen.rows.map(({ id }) => id);
  return next.decisions.reduce((held, { row, registration }, index) => {
    const since = row === null || read.includes(row) ? undefined : next.waiting[row]?.since;
    if (row === null || since === undefined || !isOver(model, since, seen.now)) return held;
    const settled = keepWaiting(held, row, null);
    return registration ? withdraw(settled, index, { kind: "withdraw", by: [], events: [] }) : settled;
  }, course);
}

function takeRow(course: Course, row: DecisionSeen): Course {
  const index = course.next.decisions.findIndex((decision) => decision.row === row.id);
  const decision = course.next.decisions[index];
  if (!decision) return adoptOrStray(course, row);
  if (isBeingPutBack(course, decision, row)) return course;
  const waiting = course.next.waiting[row.id];
  const hints = course.seen.rowHints[row.id] ?? [];
  const verdict = judgeTick(course.model, {
    decision,
    row,
    hints,
    owners: course.seen.card.owners,
    self: course.seen.self,
    now: course.seen.now,
    waitingSince: waiting?.since ?? null,
  });
  if (row.inTrash) return takeTrashed(course, index, verdict);
  const heard = takeRowEdits(course, decision, row);
  const settled = verdict.kind !== "wait";
  const read = { ...decision, shown: row, settledAt: settled ? course.seen.now.toISOString() : decision.settledAt };
  return sayOutcome(
    carryOut(keepWaiting(replace(heard, index, read), row.id, settled ? null : hints), index, verdict),
    decision,
    index,
  );
}

/**
 * A box that was to be put back when the look was broken off: read again as it was, the row tells nothing new. One that has
 * been set again since, and waits for its event, is judged: the event may be here.
 */
function isBeingPutBack({ next }: Course, decision: Decision, row: DecisionSeen): boolean {
  if (row.id in next.waiting) return false;
  const isPending = next.pending.some(
    (key) => key.startsWith(`tick ${row.id} `) || key.startsWith(`untick ${row.id} `),
  );
  return isPending && JSON.stringify(decision.shown) === JSON.stringify(row);
}

/**
 * A row in the bin is made anew with what is registered (case 20). A yes that was taken back on it is not made anew, and
 * nothing is waited for there: whoever threw the row away may have done so before its event came.
 */
function takeTrashed(course: Course, index: number, verdict: TickVerdict): Course {
  const { row, registration } = at(course, index);
  const isDoubted = registration !== null && (verdict.kind === "wait" || verdict.kind === "clear");
  const isTakenBack = verdict.kind === "withdraw" || isDoubted;
  const { by, events } = verdict.kind === "withdraw" ? verdict : { by: [], events: [] };
  const taken = isTakenBack ? withdraw(course, index, { kind: "withdraw", by, events }) : course;
  return keepWaiting(replace(taken, index, { ...at(taken, index), row: null, shown: null }), row ?? "", null);
}

/** What each verdict does to the decision; complete by type. */
const carry: {
  [Kind in TickVerdict["kind"]]: (
    course: Course,
    index: number,
    verdict: Extract<TickVerdict, { kind: Kind }>,
  ) => Course;
} = {
  settled: (course) => course,
  wait: (course) => course,
  register,
  withdraw,
  clear: (course, index, verdict) => {
    const decision = at(course, index);
    const { row, body } = decision;
    const { refusal, events } = verdict;
    return refuseOnce(
      replace(course, index, withoutYes(decision)),
      `tick ${row} ${refusal.id} ${events.join(" ")}`,
      { rule: refusal.id, by: refusal.users, events, decision },
      sayTick(course.model, refusal, body, course.seen.now),
      { actors: refusal.users, bodies: [body] },
    );
  },
  "tick-again": (course, index, { by, events }) => {
    const decision = at(course, index);
    const { row, body } = decision;
    return refuseOnce(
      course,
      `untick ${row} ${events.join(" ")}`,
      { rule: "A29", by, events, decision },
      sayTickedAgain(course.model, body, course.seen.now),
      {
        actors: by,
        bodies: [body],
      },
    );
  },
};

function carryOut<Kind extends TickVerdict["kind"]>(
  course: Course,
  index: number,
  verdict: Extract<TickVerdict, { kind: Kind }>,
): Course {
  const kind: Kind = verdict.kind as Kind;
  return carry[kind](course, index, verdict);
}

function register(course: Course, index: number, verdict: Extract<TickVerdict, { kind: "register" }>): Course {
  const decision = at(course, index);
  // A tick that was taken back behind a passed gate and is set again settles that matter, and nothing else.
  if (decision.disputed)
    return note(replace(course, index, { ...decision, disputed: false }), {
      rule: "B06 registered",
      ...verdict,
      decision,
    });
  const registration = {
    by: verdict.by,
    at: verdict.at,
    events: verdict.events,
    content: contentRead(course, decision),
  };
  const registered = note(replace(course, index, { ...decision, registration }), {
    rule: "registered",
    ...verdict,
    decision,
  });
  return sayRegistered(registered, index, verdict.by);
}

/** B02 after each yes, B01 after the last; the stop decision has its own words. */
function sayRegistered(course: Course, index: number, by: readonly UserId[]): Course {
  const { model, seen, next } = course;
  const { gate, body, shown } = at(course, index);
  const facts =
    gate === STOP
      ? stopFacts(model, next, seen.now)
      : gateFacts(model, next, next.position.phase, seen.card.fields, seen.now);
  if (!facts) return course;
  if (facts.missing.length > 0) {
    const params = { udvalg: bodyOf(model, body).name, mangler: bodyNames(model, facts.missing) };
    return say(course, message("B02", params), { actors: by, bodies: [body] });
  }
  const about = { actors: next.wish?.by ?? [], bodies: facts.yes };
  const udvalg = bodyNames(model, facts.yes);
  if (gate === STOP) return say(course, message("B01s", { udvalg }), about);
  const til = gateName(model, gate);
  if (!shown?.meeting || shown.item.trim() === "") return say(course, message("B01u", { udvalg, til }), about);
  return say(
    course,
    message("B01", { udvalg, til, moede: longDate(model, shown.meeting.slice(0, 10)), punkt: shown.item.trim() }),
    about,
  );
}

function withdraw(course: Course, index: number, { by, events }: Extract<TickVerdict, { kind: "withdraw" }>): Course {
  const { model, next } = course;
  const decision = at(course, index);
  const { gate, body } = decision;
  const params = { navn: userNames(model, by), udvalg: bodyOf(model, body).name, til: gateName(model, gate) };
  const about = { actors: by, bodies: [body] };
  if (decision.ended === "used") {
    const disputed = note(replace(course, index, withoutYes(decision)), {
      rule: "B06",
      by,
      events,
      decision,
    });
    return say(disputed, message("B06", params), about);
  }
  const withdrawn = note(replace(course, index, withoutYes(decision)), {
    rule: "B05",
    by,
    events,
    decision,
  });
  // What no longer counts is taken back without a word: it changes nothing, unless the card returns.
  if (decision.ended !== null) return withdrawn;
  return say(withdrawn, message("B05", { ...params, fra: placeName(model, next.position) }), about);
}

/** What has ended is not undone but disputed: nothing moves back. */
function withoutYes(decision: Decision): Decision {
  if (decision.ended === null) return { ...decision, registration: null };
  return { ...decision, disputed: decision.registration !== null };
}

/** A no or a postponement in «Beslutning», told when it first appears (B08, B09). */
function sayOutcome(course: Course, before: Decision, index: number): Course {
  const { model, seen } = course;
  const decision = at(course, index);
  const means = outcomeOf(model, decision);
  if (decision.ended !== null || means === outcomeOf(model, before) || (means !== "declined" && means !== "postponed"))
    return course;
  const { gate, body } = decision;
  const fra = placeName(model, course.next.position);
  const bemaerkning = decision.shown?.remark.trim() || phrase(model, "W01", {}).toLowerCase();
  const udvalg = bodyOf(model, body).name;
  const noted = note(course, { rule: means === "declined" ? "B09" : "B08", by: [], events: [], decision });
  return means === "declined"
    ? say(noted, message("B09", { udvalg, til: gateName(model, gate), fra, bemaerkning }), {
        actors: [],
        bodies: [body],
      })
    : say(noted, message("B08", { udvalg, moede: meetingText(model, [body], seen.now), fra, bemaerkning }), {
        actors: [],
        bodies: [body],
      });
}

/**
 * A row the ledger has no link to. One that the service itself made for a decision still without a row is that row:
 * its creation was saved, the answer lost. Any other was made by hand or copied, and never counts (A24).
 */
function adoptOrStray(course: Course, row: DecisionSeen): Course {
  const own = row.createdBy === course.seen.self && !row.inTrash;
  const index = course.next.decisions.findIndex(
    (it) => own && it.row === null && it.gate === row.gate && it.body === row.body && it.passage === row.passage,
  );
  const decision = course.next.decisions[index];
  if (decision) return takeRow(replace(course, index, { ...decision, row: row.id }), row);
  if (row.inTrash) return course;
  const actors = [row.createdBy];
  const stray = { ...course, strays: [...course.strays, row] };
  // One of the service's own that was made anew, and is now back from the bin, is nobody's doing by hand.
  if ((row.status === "void" && !row.box) || row.createdBy === course.seen.self) return stray;
  return refuseOnce(stray, `stray ${row.id}`, { rule: "A24", by: actors, events: [] }, message("A24", {}), { actors });
}

/** What the committee read: the values of the gate's required fields, kept with the yes (DOMAIN 5.9). */
function contentRead(course: Course, decision: Decision) {
  const { model, seen, next } = course;
  const gate = decision.gate === STOP ? undefined : gateOutOf(model, next.position.phase);
  const fields = gate?.id === decision.gate ? gate.requires.map(({ field }) => field) : [];
  const counting = countingFields(model, next, seen.card.fields);
  return Object.fromEntries(fields.map((field) => [field, counting[field] ?? null]));
}

/** The phase a gate leads to, as people say it. */
export function gateName(model: Model, gate: string): string {
  if (gate === STOP) return phrase(model, "W19", {});
  return phaseName(model, model.gates.find(({ id }) => id === gate)?.to ?? null);
}

/** Keeps a row waiting with what is known of it, or lets it go (null). */
function keepWaiting(course: Course, row: string, hints: readonly Hint[] | null): Course {
  const { [row]: before, ...others } = course.next.waiting;
  if (hints === null) return withNext(course, { waiting: others });
  return withNext(course, {
    waiting: { ...others, [row]: { since: before?.since ?? course.seen.now.toISOString(), hints } },
  });
}

function at(course: Course, index: number): Decision {
  const decision = course.next.decisions[index];
  if (!decision) throw new Error(`no decision at ${index}`);
  return decision;
}

function replace(course: Course, index: number, decision: Decision): Course {
  return withNext(course, { decisions: course.next.decisions.with(index, decision) });
}
