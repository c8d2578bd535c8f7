// SPDX-License-Identifier: EUPL-1.2
/**
 * The days of reminders, as a table that anyone can check with a calendar at hand: each row says what it is about, in
 * which year, and the day that comes out of it. Below it, what holds on every day, and the public reference of holidays.
 */
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

const { reminders } = model.rules;
const udi = bodyOf(model, UDI);

/** What the rows ask. Dates are local. */
const isOpen = (date: string) => isWorkingDay(model, date);
const sent = (date: string) => isSendingDay(model, date);
/** The last day on which a case for the meeting can be submitted. */
const deadline = (meeting: string) => workingDaysBefore(model, meeting, udi.deadlineWorkingDays);
/** When the owner is told that the case is ready (P05), or what is missing (P04), for the meeting's deadline. */
const ready = (meeting: string) =>
  pulledForward(model, workingDaysBefore(model, deadline(meeting), reminders.beforeDeadline.ready));
const missing = (meeting: string) =>
  pulledForward(model, workingDaysBefore(model, deadline(meeting), reminders.beforeDeadline.missing));
/** When the agenda is out (P06), and when it is asked what was decided (P07). */
const agenda = (meeting: string) => pushedBack(model, weekdaysBefore(model, meeting, reminders.agenda));
const undecided = (meeting: string) =>
  pushedBack(model, workingDaysAfter(model, meeting, reminders.afterMeeting.first));
/** When the effect is asked for (P10). */
const effect = (inOperation: string) =>
  reminders.effectFollowUpMonths.map((it) => pushedBack(model, addMonths(inOperation, it)));
const before = (date: string) => pulledForward(model, date);
const after = (date: string) => pushedBack(model, date);
/** Whether messages go out at a local time. */
const goesOut = (date: string, time: string) => isSendingTime(model, instantOf(model, date, time));
/** The instant of a local time, in UTC. */
const utc = (date: string, time: string) => instantOf(model, date, time).toISOString().slice(0, 16);

type Row = readonly [says: string, is: unknown, expected: unknown];

