// SPDX-License-Identifier: EUPL-1.2
/** Meeting dates as people write them. */
import { expect, it } from "vitest";
import { readDates } from "../../../scripts/setup/dates.ts";

const today = "2026-11-28";
const read = (text: string) => readDates(text, today);

it.each([
  ["2027-02-10", ["2027-02-10"]],
  ["16.12.2026", ["2026-12-16"]],
  ["6/1-2027", ["2027-01-06"]],
  ["6/1 2027", ["2027-01-06"]],
  ["6.1.27", ["2027-01-06"]],
  ["13. januar 2027", ["2027-01-13"]],
  ["den 13. januar 2027.", ["2027-01-13"]],
  ["13 January 2027", ["2027-01-13"]],
  ["3. okt. 2027", ["2027-10-03"]],
  ["10.2.2027, 13. januar 2027 og 16.12.2026", ["2026-12-16", "2027-01-13", "2027-02-10"]],
  ["10.2.2027; 10.2.2027\n2027-02-10", ["2027-02-10"]],
  ["29.2.2028", ["2028-02-29"]],
  ["", []],
] as const)("%s", (text, dates) => {
  expect(read(text)).toEqual({ dates, mistakes: [] });
});

it.each([
  ["13. januar", "«13. januar» has no year: write it as 2026-11-28 or as 28.11.2026"],
  ["31.2.2027", "«31.2.2027» is a day that there is not: write it as 2026-11-28 or as 28.11.2026"],
  ["29.2.2027", "«29.2.2027» is a day that there is not: write it as 2026-11-28 or as 28.11.2026"],
  ["13. jaunar 2027", "«13. jaunar 2027» is no date: write it as 2026-11-28 or as 28.11.2026"],
  ["onsdag", "«onsdag» is no date: write it as 2026-11-28 or as 28.11.2026"],
])("%s is explained, and the others are read all the same", (text, mistake) => {
  expect(read(`6.1.2027, ${text}`)).toEqual({ dates: ["2027-01-06"], mistakes: [mistake] });
});
