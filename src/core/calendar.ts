// SPDX-License-Identifier: EUPL-1.2
/** Days as a municipality counts them. Dates are local ISO dates (2026-12-21); instants are ISO with time. */
import type { Body, Model } from "../model/model.ts";

const DAY_MS = 86_400_000;

/** The local date of an instant in the model's time zone. */
export function localDate(model: Model, instant: Date): string {
  return dayIn(model.rules.timeZone).format(instant);
}

/** Making a format costs a hundred times what using it does: each is made once. */
const days = new Map<string, Intl.DateTimeFormat>();

function dayIn(timeZone: string): Intl.DateTimeFormat {
  const day = days.get(timeZone) ?? new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" });
  days.set(timeZone, day);
  return day;
}

/** The date `days` calendar days after `date`; before it when negative. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** The same day `months` later; a day that the month does not have becomes its last (31 January + 1 = 28 February). */
export function addMonths(date: string, months: number): string {
  const [year = 0, month = 1, day = 1] = date.split("-").map(Number);
  const first = new Date(Date.UTC(year, month - 1 + months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  return new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth(), Math.min(day, last)))
    .toISOString()
    .slice(0, 10);
}

/** Monday to Friday, no public holiday, no closed day. */
export function isWorkingDay(model: Model, date: string): boolean {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !model.closedDates.has(date);
}

/** The date `count` working days before `date`; the date itself is not counted. */
export function workingDaysBefore(model: Model, date: string, count: number): string {
  let day = date;
  for (let left = count; left > 0; ) {
    day = addDays(day, -1);
    if (isWorkingDay(model, day)) left -= 1;
  }
  return day;
}

/** How many working days have gone by on `to` since `from`: of the days after `from`, `to` included. */
export function workingDaysFrom(model: Model, from: string, to: string): number {
  let count = 0;
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) if (isWorkingDay(model, day)) count += 1;
  return count;
}

export type Meeting = Readonly<{ date: string; deadline: string }>;

/** The body's first meeting whose submission deadline has not passed on `today`; null when none has been entered. */
export function nextMeeting(model: Model, body: Body, today: string): Meeting | null {
  // A deadline is never after its meeting: what has been held need not be looked at.
  for (const date of body.meetings.filter((it) => it >= today).sort()) {
    const deadline = workingDaysBefore(model, date, body.deadlineWorkingDays);
    if (deadline >= today) return { date, deadline };
  }
  return null;
}