const rows: Readonly<Record<string, readonly Row[]>> = {
  "the check figures of DOMAIN 8": [
    ["a meeting on 6 January 2027 has its deadline on 21 December", deadline("2027-01-06"), "2026-12-21"],
    ["a meeting on 31 March 2027, just after Easter, on 16 March", deadline("2027-03-31"), "2027-03-16"],
    ["a meeting on 18 August 2027, just after the pause, on 6 August", deadline("2027-08-18"), "2027-08-06"],
    ["five working days before that is 30 July", workingDaysBefore(model, "2027-08-06", 5), "2027-07-30"],
    ["which lies in the pause: the owner is told on 2 July", ready("2027-08-18"), "2027-07-02"],
    [
      "in operation on 30 November 2026: asked after 1, 3, 6 and 12 months",
      effect("2026-11-30"),
      ["2027-01-04", "2027-03-01", "2027-05-31", "2027-11-30"],
    ],
    [
      "in operation on 31 January 2027: the end of February, of April, after the pause, and a year on",
      effect("2027-01-31"),
      ["2027-03-01", "2027-04-30", "2027-08-09", "2028-01-31"],
    ],
  ],
  "working days": [
    ["Maundy Thursday 2027 is closed", isOpen("2027-03-25"), false],
    ["Good Friday 2027 is closed", isOpen("2027-03-26"), false],
    ["Easter Monday 2027 is closed", isOpen("2027-03-29"), false],
    ["the Wednesday before Easter is open", isOpen("2027-03-24"), true],
    ["store bededag 2027 (23 April) is open: no holiday since 2024", isOpen("2027-04-23"), true],
    ["store bededag 2023 (5 May) was closed", isOpen("2023-05-05"), false],
    ["Ascension Day 2027 (6 May) is closed", isOpen("2027-05-06"), false],
    ["the Friday after it is open, unless the municipality closes it", isOpen("2027-05-07"), true],
    ["Whit Monday 2027 (17 May) is closed", isOpen("2027-05-17"), false],
    ["1 May 2028, a Monday, is open", isOpen("2028-05-01"), true],
    ["Constitution Day 2026, a Friday, is open", isOpen("2026-06-05"), true],
    ["Constitution Day 2028 is Whit Monday too: closed", isOpen("2028-06-05"), false],
    ["24 December 2026, a Thursday, is closed by the municipality", isOpen("2026-12-24"), false],
    ["31 December 2026, a Thursday, is closed by the municipality", isOpen("2026-12-31"), false],
    ["30 December 2026 is open, though nothing is sent", isOpen("2026-12-30"), true],
    ["29 February 2028, a Tuesday, is open", isOpen("2028-02-29"), true],
    ["eight working days after 21 December 2026 is 6 January", workingDaysAfter(model, "2026-12-21", 8), "2027-01-06"],
    ["one after the Wednesday before Easter is Tuesday", workingDaysAfter(model, "2027-03-24", 1), "2027-03-30"],
    ["one after Friday 29 January is Monday", workingDaysAfter(model, "2027-01-29", 1), "2027-02-01"],
    ["one after 28 February 2028 is the 29th", workingDaysAfter(model, "2028-02-28", 1), "2028-02-29"],
    ["between Christmas Eve and New Year 2026 lie three", workingDaysFrom(model, "2026-12-24", "2026-12-31"), 3],
  ],
  "deadlines go out before what is closed or quiet": [
    ["on Maundy Thursday 2027: the Wednesday", before("2027-03-25"), "2027-03-24"],
    ["on Easter Monday 2027: the Wednesday as well", before("2027-03-29"), "2027-03-24"],
    ["on Ascension Day 2027: the Wednesday", before("2027-05-06"), "2027-05-05"],
    ["on Whit Monday 2027: the Friday", before("2027-05-17"), "2027-05-14"],
    ["on Saturday 27 November 2027: the Friday", before("2027-11-27"), "2027-11-26"],
    ["on Christmas Eve 2026: the 22nd, the last day before the pause", before("2026-12-24"), "2026-12-22"],
    ["on 2 January 2027, within the pause: the 22nd too", before("2027-01-02"), "2026-12-22"],
    ["on Sunday 3 January, after it: still the 22nd, no office is open between", before("2027-01-03"), "2026-12-22"],
    ["in week 27 of 2027, from 5 July: 2 July", before("2027-07-05"), "2027-07-02"],
    ["on the last day of week 31, Sunday 8 August: 2 July", before("2027-08-08"), "2027-07-02"],
    ["on 2 July itself: that day", before("2027-07-02"), "2027-07-02"],
    ["what is missing for 6 January 2027 is told on 30 November", missing("2027-01-06"), "2026-11-30"],
    ["that the case is ready for it, on 14 December", ready("2027-01-06"), "2026-12-14"],
    ["for the meeting after Easter 2027, on 9 March", ready("2027-03-31"), "2027-03-09"],
    ["a meeting on 12 January 2028 has its deadline on 30 December", deadline("2028-01-12"), "2027-12-30"],
    ["and is told of on the 22nd, the fifth working day before it", ready("2028-01-12"), "2027-12-22"],
    ["a meeting on 4 August 2027 has its deadline in the pause, on 23 July", deadline("2027-08-04"), "2027-07-23"],
    ["told of before the pause", ready("2027-08-04"), "2027-07-02"],
    ["a meeting on Tuesday 7 March 2028: eight back over the leap day", deadline("2028-03-07"), "2028-02-24"],
  ],
  "what can wait goes out after it": [
    ["on Good Friday 2027: the Tuesday", after("2027-03-26"), "2027-03-30"],
    ["on Ascension Day 2027: the Friday", after("2027-05-06"), "2027-05-07"],
    ["on Whit Sunday 2027: the Tuesday", after("2027-05-16"), "2027-05-18"],
    ["on Constitution Day and Whit Monday 2028: the Tuesday", after("2028-06-05"), "2028-06-06"],
    ["on a Saturday: the Monday", after("2027-11-27"), "2027-11-29"],
    ["on 23 December 2026, the first quiet day: Monday 4 January", after("2026-12-23"), "2027-01-04"],
    ["on New Year's Eve 2028: Wednesday 3 January 2029", after("2028-12-31"), "2029-01-03"],
    ["in week 27 of 2026, which begins in June: 3 August", after("2026-06-29"), "2026-08-03"],
    ["in week 31 of 2027: 9 August", after("2027-08-02"), "2027-08-09"],
    ["on 29 February 2028, an ordinary Tuesday: that day", after("2028-02-29"), "2028-02-29"],
    ["on store bededag 2027: that day", after("2027-04-23"), "2027-04-23"],
  ],
  "quiet periods": [
    ["4 July 2027, a Sunday in week 26, is not", isQuiet(model, "2027-07-04"), false],
    ["5 July 2027, the Monday of week 27, is", isQuiet(model, "2027-07-05"), true],
    ["8 August 2027, the Sunday of week 31, is", isQuiet(model, "2027-08-08"), true],
    ["9 August 2027 is not", isQuiet(model, "2027-08-09"), false],
    ["22 December is not, 23 is", [isQuiet(model, "2026-12-22"), isQuiet(model, "2026-12-23")], [false, true]],
    ["2 January is, 3 is not", [isQuiet(model, "2027-01-02"), isQuiet(model, "2027-01-03")], [true, false]],
    ["a working day in the pause: nothing is sent", [isOpen("2027-07-15"), sent("2027-07-15")], [true, false]],
    ["31 December 2026 lies in week 53", isoWeek("2026-12-31"), "2026-W53"],
    ["31 December 2029, a Monday, in week 1 of 2030", isoWeek("2029-12-31"), "2030-W01"],
  ],
  "months are counted by date": [
    ["a month after 31 January 2027 is 28 February", addMonths("2027-01-31", 1), "2027-02-28"],
    ["a month after 31 January 2028, a leap year, is the 29th", addMonths("2028-01-31", 1), "2028-02-29"],
    ["three months after 30 November 2027 is 29 February 2028", addMonths("2027-11-30", 3), "2028-02-29"],
    ["a year after 29 February 2028 is 28 February 2029", addMonths("2028-02-29", 12), "2029-02-28"],
    ["three months before 1 January 2027 is 1 October 2026", addMonths("2027-01-01", -3), "2026-10-01"],
    [
      "in operation on the leap day: asked on the 29th of March, May and August, and a year on",
      effect("2028-02-29"),
      ["2028-03-29", "2028-05-29", "2028-08-29", "2029-02-28"],
    ],
    [
      "in operation on 31 May 2027: 30 June is before the pause and stays",
      effect("2027-05-31"),
      ["2027-06-30", "2027-08-31", "2027-11-30", "2028-05-31"],
    ],
  ],
  "a meeting": [
    [
      "on Wednesday 16 December 2026: agenda out on Friday the 11th, Saturday counted",
      agenda("2026-12-16"),
      "2026-12-11",
    ],
    ["on 6 January 2027: out on 30 December, but told of on 4 January", agenda("2027-01-06"), "2027-01-04"],
    ["on 31 March 2027: out on the Tuesday before Easter", agenda("2027-03-31"), "2027-03-23"],
    ["on 18 May 2027: out on the Wednesday before Whitsun", agenda("2027-05-18"), "2027-05-12"],
    ["on 16 December 2026: what was decided is asked on the 18th", undecided("2026-12-16"), "2026-12-18"],
    ["on 22 December 2026: asked after New Year", undecided("2026-12-22"), "2027-01-04"],
    ["on 24 March 2027: asked after Easter", undecided("2027-03-24"), "2027-03-31"],
    ["on its deadline it is still the next one", nextMeeting(model, udi, deadline("2027-01-13"))?.date, "2027-01-13"],
    [
      "the day after, the one after it is",
      nextMeeting(model, udi, addDays(deadline("2027-01-13"), 1))?.date,
      "2027-02-10",
    ],
    ["in a year without meetings there is none, and no deadline", nextMeeting(model, udi, "2027-03-01"), null],
  ],
  "sending hours": [
    ["Monday 23 November 2026 at 8.29: not yet", goesOut("2026-11-23", "08:29"), false],
    ["at 8.30: yes", goesOut("2026-11-23", "08:30"), true],
    ["at 14.59: yes", goesOut("2026-11-23", "14:59"), true],
    ["at 15.00: no more", goesOut("2026-11-23", "15:00"), false],
    ["Friday at 13.29: yes", goesOut("2026-11-27", "13:29"), true],
    ["Friday at 13.30: no more", goesOut("2026-11-27", "13:30"), false],
    ["a Saturday: no", goesOut("2026-11-28", "10:00"), false],
    ["Christmas Eve: no", goesOut("2026-12-24", "10:00"), false],
    ["a working day in the summer pause: no", goesOut("2027-07-15", "10:00"), false],
    ["the Tuesday after the clock went forward and Easter, at 8.30: yes", goesOut("2027-03-30", "08:30"), true],
  ],
  "the clock is changed": [
    ["8.30 in winter is 7.30 UTC", utc("2027-01-15", "08:30"), "2027-01-15T07:30"],
    ["8.30 in summer is 6.30 UTC", utc("2027-07-15", "08:30"), "2027-07-15T06:30"],
    ["the day before the night of 28 March 2027: still winter", utc("2027-03-27", "08:30"), "2027-03-27T07:30"],
    ["in that night 1.59 is winter", utc("2027-03-28", "01:59"), "2027-03-28T00:59"],
    ["half past two does not exist: it is half past three", utc("2027-03-28", "02:30"), "2027-03-28T01:30"],
    ["three o'clock comes a minute after 1.59", utc("2027-03-28", "03:00"), "2027-03-28T01:00"],
    ["and 8.30 that morning is summer", utc("2027-03-28", "08:30"), "2027-03-28T06:30"],
    ["the day before the night of 31 October 2027: still summer", utc("2027-10-30", "08:30"), "2027-10-30T06:30"],
    ["in that night 1.30 is summer", utc("2027-10-31", "01:30"), "2027-10-30T23:30"],
    ["half past two comes twice: the first is meant", utc("2027-10-31", "02:30"), "2027-10-31T00:30"],
    ["three o'clock is winter", utc("2027-10-31", "03:00"), "2027-10-31T02:00"],
    ["and 8.30 that morning too", utc("2027-10-31", "08:30"), "2027-10-31T07:30"],
    ["a minute before New Year 2027", utc("2026-12-31", "23:59"), "2026-12-31T22:59"],
    ["the leap day begins", utc("2028-02-29", "00:00"), "2028-02-28T23:00"],
  ],
};

