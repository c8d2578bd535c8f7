// SPDX-License-Identifier: EUPL-1.2
/** Days as a municipality counts them. Dates are local ISO dates (2026-12-21); instants are ISO with time. */
import type { Body, Model } from "../model/model.ts";
import { Bug } from "./errors.ts";

const DAY_MS = 86_400_000;

/** The local date of an instant in the model's time zone. */
export function localDate(model: Model, instant: Date): string {
  return formatsIn(model.rules.timeZone).day.format(instant);
}

/** The local time of an instant in the model's time zone, as 08:30. */
export function localTime(model: Model, instant: Date): string {
  return formatsIn(model.rules.timeZone).time.format(instant);
}

/**
 * The instant of a local date and time (08:30). A time that the clock skips in spring is taken to be as much later; of
 * one that comes twice in autumn it is the first.
 */
export function instantOf(model: Model, date: string, time: string): Date {
  const asUtc = Date.parse(`${date}T${time}:00Z`);
  const [before, after] = [asUtc - DAY_MS, asUtc + DAY_MS].map((at) => offsetAt(model, at));
  const candidates = [before, after].map((offset) => new Date(asUtc - (offset ?? 0)));
  const isRight = (it: Date) => localDate(model, it) === date && localTime(model, it) === time;
  return candidates.find(isRight) ?? new Date(asUtc - (before ?? 0));
}

/** How far local time is ahead of UTC at an instant, in milliseconds. */
function offsetAt(model: Model, instant: number): number {
  const at = new Date(instant - (instant % 60_000));
  return Date.parse(`${localDate(model, at)}T${localTime(model, at)}:00Z`) - at.getTime();
}

type Formats = Readonly<{ day: Intl.DateTimeFormat; time: Intl.DateTimeFormat }>;
/** Making a format costs a hundred times what using it does: each is made once. */
const formats = new Map<string, Formats>();

function formatsIn(timeZone: string): Formats {
  const made = formats.get(timeZone) ?? {
    day: new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" }),
    time: new Intl.DateTimeFormat("en-GB", { timeZone, timeStyle: "short" }),
  };
  formats.set(timeZone, made);
  return made;
}

/** The date `days` calendar days after `date`; before it when negative. */
export function addDays(date: string, days: number): string {
  return dateOfDay(dayNumber(date) + days);
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
  return isWeekday(date) && !model.closedDates.has(date);
}

/** The date `count` working days before `date`; the date itself is not counted. */
export function workingDaysBefore(model: Model, date: string, count: number): string {
  return count <= 0 ? date : workingDay(model, workingDaysUntil(model, dayNumber(date) - 1) - count + 1);
}

/** The date `count` working days after `date`; the date itself is not counted. */
export function workingDaysAfter(model: Model, date: string, count: number): string {
  return count <= 0 ? date : workingDay(model, workingDaysUntil(model, dayNumber(date)) + count);
}

/** How many working days have gone by on `to` since `from`: of the days after `from`, `to` included. */
export function workingDaysFrom(model: Model, from: string, to: string): number {
  return from >= to ? 0 : workingDaysUntil(model, dayNumber(to)) - workingDaysUntil(model, dayNumber(from));
}

/** The working day of which so many have gone by when it ends. What is still to go is a lower bound of the days it takes. */
function workingDay(model: Model, ordinal: number): string {
  let day = Math.floor((ordinal / WORKDAYS) * WEEK) - WEEK;
  for (let left = 1; left > 0; day += left) left = ordinal - workingDaysUntil(model, day);
  return dateOfDay(day);
}

const [WEEK, WORKDAYS] = [7, 5];
/** 1 January 1970 was a Thursday: three days after a Monday. */
const FIRST_MONDAY = -3;

/** How many working days there were from the first Monday to the end of a day. Counted in weeks, for it is asked for every card. */
function workingDaysUntil({ closedDates }: Model, day: number): number {
  const days = day - FIRST_MONDAY;
  const weeks = Math.floor(days / WEEK);
  return weeks * WORKDAYS + Math.min(days - weeks * WEEK + 1, WORKDAYS) - closedUntil(closedDates, day);
}

