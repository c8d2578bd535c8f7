// SPDX-License-Identifier: EUPL-1.2
/** The calendar of closed days: Danish holidays as a table checked by hand, and the municipality's own days. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { closedDates } from "../../../src/model/holidays.ts";

const danish = closedDates("DK", []);

test("the holidays of 2027, Palm Sunday and the half days left out", () => {
  expect([...danish].filter((date) => date.startsWith("2027")).toSorted()).toEqual([
    "2027-01-01",
    "2027-03-25",
    "2027-03-26",
    "2027-03-28",
    "2027-03-29",
    "2027-05-06",
    "2027-05-16",
    "2027-05-17",
    "2027-12-25",
    "2027-12-26",
  ]);
});

test.each([
  ["2023-05-05", true, "store bededag was a holiday until 2023"],
  ["2024-04-26", false, "and is a working day from 2024"],
  ["2026-05-01", false, "1 May is not a public holiday"],
  ["2026-06-05", false, "nor is Constitution Day"],
  ["2026-12-24", false, "nor Christmas Eve, unless the municipality closes"],
])("%s: %s (%s)", (date, closed) => {
  expect(danish.has(date)).toBe(closed);
});

test("the municipality's closed days come every year; 29 February only when there is one", () => {
  const dates = closedDates("DK", ["12-24", "02-29"]);
  expect(["2025-12-24", "2040-12-24", "2060-12-24", "2028-02-29"].every((date) => dates.has(date))).toBe(true);
  expect([...dates].filter((date) => date.endsWith("02-29") && !date.startsWith("20"))).toEqual([]);
  expect(dates.has("2027-02-29")).toBe(false);
});

test("a holiday of several days closes each of them", () => {
  const dates = closedDates("TR", []);
  expect(["2026-03-20", "2026-03-21", "2026-03-22"].map((date) => dates.has(date))).toEqual([true, true, true]);
});

const reference = join(import.meta.dirname, "../../../../shared/data/holidays-2026-2031.json");
const there = existsSync(reference);

test.skipIf(!there)(
  `the same as the checked list${there ? "" : ": skipped, ../shared/data/holidays-2026-2031.json is not here"}`,
  () => {
    const list = z
      .object({ holidays: z.record(z.string(), z.record(z.string(), z.string())) })
      .parse(JSON.parse(readFileSync(reference, "utf8")));
    for (const [year, holidays] of Object.entries(list.holidays)) {
      expect([...danish].filter((date) => date.startsWith(year)).toSorted()).toEqual(Object.keys(holidays).toSorted());
    }
  },
);