describe.each(Object.entries(rows))("%s", (_what, table) => {
  it.each(table)("%s", (_says, is, expected) => expect(is).toEqual(expected));
});

const reference = join(import.meta.dirname, "../../../../shared/data/holidays-2026-2031.json");
const isThere = existsSync(reference);

/** Every day of the years that the reference covers. */
const days = Array.from({ length: 6 * 365 + 1 }, (_, index) => addDays("2026-01-01", index));

it.skipIf(!isThere)(
  `from 2026 to 2031 the open days are those of the reference${isThere ? "" : ": skipped, ../shared/data/holidays-2026-2031.json is not here"}`,
  () => {
    const { holidays, closingDays } = JSON.parse(readFileSync(reference, "utf8")) as {
      holidays: Record<string, Record<string, string>>;
      closingDays: string[];
    };
    const isClosed = (day: string) => day in (holidays[day.slice(0, 4)] ?? {}) || closingDays.includes(day.slice(5));
    const isWeekend = (day: string) => [0, 6].includes(weekdayOf(day));
    expect(days.filter((day) => !isOpen(day))).toEqual(days.filter((it) => isWeekend(it) || isClosed(it)));
  },
);

describe("on every day of six years", () => {
  it("neither direction goes the wrong way, or past a day that would have done", () => {
    for (const day of days) {
      const [forward, back] = [before(day), after(day)];
      expect(forward <= day && day <= back).toBe(true);
      expect([sent(forward), sent(back)]).toEqual([true, true]);
      const between = days.filter((it) => forward < it && it < back && it !== day);
      if (!sent(day)) expect(between.some((it) => sent(it))).toBe(false);
    }
  });

  it("working days counted on, back and between are those of the calendar, from closed days too", () => {
    const open = days.filter(isOpen);
    for (const day of days.slice(60, -60)) {
      const [past, future] = [open.filter((it) => it < day), open.filter((it) => it > day)];
      for (const count of [1, 5, 8, 30]) {
        const [earlier, later] = [past.at(-count) ?? "", future[count - 1] ?? ""];
        expect([workingDaysBefore(model, day, count), workingDaysAfter(model, day, count)]).toEqual([earlier, later]);
        const back = past.filter((it) => it > earlier).length + (isOpen(day) ? 1 : 0);
        expect([workingDaysFrom(model, day, later), workingDaysFrom(model, earlier, day)]).toEqual([count, back]);
      }
    }
    expect(workingDaysFrom(model, "2027-01-05", "2027-01-04")).toBe(0);
    expect([workingDaysAfter(model, "2027-01-02", 0), workingDaysBefore(model, "2027-01-02", 0)]).toEqual(
      Array(2).fill("2027-01-02"),
    );
  });

  it("half past eight is half past eight, whatever the clock did", () => {
    for (const day of days) {
      const instant = instantOf(model, day, "08:30");
      expect([localDate(model, instant), localTime(model, instant)]).toEqual([day, "08:30"]);
    }
  });
});

it("quiet periods without end stop the work instead of the process", () => {
  const quiet = { ...reminders, quietPeriods: [{ from: "01-01", to: "12-31" }] };
  const always: Model = { ...model, rules: { ...model.rules, reminders: quiet } };
  expect(() => pushedBack(always, "2027-01-01")).toThrow("the quiet periods leave no day");
});
