// SPDX-License-Identifier: EUPL-1.2
/** «Næste effektmåling» on the card: what P10 asks for, and never another date. */
import { expect, it } from "vitest";
import type { Position } from "../../../src/core/card.ts";
import { cardShown } from "../../../src/core/shown.ts";
import { model } from "./fixtures.ts";
import { type Change, lines, noon, reminded, through } from "./reminder-fixtures.ts";

const lastPhase: Position = { state: "active", phase: "foelg-op" };
const standing = (position: Position, change: Change = {}) =>
  reminded({ since: "2026-11-30", ...change, accepted: { position } });
/** In operation since 30 November 2026, where the check figures of the follow-up are known. */
const followed = (fields: Change["fields"] = {}, since = "2026-11-30") =>
  standing(lastPhase, { fields: { "I drift fra": "2026-11-30", ...fields }, since });

function shownOn(date: string, { accepted, seen }: ReturnType<typeof reminded>): string | null {
  return cardShown(model, accepted, seen, null, new Date(noon(date))).nextMeasurement;
}

it.each<[what: string, on: string, card: ReturnType<typeof reminded>, date: string | null]>([
  ["a month on, after the Christmas rest", "2026-12-01", followed(), "2027-01-04"],
  ["asked for, until it is measured", "2027-02-26", followed(), "2027-01-04"],
  ["the next one takes the place of what was never measured", "2027-03-01", followed(), "2027-03-01"],
  ["the last one never measured stays", "2028-06-01", followed(), "2027-11-30"],
  ["measured ahead of time", "2026-12-20", followed({ "Seneste måling": "2026-12-16" }), "2027-03-01"],
  ["measured too early", "2026-12-20", followed({ "Seneste måling": "2026-12-15" }), "2027-01-04"],
  ["the last one measured", "2027-12-01", followed({ "Seneste måling": "2027-11-30" }), null],
  ["entered afterwards (case 52)", "2027-02-01", followed({}, "2027-02-01"), "2027-03-01"],
  ["entered a year too late", "2028-01-03", followed({}, "2028-01-03"), null],
  ["without a date", "2026-12-01", followed({ "I drift fra": null }), null],
  ["with a time of day", "2026-12-01", followed({ "I drift fra": "2026-11-30T09:00:00+01:00" }), "2027-01-04"],
  ["rest from reminders", "2026-12-01", followed({ "Udsæt påmindelser til": "2027-06-01" }), "2027-01-04"],
  ["before the last phase", "2026-12-01", standing({ state: "active", phase: "implementer" }), null],
  ["parked", "2026-12-01", standing({ state: "parked", phase: "foelg-op" }), null],
  ["closed", "2026-12-01", standing({ state: "closed", phase: "foelg-op" }), null],
])("%s, on %s", (_, on, card, date) => {
  expect(shownOn(on, card)).toBe(date);
});

it("on the day that it shows, P10 asks; on no other", () => {
  const card = followed();
  const asked = lines(through("2026-12-01", "2028-01-10", [card]), {}).filter((it) => it.includes("P10"));
  const days = [...new Set(asked.map((it) => it.slice(0, 10)))];
  expect(days).toEqual(["2027-01-04", "2027-03-01", "2027-05-31", "2027-11-30"]);
  expect(days.map((day) => shownOn(day, card))).toEqual(days);
});
