// SPDX-License-Identifier: EUPL-1.2
/** When the effect of a project is to be measured. What P10 asks for, and what the card shows, are both decided here. */
import { addDays, addMonths, pushedBack } from "../calendar.ts";
import { dateOf, dayOf, isInLastPhase, latest, type RemindedCard, type Situation } from "./situation.ts";

type Day = Pick<Situation, "model" | "today">;

/** So many months after «I drift fra», and the date that makes, a local date. It is asked for on `due` or the first sending day after it. */
export type FollowUp = Readonly<{ months: number; due: string; askedOn: string }>;

/** The last follow-up that has come, until it has been measured; null when nothing is asked for. */
export function effectAskedFor(day: Day, card: RemindedCard): FollowUp | null {
  return toMeasure(day, card).findLast(({ askedOn }) => askedOn <= day.today) ?? null;
}

/**
 * «Næste effektmåling», a local date: the day on which P10 asked for what is still to be measured, else the first on
 * which it will. null when no measurement is ahead, or while the project is not worked on. Rest from reminders changes
 * nothing of it.
 */
export function nextMeasurement(day: Day, card: RemindedCard): string | null {
  if (card.accepted.position.state !== "active") return null;
  return (effectAskedFor(day, card) ?? toMeasure(day, card)[0])?.askedOn ?? null;
}

/**
 * The follow-ups that have not been measured, the first one first; only in the last phase: leaving it ends the follow-up
 * (T5). One that was past when the date was entered, or when the card came to the phase, is not asked for any more
 * (cases 28 and 52).
 */
function toMeasure(day: Day, card: RemindedCard): readonly FollowUp[] {
  const start = dateOf(day, card, "inOperationFrom");
  if (start === null || !isInLastPhase(day, card)) return [];
  const { effectFollowUpMonths, effectMeasuredEarly } = day.model.rules.reminders;
  const { inOperationFrom, position } = card.accepted.noticed;
  const known = dayOf(day, latest(inOperationFrom.at, position.at));
  const measured = dateOf(day, card, "lastMeasured");
  return effectFollowUpMonths
    .toSorted((a, b) => a - b)
    .map((months) => ({ months, due: addMonths(start, months) }))
    .filter(({ due }) => known <= due && (measured === null || measured < addDays(due, -effectMeasuredEarly)))
    .map((it) => ({ ...it, askedOn: pushedBack(day.model, it.due) }));
}
