// SPDX-License-Identifier: EUPL-1.2
/** Cards to be reminded of, and the days on which they are. */
import type { Accepted } from "../../../src/core/accepted.ts";
import { instantOf } from "../../../src/core/calendar.ts";
import type { CardSeen } from "../../../src/core/card.ts";
import { type Reminder, round, rounds } from "../../../src/core/reminders/round.ts";
import type { Facts, RemindedCard } from "../../../src/core/reminders/situation.ts";
import { bodyOf, type Model } from "../../../src/model/model.ts";
import { accepted, anders, card, model as example, fullFields, UDI } from "./fixtures.ts";

/** The example municipality, with the meetings of the check figures. */
export const model: Model = {
  ...example,
  municipality: {
    ...example.municipality,
    bodies: example.municipality.bodies.map((it) => ({
      ...it,
      meetings: it.key === UDI ? ["2026-12-16", "2027-01-06", "2027-03-31", "2027-08-18"] : it.meetings,
    })),
  },
};

export const meetings = bodyOf(model, UDI).meetings;

/** Noon of a local day, as an instant. */
export const noon = (date: string) => instantOf(model, date, "12:00").toISOString();

export type Change = Readonly<{
  accepted?: Partial<Accepted>;
  fields?: CardSeen["fields"];
  seen?: Partial<CardSeen>;
  /** The local date on which all of it was noticed and last edited. */
  since?: string;
}>;

/** A card with every field filled, untouched since 23 November 2026 unless said otherwise. */
export function reminded(change: Change = {}): RemindedCard {
  const at = noon(change.since ?? "2026-11-23");
  const known = accepted().noticed;
  const noticed = Object.fromEntries(Object.entries(known).map(([key, it]) => [key, { ...it, at }]));
  return {
    accepted: accepted({ touchedAt: at, noticed: noticed as Accepted["noticed"], ...change.accepted }),
    seen: card({ owners: [anders], ...change.seen, fields: { ...fullFields, ...change.fields } }),
  };
}

export type Others = Partial<Omit<Facts, "cards" | "now">>;

/** The messages of one day, at the sending hour. */
export function on(date: string, cards: readonly RemindedCard[], others: Others = {}): readonly Reminder[] {
  const rules = others.model ?? model;
  const now = instantOf(rules, date, rules.rules.reminders.sendAt);
  return round({ model: rules, cards, sent: [], gone: [], ...others, now });
}

/** The messages from one day's beginning to another's end, as if nobody touched the board. */
export function through(from: string, to: string, cards: readonly RemindedCard[], others: Others = {}) {
  const rules = others.model ?? model;
  const span = [instantOf(rules, from, "00:00"), instantOf(rules, to, "23:59")] as const;
  return rounds({ model: rules, cards, sent: [], gone: [], ...others }, ...span);
}

/** «2026-12-21 P01 anders»: an item in a line, overviews left out. */
export function lines(reminders: readonly Reminder[], names: Readonly<Record<string, string>>): readonly string[] {
  return reminders.flatMap(({ on: day, person, items }) =>
    items.flatMap(({ message }) =>
      message.id.startsWith("D") ? [] : [`${day} ${message.id} ${names[person] ?? person}`],
    ),
  );
}
