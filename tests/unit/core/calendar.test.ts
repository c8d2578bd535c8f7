// SPDX-License-Identifier: EUPL-1.2
/** Days as a municipality counts them; the check figures are those of DOMAIN 8. */
import { describe, expect, it } from "vitest";
import {
  addDays,
  addMonths,
  isWorkingDay,
  localDate,
  nextMeeting,
  workingDaysBefore,
} from "../../../src/core/calendar.ts";
import { bodyOf } from "../../../src/model/model.ts";
import { ELDERLY, model } from "./fixtures.ts";

const body = bodyOf(model, ELDERLY);

describe("deadlines (check figures of DOMAIN 8)", () => {
  it.each([
    ["2027-01-06", "2026-12-21"], // across Christmas, its closed days and New Year
    ["2027-03-31", "2027-03-16"], // across Easter
    ["2027-08-18", "2027-08-06"],
  ])("meeting %s → deadline %s", (meeting, deadline) => {
    expect(workingDaysBefore(model, meeting, body.deadlineWorkingDays)).toBe(deadline);
  });

  it("the 15th and 5th working day before a deadline", () => {
    expect(workingDaysBefore(model, "2027-08-06", 5)).toBe("2027-07-30");
    expect(workingDaysBefore(model, "2026-12-21", 5)).toBe("2026-12-14");
  });

  it("no working day before is the day itself", () => {
    expect(workingDaysBefore(model, "2027-01-06", 0)).toBe("2027-01-06");
  });
});

describe("working days", () => {
  it.each([
    ["2026-11-23", true, "a Monday"],
    ["2026-11-28", false, "a Saturday"],
    ["2026-11-29", false, "a Sunday"],
    ["2026-12-24", false, "a closed day"],
    ["2026-12-25", false, "Christmas Day"],
    ["2026-12-31", false, "a closed day"],
    ["2027-01-01", false, "New Year's Day"],
    ["2027-03-25", false, "Maundy Thursday"],
    ["2027-03-29", false, "Easter Monday"],
    ["2027-05-06", false, "Ascension Day"],
    ["2027-04-23", true, "store bededag is a working day from 2024"],
  ])("%s: %s, %s", (date, expected) => expect(isWorkingDay(model, date)).toBe(expected));
});

describe("months clamp to the month's last day", () => {
  it.each([
    ["2027-01-31", 1, "2027-02-28"],
    ["2028-01-31", 1, "2028-02-29"],
    ["2026-11-30", 3, "2027-02-28"],
    ["2026-12-15", 12, "2027-12-15"],
    ["2026-12-31", -1, "2026-11-30"],
  ])("%s and %s months: %s", (date, months, expected) => expect(addMonths(date, months)).toBe(expected));
});

it("days cross months, years and the change of the clock", () => {
  expect(addDays("2026-12-31", 1)).toBe("2027-01-01");
  expect(addDays("2027-03-28", 1)).toBe("2027-03-29");
  expect(addDays("2027-03-01", -1)).toBe("2027-02-28");
});

it("a day begins at midnight in Denmark, summer and winter", () => {
  expect(localDate(model, new Date("2026-12-15T22:59:59Z"))).toBe("2026-12-15");
  expect(localDate(model, new Date("2026-12-15T23:00:00Z"))).toBe("2026-12-16");
  expect(localDate(model, new Date("2027-07-15T21:59:59Z"))).toBe("2027-07-15");
  expect(localDate(model, new Date("2027-07-15T22:00:00Z"))).toBe("2027-07-16");
});

describe("the next meeting is the first whose deadline has not passed", () => {
  it.each([
    ["2026-11-23", "2026-12-09"],
    ["2026-11-27", "2026-12-09"], // the deadline itself
    ["2026-11-28", "2027-01-06"],
    ["2026-12-21", "2027-01-06"],
    ["2026-12-22", null],
  ])("on %s: %s", (today, expected) => expect(nextMeeting(model, body, today)?.date ?? null).toBe(expected));

  it("whatever the order in which the meetings are entered", () => {
    const reversed = { ...body, meetings: [...body.meetings].reverse() };
    expect(nextMeeting(model, reversed, "2026-11-23")?.date).toBe("2026-12-09");
  });
});
