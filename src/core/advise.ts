// SPDX-License-Identifier: EUPL-1.2
/** Advice on what people have just done: it stands, and something is worth a thought (B11–B13). Nothing is refused here. */
import { type Phase, phaseOf } from "../model/model.ts";
import { localDate, workingDaysFrom } from "./calendar.ts";
import { type Course, say, sayAlso } from "./course.ts";
import { message } from "./messages.ts";
import { isFilled } from "./requirements.ts";
import { secretariatNames } from "./tell.ts";

/** Advises on the step that led from `before` to here; null for a card that is new. What the step said comes first. */
export function advise(course: Course, before: Course | null): Course {
  const phase = phaseNow(course);
  if (!phase) return course;
  // Back within the undo window: silent, as if it had never been away (T5u).
  if (before && course.next.passage < before.next.passage) return course;
  const from = before?.next.position;
  if (from?.state === "active" && from.phase === phase.key) return remindOfQuestion(course, phase);
  const asked = before ? askIfTooEarly(course, before) : course;
  return warnOfCrowd(asked, phase, course.tells.length > (before?.tells.length ?? 0));
}

/** The phase in which the card is being worked on. */
function phaseNow({ model, next: { position } }: Course): Phase | undefined {
  return position.state === "active" && position.phase !== null ? phaseOf(model, position.phase) : undefined;
}

/** B11: the phase now holds more cards than its limit. */
function warnOfCrowd(course: Course, { key, short, wip }: Phase, movedAloud: boolean): Course {
  const { model, seen } = course;
  const count = (seen.othersInPhase[key] ?? 0) + 1;
  if (wip === undefined || count <= wip) return course;
  const params = {
    antal: String(count),
    fase: short,
    graense: String(wip),
    sekretariat: secretariatNames(model),
  };
  const warning = message("B11", params);
  return movedAloud ? sayAlso(course, warning) : say(course, warning, { actors: [] });
}

/** B12: the card went forward sooner than its phase asks for. Going forward is always told of (B03). */
function askIfTooEarly(course: Course, { next: before }: Course): Course {
  const { model, seen, next } = course;
  if (before.position.state !== "active" || before.position.phase === null || before.since === null) return course;
  const { index, short, stayAtLeast } = phaseOf(model, before.position.phase);
  const wentOn = phaseOf(model, next.position.phase ?? "").index > index;
  if (stayAtLeast === undefined || !wentOn) return course;
  const days = workingDaysFrom(model, localDate(model, new Date(before.since)), localDate(model, seen.now));
  return days < stayAtLeast ? sayAlso(course, message("B12", { dage: String(days), fase: short })) : course;
}

/** B13: a field that belongs to a later phase has just been filled. */
function remindOfQuestion(course: Course, { short, notYet }: Phase): Course {
  const { card, previous } = course.seen;
  if (previous === null) return course;
  const filled = (notYet ?? []).filter(
    (field) => isFilled(card.fields[field] ?? null) && !isFilled(previous.fields[field] ?? null),
  );
  return filled.reduce((held, felt) => say(held, message("B13", { felt, fase: short }), { actors: [] }), course);
}
