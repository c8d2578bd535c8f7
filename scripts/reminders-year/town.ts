// SPDX-License-Identifier: EUPL-1.2
/** A municipality that nobody lives in: as many committees, owners and leaders as a Danish one of middling size. */
import { addDays, isSendingDay } from "../../src/core/calendar.ts";
import type { UserId } from "../../src/core/card.ts";
import { type Body, type BodyKey, bodyOf, type Model } from "../../src/model/model.ts";

export const sizes = { cards: 300, bodies: 8, owners: 40, leaders: 6, secretaries: 2 } as const;

/** The year that is lived through, and the days from the service's first look on. */
export const year = { first: "2027-01-04", last: "2027-12-31" } as const;

export type Town = {
  /** Changes when meetings are entered. */
  model: Model;
  readonly owners: readonly UserId[];
  readonly leaders: readonly UserId[];
  readonly secretaries: readonly UserId[];
  readonly approvers: readonly UserId[];
  /** The owners who have left. */
  gone: readonly UserId[];
};

const numbered = (what: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${what}-${String(index + 1).padStart(2, "0")}`);

/** The last body is the council. Two bodies have entered their meetings until summer only. */
export function townOf(rules: Model): Town {
  const [owners, leaders] = [numbered("owner", sizes.owners), numbered("leader", sizes.leaders)];
  const secretaries = numbered("secretary", sizes.secretaries);
  const keys = [...numbered("committee", sizes.bodies - 1), "byraad"];
  const bodies = keys.map((key, index): Body => {
    return {
      key,
      name: key === "byraad" ? "Byråd" : `Udvalg ${index + 1}`,
      label: `udvalg:${key}`,
      approvers: chairsOf(key).map((person) => ({ person, from: "2026-01-01" })),
      meetings: meetingsOf(rules, index, index < 2 ? "2027-06-30" : "2028-06-30"),
      deadlineWorkingDays: 8,
    };
  });
  const approvers = keys.flatMap(chairsOf);
  const people = [...approvers, ...owners, ...leaders, ...secretaries].map((key) => ({
    key,
    name: key,
    notion: [key],
  }));
  const municipality = { ...rules.municipality, people, secretariat: secretaries, bodies };
  const model = { ...rules, municipality: { ...municipality, leaders: { default: leaders[0] ?? "" } } };
  return { model, owners, leaders, secretaries, approvers, gone: [] };
}

export function chairsOf(body: BodyKey): readonly UserId[] {
  return [`${body}-chair`, `${body}-vice-chair`];
}

/** Once a month, in a week of its own, not when the house is at rest. */
function meetingsOf(model: Model, index: number, last: string): string[] {
  const start = addDays("2027-01-05", (index % 4) * 7 + Math.floor(index / 4));
  const all = Array.from({ length: 20 }, (_, month) => addDays(start, month * 28));
  return all.filter((date) => date <= last && isSendingDay(model, date));
}

/** Somebody enters a body's meetings for the year to come. */
export function enterMeetings(town: Town, body: BodyKey): void {
  const { bodies } = town.model.municipality;
  const index = bodies.indexOf(bodyOf(town.model, body));
  const entered = bodies.with(index, {
    ...bodyOf(town.model, body),
    meetings: meetingsOf(town.model, index, "2028-06-30"),
  });
  town.model = { ...town.model, municipality: { ...town.model.municipality, bodies: entered } };
}
