// SPDX-License-Identifier: EUPL-1.2
/** Edits of fields that the service writes: they are restored by the plan, and the person is told once (A29). */
import { persons } from "./attribution.ts";
import type { CardSeen, ServiceFields } from "./card.ts";
import { type Course, refuseOnce } from "./course.ts";
import { list, message } from "./messages.ts";

const serviceFields = [
  "confirmed",
  "approvals",
  "missing",
  "wish",
  "lastMessage",
  "task",
] as const satisfies readonly (keyof ServiceFields)[];

/** Tells about service fields that a person changed since the service last read or wrote the card. */
export function takeEdits(course: Course): Course {
  const { model, seen } = course;
  const edited = serviceFields.filter((key) => changedByPerson(course, key));
  if (edited.length === 0) return course;
  const hints = seen.cardHints.filter((hint) => edited.some((key) => hint.touched.includes(key)));
  const by = persons(hints, seen.self);
  const felt = list(
    model,
    edited.map((key) => model.rules.card[key].name),
  );
  const events = hints.map(({ event }) => event);
  return refuseOnce(
    course,
    `edit ${edited.join(" ")} ${events.join(" ")}`,
    { rule: "A29", by, events },
    message("A29", { felt }),
    { actors: by },
  );
}

/** The value differs from what the service knew, and an event says that a person touched it. */
function changedByPerson({ seen }: Course, key: keyof ServiceFields): boolean {
  const before: CardSeen | null = seen.previous;
  if (!before || before.shown[key] === seen.card.shown[key]) return false;
  const touching = seen.cardHints.filter((hint) => hint.touched.includes(key));
  return persons(touching, seen.self).length > 0;
}
