// SPDX-License-Identifier: EUPL-1.2
/** The days of reminders: holidays against the reference, quiet periods in both directions, hours, and the nights of the clock. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  addDays,
  addMonths,
  instantOf,
  isoWeek,
  isQuiet,
  isSendingDay,
  isSendingTime,
  isWorkingDay,
  localDate,
  localTime,
  nextMeeting,
  pulledForward,
  pushedBack,
  weekdayOf,
  weekdaysBefore,
  workingDaysAfter,
  workingDaysBefore,
  workingDaysFrom,
} from "../../../src/core/calendar.ts";
import { bodyOf, type Model } from "../../../src/model/model.ts";
import { model, UDI } from "./fixtures.ts";

const reference = join(import.meta.dirname, "../../../../shared/data/holidays-2026-2031.json");

/** Every day of the years that the reference covers. */
const days = Array.from({ length: 6 * 365 + 1 }, (_, index) => addDays("2026-01-01", index));

describe("holidays", () => {
  it.skipIf(!existsSync(reference))("are those of the reference, from 2026 to 2031", () => {
    const { holidays, closingDays } = JSON.parse(readFileSync(reference, "utf8")) as {
      holidays: Record<string, Record<string, string>>;
      closingDays: string[];
    };
    const closed = (day: string) => day in (holidays[day.slice(0, 4)] ?? {}) || closingDays.includes(day.slice(5));
    const isWeekend = (day: string) => [0, 6].includes(weekdayOf(day));
    expect(days.filter((day) => !isWorkingDay(model, day))).toEqual(days.filter((it) => isWeekend(it) || closed(it)));
  });
});

describe("the effect is asked for (check figures of DOMAIN 8)", () => {
  it.each([
    ["2026-11-30", ["2027-01-04", "2027-03-01", "2027-05-31", "2027-11-30"]],
    ["2027-01-31", ["2027-03-01", "2027-04-30", "2027-08-09", "2028-01-31"]],
    ["2028-02-29", ["2028-03-29", "2028-05-29", "2028-08-29", "2029-02-28"]], // a leap day; a year later there is none
    ["2027-05-31", ["2027-06-30", "2027-08-31", "2027-11-30", "2028-05-31"]], // 30 June is before the pause
  ] as const)("in operation %s → %s", (date, expected) => {
    const asked = model.rules.reminders.effectFollowUpMonths.map((it) => pushedBack(model, addMonths(date, it)));
    expect(asked).toEqual(expected);
  });
});

describe("what must not come too late is pulled forward, what can wait is pushed back", () => {
  it.each([
    ["2027-07-30", "2027-07-02", "2027-08-09"], // P05 of the meeting on 18 August: in the pause
    ["2027-07-02", "2027-07-02", "2027-07-02"], // the last day before it
    ["2027-07-05", "2027-07-02", "2027-08-09"], // its first day, Monday of week 27
    ["2027-08-08", "2027-07-02", "2027-08-09"], // its last, Sunday of week 31
    ["2026-12-22", "2026-12-22", "2026-12-22"],
    ["2026-12-23", "2026-12-22", "2027-01-04"], // Christmas, across the turn of the year and a weekend
    ["2026-12-24", "2026-12-22", "2027-01-04"],
    ["2027-01-02", "2026-12-22", "2027-01-04"],
    ["2027-01-03", "2026-12-22", "2027-01-04"], // a Sunday after it
    ["2027-03-24", "2027-03-24", "2027-03-24"], // Wednesday before Easter
    ["2027-03-25", "2027-03-24", "2027-03-30"], // Maundy Thursday
    ["2027-03-28", "2027-03-24", "2027-03-30"], // Easter Sunday
    ["2027-03-29", "2027-03-24", "2027-03-30"], // Easter Monday
    ["2027-05-06", "2027-05-05", "2027-05-07"], // Ascension Day
    ["2027-05-17", "2027-05-14", "2027-05-18"], // pinse
    ["2028-06-05", "2028-06-02", "2028-06-06"], // pinse, and Constitution Day on the same date
    ["2027-04-23", "2027-04-23", "2027-04-23"], // store bededag is a working day
    ["2027-11-27", "2027-11-26", "2027-11-29"], // a Saturday
    ["2028-02-29", "2028-02-29", "2028-02-29"], // a leap day
  ])("%s: %s, %s", (date, forward, back) => {
    expect([pulledForward(model, date), pushedBack(model, date)]).toEqual([forward, back]);
  });

  it("never the wrong way, and never past a day that would have done", () => {
    for (const day of days) {
      const [forward, back] = [pulledForward(model, day), pushedBack(model, day)];
      expect(forward <= day && day <= back).toBe(true);
      expect([isSendingDay(model, forward), isSendingDay(model, back)]).toEqual([true, true]);
      const between = days.filter((it) => forward < it && it < back && it !== day);
      if (!isSendingDay(model, day)) expect(between.some((it) => isSendingDay(model, it))).toBe(false);
    }
  });

  it("quiet periods without end stop the work instead of the process", () => {
    const quiet = { ...model.rules.reminders, quietPeriods: [{ from: "01-01", to: "12-31" }] };
    const always: Model = { ...model, rules: { ...model.rules, reminders: quiet } };
    expect(() => pushedBack(always, "2027-01-01")).toThrow("the quiet periods leave no day");
  });
});

