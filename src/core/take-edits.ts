// SPDX-License-Identifier: EUPL-1.2
/** Edits of fields that the service writes: they are restored by the plan, and the person is told once (A29, case 21). */
import type { DecisionPropertyKey } from "../model/rules.ts";
import type { Decision } from "./accepted.ts";
import { persons } from "./attribution.ts";
import { type CardSeen, type Hint, type ServiceFields, serviceFields } from "./card.ts";
import { type Course, refuseOnce } from "./course.ts";
import type { DecisionSeen } from "./decision.ts";
import { list, message } from "./messages.ts";
import { cardShown, rowShown } from "./shown.ts";

/** Tells about service fields that a person changed since the service last read or wrote the card, and that are put back. */
export function takeEdits(course: Course): Course {
  const { model, seen } = course;
  const { card, now } = seen;
  const changed = serviceFields.filter((key) => changedByPerson(course, key));
  if (changed.length === 0) return course;
  const wanted = cardShown(model, course.next, card, null, now);
  // Where the task is, the plan knows.
  const edited = changed.filter((key) => key === "task" || card.shown[key] !== wanted[key]);
  if (edited.length === 0) return course;
  const names = edited.map((key) => model.rules.card[key].name);
  return tellEdited(course, "card", touching(seen.cardHints, edited), names);
}

/** The service's fields of a row, by their keys in the rules. The box has its own judge. */
const rowFields = {
  title: "title",
  card: "cards",
  gate: "gate",
  body: "body",
  question: "question",
  status: "status",
  passage: "passage",
  registeredBy: "registeredBy",
  registeredAt: "registeredAt",
} as const satisfies Partial<Record<DecisionPropertyKey, keyof DecisionSeen>>;
const rowKeys = Object.keys(rowFields) as (keyof typeof rowFields)[];

/** Tells about a row's service fields that a person changed since the service last read or wrote it. */
export function takeRowEdits(course: Course, decision: Decision, row: DecisionSeen): Course {
  const { model, seen } = course;
  const hints = seen.rowHints[row.id] ?? [];
  if (persons(hints, seen.self).length === 0) return course;
  const wanted = { ...rowShown(model, decision, course.next, seen.card), cards: [seen.card.id] };
  const edited = rowKeys.filter((key) => {
    const [was, is, mustBe] = [decision.shown, row, wanted].map((it) => it && JSON.stringify(it[rowFields[key]]));
    return was !== null && was !== is && is !== mustBe && persons(touching(hints, [key]), seen.self).length > 0;
  });
  if (edited.length === 0) return course;
  const names = edited.map((key) => model.rules.decision[key].name);
  return tellEdited(course, `row ${row.id}`, touching(hints, edited), names);
}

function tellEdited(course: Course, page: string, hints: readonly Hint[], names: readonly string[]): Course {
  const by = persons(hints, course.seen.self);
  const events = hints.map(({ event }) => event);
  return refuseOnce(
    course,
    `edit ${page} ${names.join(" ")} ${events.join(" ")}`,
    { rule: "A29", by, events },
    message("A29", { felt: list(course.model, names) }),
    { actors: by },
  );
}

function touching(hints: readonly Hint[], keys: readonly string[]): readonly Hint[] {
  return hints.filter((hint) => keys.some((key) => hint.touched.includes(key)));
}

/** The value differs from what the service knew, and an event says that a person touched it. */
function changedByPerson({ seen }: Course, key: keyof ServiceFields): boolean {
  const before: CardSeen | null = seen.previous;
  if (!before || before.shown[key] === seen.card.shown[key]) return false;
  return persons(touching(seen.cardHints, [key]), seen.self).length > 0;
}
