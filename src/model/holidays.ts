// SPDX-License-Identifier: EUPL-1.2
/** The days on which nobody works: public holidays from the date-holidays library, and the municipality's own closed days. */
import Holidays from "date-holidays";
import { z } from "zod";

const FIRST_YEAR = 2020;
const LAST_YEAR = 2060;
const DAY_MS = 86_400_000;

/** Country codes whose holidays are known, such as DK. */
export function countries(): readonly string[] {
  return Object.keys(new Holidays().getCountries());
}

/**
 * Every closed day from 2020 to 2060 as ISO dates: the country's public holidays (no observances, no bank holidays,
 * no optional ones) and the closed days (MM-DD) of every year that has them. Weekends are not in it by themselves.
 */
export function closedDates(country: string, closedDays: readonly string[]): ReadonlySet<string> {
  const calendar = new Holidays(country, { types: ["public"] });
  const dates = new Set<string>();
  for (let year = FIRST_YEAR; year <= LAST_YEAR; year += 1) {
    for (const holiday of calendar.getHolidays(year)) addAll(dates, daysOf(holiday));
    addAll(dates, closedDays.map((day) => `${year}-${day}`).filter(exists));
  }
  return dates;
}

/** A holiday's dates; its `date` is local to the country, and some countries' holidays last several days. */
function daysOf({ date, start, end }: Readonly<{ date: string; start: Date; end: Date }>): readonly string[] {
  const first = Date.parse(`${date.slice(0, 10)}T00:00:00Z`);
  const length = Math.max(1, Math.round((end.getTime() - start.getTime()) / DAY_MS));
  return Array.from({ length }, (_, index) => new Date(first + index * DAY_MS).toISOString().slice(0, 10));
}

/** 02-29 is a date in some years only. */
function exists(date: string): boolean {
  return z.iso.date().safeParse(date).success;
}

function addAll(dates: Set<string>, more: readonly string[]): void {
  for (const date of more) dates.add(date);
}
