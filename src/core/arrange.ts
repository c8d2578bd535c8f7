// SPDX-License-Identifier: EUPL-1.2
/** The decisions a card must have where it stands: begun, ended, expired, and held to what was read (DOMAIN 5.1, 5.5–5.9). */
import { type BodyKey, bodyOf, type GateId, gateOutOf, type Model, STOP } from "../model/model.ts";
import type { Accepted, Decision } from "./accepted.ts";
import { localDate } from "./calendar.ts";
import { type Course, isGated, note, say, withNext } from "./course.ts";
import { countingFields, isExpired, openDecision, requiredBodies, requiredBodiesOf } from "./gate.ts";
import { longDate, message } from "./messages.ts";
import { gateName } from "./take-ticks.ts";
import { secretariatNames } from "./tell.ts";

/** Ends the decisions that no longer belong to the card and begins the ones that do. */
export function arrange(course: Course): Course {
  const wanted = wantedDecisions(course);
  const isWanted = (it: Decision) => wanted.some(({ gate, body }) => gate === it.gate && body === it.body);
  const kept = course.next.decisions.map((it): Decision => (it.ended || isWanted(it) ? it : { ...it, ended: "void" }));
  const begun = wanted
    .filter(({ gate, body }) => !openDecision(kept, gate, body))
    .map(({ gate, body }) => begin(course.next, gate, body));
  return withNext(course, {
    decisions: [...kept.filter((it) => it.row !== null || it.registration !== null || it.ended === null), ...begun],
  });
}

function begin(next: Accepted, gate: GateId, body: BodyKey): Decision {
  return {
    gate,
    body,
    passage: next.passage,
    row: null,
    registration: null,
    ended: null,
    disputed: false,
    shown: null,
    settledAt: null,
  };
}

/** One per body for the gate ahead, and per body for the stop decision once it has been asked for. */
function wantedDecisions(course: Course): readonly Pick<Decision, "gate" | "body">[] {
  const { model, seen, next } = course;
  if (!isGated(course) || next.position.state === "closed") return [];
  const gate = gateOutOf(model, next.position.phase);
  const ahead = gate ? requiredBodiesOf(model, next, seen.card.fields).map((body) => ({ gate: gate.id, body })) : [];
  const stop = next.stopAsked ? requiredBodies(model, null, next.bodies, {}).map((body) => ({ gate: STOP, body })) : [];
  return [...ahead, ...stop];
}

/** A yes older than `expiresAfterMonths` ends; `arrange` begins a new decision in its place (A27). */
export function expire(course: Course): Course {
  const { model, seen } = course;
  return course.next.decisions.reduce((held, decision, index) => {
    if (!isExpired(model, decision, seen.now) || !decision.registration) return held;
    const { body, registration } = decision;
    const ended = withNext(held, { decisions: held.next.decisions.with(index, { ...decision, ended: "expired" }) });
    const params = {
      dato: longDate(model, localDate(model, new Date(registration.at))),
      maaneder: months(model, model.rules.approvals.expiresAfterMonths),
      udvalg: bodyOf(model, body).name,
    };
    return say(note(ended, { rule: "A27", by: [], events: [], decision }), message("A27", params), {
      actors: [],
      bodies: [body],
    });
  }, course);
}

/** What was decided is what was read: a required field changed between the yes and the move (DOMAIN 5.9). */
export function holdToContent(course: Course): Course {
  const mode = course.model.rules.approvals.onContentChange;
  if (mode === "ignore") return course;
  return course.next.decisions.reduce((held, decision, index) => {
    const field = changedField(course, decision);
    if (field === undefined || !decision.registration) return held;
    const content = Object.fromEntries(
      Object.keys(decision.registration.content).map((name) => [name, countingIn(course)[name] ?? null]),
    );
    const registration = mode === "void" ? null : { ...decision.registration, content };
    return sayContentChanged(
      withNext(held, { decisions: held.next.decisions.with(index, { ...decision, registration }) }),
      decision,
      field,
    );
  }, course);
}

function changedField(course: Course, { ended, registration }: Decision): string | undefined {
  if (ended || !registration) return undefined;
  const fields = countingIn(course);
  return Object.entries(registration.content).find(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(fields[name] ?? null),
  )?.[0];
}

/** A guarded field that is put back was never changed. */
function countingIn({ model, seen, next }: Course) {
  return countingFields(model, next, seen.card.fields);
}

function sayContentChanged(course: Course, decision: Decision, felt: string): Course {
  const { model } = course;
  const { gate, body } = decision;
  const names = { felt, udvalg: bodyOf(model, body).name, til: gateName(model, gate) };
  if (model.rules.approvals.onContentChange === "void") {
    return say(note(course, { rule: "B27", by: [], events: [], decision }), message("B27", names), {
      actors: [],
      bodies: [body],
    });
  }
  const sekretariat = secretariatNames(model);
  return say(note(course, { rule: "B26", by: [], events: [], decision }), message("B26", { ...names, sekretariat }), {
    actors: [],
    bodies: [body],
  });
}

function months(model: Model, count: number): string {
  const unit = new Intl.NumberFormat(model.rules.language, { style: "unit", unit: "month", unitDisplay: "long" });
  return unit.format(count);
}
