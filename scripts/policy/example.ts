// SPDX-License-Identifier: EUPL-1.2
/** The card that the policy page is about, made from the model alone: two bodies, every requirement met, nothing said yet. */
import type { CardSeen, FieldValue, UserId } from "../../src/core/card.ts";
import { unmet } from "../../src/core/requirements.ts";
import { noticedFirst } from "../../src/core/take-notice.ts";
import { type Body, type Model, personOf } from "../../src/model/model.ts";
import type { Requirement } from "../../src/model/rules.ts";
import type { Example, Seat } from "./situation.ts";

const self = "the service";

/** An example card as it is read at `now`. Throws when the model has no two bodies that can say yes then. */
export function exampleOf(model: Model, now: Date): Example {
  const [first, second] = seatsOf(model, now);
  if (!first || !second) throw new Error("the page needs two bodies that have an approver today");
  const seats = [first, second] as const;
  const card = cardOf(model, now, seats);
  const row = rowOf(card, now);
  return {
    accepted: {
      card: card.id,
      position: { state: "idea", phase: null },
      since: null,
      ...noticedFirst(model, { position: { state: "idea", phase: null }, trashed: false }, { card, now }),
      track: "",
      bodies: card.bodies,
      needsFunding: false,
      passage: 1,
      decisions: [],
      wish: null,
      stopAsked: false,
      undo: null,
      trashed: false,
      confidential: false,
      withheld: [],
      replacedBy: null,
      lastMessage: "",
      told: {},
      waiting: {},
      pending: [],
    },
    seen: {
      card,
      previous: card,
      rows: [],
      cardHints: [],
      rowHints: {},
      taskOwner: null,
      othersInPhase: {},
      beforeService: false,
      self,
      now,
    },
    decision: {
      gate: "",
      body: first.body,
      passage: 1,
      row: row.id,
      registration: null,
      ended: null,
      disputed: false,
      shown: row,
      settledAt: null,
    },
    row,
    seats,
  };
}

/** Bodies that decide for themselves, not because of what a card says: each with an approver in office. */
function seatsOf(model: Model, now: Date): readonly Seat[] {
  const conditional = model.gates.flatMap(({ alsoDecidedBy }) => alsoDecidedBy.map(({ body }) => body));
  return model.municipality.bodies
    .filter(({ key }) => !conditional.includes(key))
    .flatMap((body) => {
      const approver = approversOf(model, body, now)[0];
      return approver === undefined ? [] : [{ body: body.key, approver }];
    });
}

/** The users who may tick for a body on the day of `now`. */
export function approversOf(model: Model, body: Body, now: Date): readonly UserId[] {
  const today = now.toISOString().slice(0, 10);
  return body.approvers
    .filter(({ from, to }) => from <= today && (to === undefined || today <= to))
    .flatMap(({ person }) => personOf(model, person)?.notion.slice(0, 1) ?? []);
}

function cardOf(model: Model, now: Date, seats: readonly Seat[]): CardSeen {
  return {
    id: "example",
    title: "Example",
    projectId: "",
    url: "",
    createdAt: now.toISOString(),
    createdBy: "somebody",
    state: "idea",
    phase: null,
    track: null,
    bodies: seats.map(({ body }) => body),
    otherBodies: [],
    owners: ["the owner"],
    fields: fieldsThatMeet(model),
    shown: { confirmed: "", approvals: "", missing: "", wish: "", lastMessage: "", nextMeasurement: null, task: null },
    lastEditedBy: self,
    lastEditedAt: now.toISOString(),
    inTrash: false,
    elsewhere: false,
  };
}

function rowOf(card: CardSeen, now: Date): Example["row"] {
  return {
    id: "row",
    cards: [card.id],
    gate: null,
    body: null,
    passage: 1,
    title: "",
    question: "",
    status: "ready",
    box: false,
    outcome: null,
    meeting: null,
    item: "",
    minutes: null,
    remark: "",
    disqualified: [],
    registeredBy: [],
    registeredAt: null,
    createdBy: self,
    lastEditedBy: self,
    lastEditedAt: now.toISOString(),
    inTrash: false,
  };
}

/** A value in every field that a gate or the closing asks for, such that it is content. */
function fieldsThatMeet(model: Model): CardSeen["fields"] {
  const { gates } = model;
  const { closing, card } = model.rules;
  const all = [...gates.flatMap(({ requires }) => requires), ...closing.requires];
  const asked = [...all, ...(closing.fromLastPhase?.requires ?? [])];
  // Until a date, so that what is said of a parked card is the same whoever reads the page when.
  const fields = { ...Object.fromEntries(asked.map(meeting)), [card.parkedUntil.name]: "2027-06-01" };
  const [gap] = unmet(asked, fields);
  if (gap) throw new Error(`no value of ${gap.field} is content with every gate`);
  return fields;
}

function meeting(requirement: Requirement): readonly [field: string, value: FieldValue] {
  const { field, endsWith, includesAny, countAtLeast, atLeast, equals, minLength } = requirement;
  if (endsWith !== undefined) return [field, `Example${endsWith}`];
  if (includesAny !== undefined) return [field, includesAny.slice(0, 1)];
  if (countAtLeast !== undefined) return [field, Array.from({ length: countAtLeast }, (_, index) => `${index}`)];
  if (atLeast !== undefined) return [field, atLeast];
  if (equals !== undefined) return [field, equals];
  return [field, "x".repeat(Math.max(minLength ?? 0, 10))];
}