/** How many closed days that are no weekend there are until the end of a day. */
function closedUntil(closedDates: ReadonlySet<string>, day: number): number {
  const closed =
    closedWeekdays.get(closedDates) ??
    [...closedDates]
      .filter(isWeekday)
      .map(dayNumber)
      .sort((a, b) => a - b);
  closedWeekdays.set(closedDates, closed);
  let [low, high] = [0, closed.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((closed[middle] ?? 0) <= day) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Sorted once for each calendar. */
const closedWeekdays = new WeakMap<ReadonlySet<string>, readonly number[]>();

function dayNumber(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / DAY_MS;
}

function dateOfDay(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/**
 * The date `count` weekdays before `date`, as the law on the agenda counts them: Saturday is one. Closed days count as
 * holidays: too early does no harm.
 */
export function weekdaysBefore(model: Model, date: string, count: number): string {
  let day = date;
  for (let left = count; left > 0; ) {
    day = addDays(day, -1);
    if (weekdayOf(day) !== 0 && !model.closedDates.has(day)) left -= 1;
  }
  return day;
}

function isWeekday(date: string): boolean {
  return weekdayOf(date) !== 0 && weekdayOf(date) !== 6;
}

/** Sunday 0 to Saturday 6. */
export function weekdayOf(date: string): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay();
}

/** The ISO week of a date, as 2026-W53: its year is the one that its Thursday lies in. */
export function isoWeek(date: string): string {
  const thursday = addDays(date, 4 - (weekdayOf(date) || 7));
  const week = Math.floor((Date.parse(thursday) - Date.parse(`${thursday.slice(0, 4)}-01-01`)) / DAY_MS / 7) + 1;
  return `${thursday.slice(0, 4)}-W${String(week).padStart(2, "0")}`;
}

/** Whether reminders rest on the date: the summer pause, Christmas. A period may cross the turn of the year. */
export function isQuiet({ rules }: Model, date: string): boolean {
  const [week, day] = [Number(isoWeek(date).slice(-2)), date.slice(5)];
  return rules.reminders.quietPeriods.some((period) => {
    if ("isoWeeks" in period) return isWithin(week, period.isoWeeks[0], period.isoWeeks[1]);
    return isWithin(day, period.from, period.to);
  });
}

/** From and to included; one that ends before it begins goes past the turn of the year. */
function isWithin<T extends number | string>(it: T, from: T, to: T): boolean {
  return from <= to ? from <= it && it <= to : from <= it || it <= to;
}

/** Whether people are sent anything on the date: a working day outside the quiet periods. */
export function isSendingDay(model: Model, date: string): boolean {
  return isWorkingDay(model, date) && !isQuiet(model, date);
}

/** What must not come too late: the date itself, or the last day before it on which people are sent anything. */
export function pulledForward(model: Model, date: string): string {
  return nearestSendingDay(model, date, -1);
}

/** What can wait: the date itself, or the first day after it on which people are sent anything. */
export function pushedBack(model: Model, date: string): string {
  return nearestSendingDay(model, date, 1);
}

function nearestSendingDay(model: Model, date: string, step: 1 | -1): string {
  for (let away = 0; away <= 366; away += 1) {
    const day = addDays(date, away * step);
    if (isSendingDay(model, day)) return day;
  }
  throw new Bug(`the quiet periods leave no day for a year from ${date}`);
}

/** Whether messages may go out at the instant: on a sending day, from the sending hour to the end of the office's day. */
export function isSendingTime(model: Model, instant: Date): boolean {
  const { sendAt, sendUntil, sendUntilOnFriday } = model.rules.reminders;
  const [date, time] = [localDate(model, instant), localTime(model, instant)];
  const until = weekdayOf(date) === 5 ? sendUntilOnFriday : sendUntil;
  return isSendingDay(model, date) && sendAt <= time && time < until;
}

/** A meeting, and the last day on which a case for it can be submitted. */
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
