// SPDX-License-Identifier: EUPL-1.2
/** From a combination to the facts that the service would read: what is accepted, the card, its rows and their events. */
import type { Accepted, Decision, Registration } from "../../src/core/accepted.ts";
import type { CardSeen, FieldValue, Hint, UserId } from "../../src/core/card.ts";
import type { Observation } from "../../src/core/course.ts";
import type { DecisionSeen } from "../../src/core/decision.ts";
import { type Judgement, judge } from "../../src/core/judge.ts";
import { type BodyKey, type Gate, type GateId, gateOutOf, type Model, STOP, trackOf } from "../../src/model/model.ts";
import type { Requirement } from "../../src/model/rules.ts";
import type { Approvals, Combination, Flaw } from "./combinations.ts";

/** A body of the example card, and somebody who may tick for it. */
export type Seat = Readonly<{ body: BodyKey; approver: UserId }>;

/** A card whose every requirement is met and whose bodies are the two seats'; the rest is changed from here. */
export type Example = Readonly<{
  accepted: Accepted;
  seen: Observation;
  decision: Decision;
  row: DecisionSeen;
  seats: readonly [Seat, Seat];
}>;

export type Situation = Readonly<{ accepted: Accepted; seen: Observation }>;

/** A combination in which the fields may lack several things at once. */
export type Circumstances = Omit<Combination, "requirements"> & Readonly<{ lacks: readonly Flaw[] }>;

const DAY_MS = 86_400_000;

/** Looks once, and again when no event is waited for any longer: what both looks say together. */
export function judgeAfterWaiting(model: Model, { accepted, seen }: Situation): Judgement {
  const first = judge(model, accepted, seen);
  const now = new Date(seen.now.getTime() + model.rules.approvals.attributionWaitMinutes * 60_000);
  const second = judge(model, first.next, { ...seen, now });
  return { ...second, log: [...first.log, ...second.log], tells: [...first.tells, ...second.tells] };
}

/** The facts of a combination. Events tell of what happened within this very look: a yes that is taken back now. */
export function situation(model: Model, example: Example, circumstances: Circumstances): Situation {
  const { from, to, track, lacks } = circumstances;
  const decisions = decisionsOf(model, example, circumstances);
  const unticked = decisions.filter((it) => it.ended === null && it.registration && !it.shown?.box);
  const rows = unticked.flatMap(({ shown }) => (shown ? [shown] : []));
  const needsFunding = lacks.includes("unfunded");
  const fields = fieldsOf(model, example, circumstances);
  const card: CardSeen = { ...example.seen.card, ...to, track, fields };
  return {
    accepted: { ...example.accepted, position: from, track, needsFunding, decisions, stopAsked: hasStop(model, from) },
    seen: { ...example.seen, card, previous: card, rows, rowHints: hintsOf(example, rows) },
  };
}

function hintsOf({ seen, seats }: Example, rows: readonly DecisionSeen[]): Observation["rowHints"] {
  const untick = (row: DecisionSeen): Hint => ({
    event: `untick ${row.id}`,
    at: seen.now.toISOString(),
    kind: "changed",
    authors: seats.filter(({ body }) => body === row.body).map(({ approver }) => ({ id: approver, kind: "person" })),
    touched: ["box"],
  });
  return Object.fromEntries(rows.map((row) => [row.id, [untick(row)]]));
}

/** Before the last phase a gated project is stopped by a decision, which a refused closing has asked for. */
function hasStop(model: Model, { state, phase }: Combination["from"]): boolean {
  return model.rules.closing.stopNeedsDecision && state !== "idea" && phase !== model.phases.at(-1)?.key;
}

/** The yeses that brought the card to its phase, and what has been said to the decisions ahead. */
function decisionsOf(model: Model, example: Example, { from, track, approvals }: Circumstances): readonly Decision[] {
  const isGated = trackOf(model, track).gated;
  const index = model.phases.findIndex(({ key }) => key === from.phase);
  const past = isGated ? model.gates.slice(0, index + 1).map(({ id }) => id) : [];
  const gate = gateOutOf(model, from.phase);
  const ahead = [...(gate ? [gate.id] : []), ...(hasStop(model, from) ? [STOP] : [])];
  const isOpen = isGated && from.state !== "closed";
  return example.seats.flatMap((seat, place) => [
    ...past.map((id) => decisionOf(example, seat, id, { registration: yes(example, seat, 60), ended: "used" })),
    ...ahead.map((id) => {
      const said = saidOf(model, example, approvals, place);
      return decisionOf(example, seat, id, { ...said, ended: isOpen ? null : "void" });
    }),
  ]);
}

type Said = Readonly<{ registration: Registration | null; box?: boolean }>;

/** What the body in the first or second seat has said. */
function saidOf(model: Model, example: Example, approvals: Approvals, place: number): Said {
  const seat = example.seats[place === 0 ? 0 : 1];
  const tooOld = (model.rules.approvals.expiresAfterMonths + 1) * 31;
  const said: Readonly<Record<Approvals, Said>> = {
    none: { registration: null },
    some: { registration: place === 0 ? yes(example, seat, 30) : null },
    all: { registration: yes(example, seat, 30) },
    withdrawn: { registration: yes(example, seat, 30), box: place !== 0 },
    expired: { registration: yes(example, seat, tooOld) },
  };
  return said[approvals];
}

function yes({ seen }: Example, { approver }: Seat, daysAgo: number): Registration {
  const at = new Date(seen.now.getTime() - daysAgo * DAY_MS).toISOString();
  return { by: [approver], at, events: [`tick ${daysAgo} days ago`], content: {} };
}

function decisionOf(
  { decision, row }: Example,
  { body, approver }: Seat,
  gate: GateId,
  { registration, ended, box = registration !== null }: Said & Pick<Decision, "ended">,
): Decision {
  const id = `row ${gate} ${body}`;
  const shown: DecisionSeen = { ...row, id, gate, body, box, lastEditedBy: approver };
  return { ...decision, gate, body, row: id, registration, ended, shown };
}

function fieldsOf(model: Model, { seen }: Example, { from, lacks }: Circumstances): CardSeen["fields"] {
  const gate = gateOutOf(model, from.phase);
  const { closing, card } = model.rules;
  const asked = [...(gate?.requires ?? []), ...closing.requires, ...(closing.fromLastPhase?.requires ?? [])];
  return {
    ...seen.card.fields,
    ...(lacks.includes("missing") && Object.fromEntries(asked.map(({ field }) => [field, null]))),
    ...(lacks.includes("contrary") && contrary(model, gate)),
    [card.needsFunding.name]: lacks.includes("unfunded"),
  };
}

/** Another value than the gate asks for, in the field that has its own words for that. */
function contrary(model: Model, gate: Gate | undefined): Readonly<Record<string, FieldValue>> {
  const requirement = gate?.requires.find(({ otherwise }) => otherwise !== undefined);
  return requirement ? { [requirement.field]: anotherValue(model, requirement) } : {};
}

function anotherValue(model: Model, { field, equals }: Requirement): FieldValue {
  const options = model.rules.fields.find(({ name }) => name === field)?.options ?? [];
  return options.find((option) => option !== equals) ?? `another than ${equals}`;
}