it.each([
  ["2027-07-04", false],
  ["2027-07-05", true], // week 27
  ["2027-08-08", true], // week 31
  ["2027-08-09", false],
  ["2026-06-29", true], // week 27 begins in June
  ["2026-08-02", true],
  ["2026-08-03", false],
  ["2026-12-23", true],
  ["2027-01-02", true],
  ["2027-01-03", false],
])("%s is quiet: %s", (date, expected) => expect(isQuiet(model, date)).toBe(expected));

it.each([
  ["2026-12-31", "2026-W53"], // a year of 53 weeks
  ["2027-01-03", "2026-W53"],
  ["2027-01-04", "2027-W01"],
  ["2029-12-31", "2030-W01"], // the last Monday of a year may belong to the next
  ["2028-02-29", "2028-W09"],
])("%s is in %s", (date, week) => expect(isoWeek(date)).toBe(week));

describe("weekdays before a meeting, Saturday counted", () => {
  it.each([
    ["2026-12-16", 4, "2026-12-11"], // Wednesday: Tuesday, Monday, Saturday, Friday
    ["2027-01-06", 4, "2026-12-30"], // neither the Sunday, New Year's Day nor New Year's Eve
    ["2027-03-31", 4, "2027-03-23"], // neither Easter nor its Sunday
    ["2027-05-18", 4, "2027-05-12"], // Saturday, Friday, Thursday, Wednesday: pinse is left out
    ["2027-01-13", 0, "2027-01-13"],
  ])("%s and %d: %s", (meeting, count, agenda) => expect(weekdaysBefore(model, meeting, count)).toBe(agenda));
});

describe("working days counted on and back", () => {
  it.each([
    ["2026-12-21", 8, "2027-01-06"], // as the deadline is counted back
    ["2027-03-16", 8, "2027-03-31"],
    ["2027-03-24", 1, "2027-03-30"],
    ["2027-01-29", 1, "2027-02-01"],
    ["2028-02-28", 1, "2028-02-29"],
  ])("%s and %d: %s", (date, count, later) => {
    expect(workingDaysAfter(model, date, count)).toBe(later);
    expect(workingDaysBefore(model, later, count)).toBe(date);
    expect(workingDaysFrom(model, date, later)).toBe(count);
  });
});

describe("a local time is an instant, also when the clock is changed", () => {
  it.each([
    ["2027-01-15", "08:30", "2027-01-15T07:30:00.000Z"],
    ["2027-07-15", "08:30", "2027-07-15T06:30:00.000Z"],
    ["2027-03-27", "08:30", "2027-03-27T07:30:00.000Z"],
    ["2027-03-28", "00:30", "2027-03-27T23:30:00.000Z"], // the night in which an hour is skipped
    ["2027-03-28", "01:59", "2027-03-28T00:59:00.000Z"],
    ["2027-03-28", "02:30", "2027-03-28T01:30:00.000Z"], // there is no such time: 03:30
    ["2027-03-28", "03:00", "2027-03-28T01:00:00.000Z"],
    ["2027-03-28", "08:30", "2027-03-28T06:30:00.000Z"],
    ["2027-03-29", "08:30", "2027-03-29T06:30:00.000Z"],
    ["2027-10-30", "08:30", "2027-10-30T06:30:00.000Z"],
    ["2027-10-31", "01:30", "2027-10-30T23:30:00.000Z"], // the night in which an hour comes twice
    ["2027-10-31", "02:30", "2027-10-31T00:30:00.000Z"], // the first of the two
    ["2027-10-31", "03:00", "2027-10-31T02:00:00.000Z"],
    ["2027-10-31", "08:30", "2027-10-31T07:30:00.000Z"],
    ["2026-12-31", "23:59", "2026-12-31T22:59:00.000Z"],
    ["2028-02-29", "00:00", "2028-02-28T23:00:00.000Z"],
  ])("%s %s is %s", (date, time, instant) => expect(instantOf(model, date, time).toISOString()).toBe(instant));

  it("and back again on every day", () => {
    for (const day of days) {
      const instant = instantOf(model, day, "08:30");
      expect([localDate(model, instant), localTime(model, instant)]).toEqual([day, "08:30"]);
    }
  });
});

it.each([
  ["2026-11-23", "08:29", false],
  ["2026-11-23", "08:30", true],
  ["2026-11-23", "14:59", true],
  ["2026-11-23", "15:00", false],
  ["2026-11-27", "13:29", true], // a Friday
  ["2026-11-27", "13:30", false],
  ["2026-11-28", "10:00", false], // a Saturday
  ["2026-12-24", "10:00", false],
  ["2027-07-15", "10:00", false], // a working day in the pause
])("on %s at %s messages go out: %s", (date, time, expected) => {
  expect(isSendingTime(model, instantOf(model, date, time))).toBe(expected);
});

it("a year without meetings has no next meeting, and no deadline", () => {
  const body = { ...bodyOf(model, UDI), meetings: ["2026-12-16"] };
  expect(nextMeeting(model, body, "2027-01-04")).toBe(null);
});
