// SPDX-License-Identifier: EUPL-1.2
/** What is forgotten of all that was sent changes nothing that is said later; a lost memory repeats nothing. */
import { describe, expect, it } from "vitest";
import { addDays, instantOf, isSendingDay } from "../../../src/core/calendar.ts";
import { assumedSent, outlived } from "../../../src/core/reminders/memory.ts";
import { round, sentBy } from "../../../src/core/reminders/round.ts";
import type { RemindedCard, Sent } from "../../../src/core/reminders/situation.ts";
import { anders, decision, lise, row, UDI } from "./fixtures.ts";
import { model, noon, reminded } from "./reminder-fixtures.ts";

const board: readonly RemindedCard[] = [
  reminded({ seen: { id: "a", projectId: "INNO-1", owners: [anders] }, accepted: { card: "a" } }),
  reminded({ seen: { id: "b", projectId: "INNO-2", owners: [] }, accepted: { card: "b" } }),
  reminded({
    seen: { id: "c", projectId: "INNO-3", owners: [lise] },
    fields: { Effektstatus: "Udeblevet", "I drift fra": "2026-11-20" },
    accepted: {
      card: "c",
      position: { state: "active", phase: "foelg-op" },
      decisions: [decision({ gate: "stop", shown: row({ meeting: "2026-12-16" }) })],
      bodies: [UDI],
    },
  }),
];
const factsOn = (day: string, sent: readonly Sent[]) => {
  return { model, cards: board, sent, gone: [], now: instantOf(model, day, "08:30") };
};

/** Goes through the days; what each says, and what is remembered at the end. */
function through(from: string, days: number, begin: readonly Sent[], forgets: boolean) {
  let sent = begin;
  const said: string[] = [];
  let most = 0;
  for (let day = from; day < addDays(from, days); day = addDays(day, 1)) {
    const reminders = isSendingDay(model, day) ? round(factsOn(day, sent)) : [];
    said.push(...reminders.flatMap(({ person, items }) => items.map((it) => `${day} ${person} ${it.occurrence}`)));
    sent = [...sent, ...reminders.flatMap(sentBy)];
    if (forgets) {
      const gone = new Set(outlived(factsOn(day, sent)));
      sent = sent.filter((it) => !gone.has(it));
    }
    most = Math.max(most, sent.length);
  }
  return { said, sent, most };
}

it("in a year and a half the same is said to the same, with a memory that does not grow", () => {
  const all = through("2026-11-24", 550, [], false);
  const few = through("2026-11-24", 550, [], true);
  expect(all.said.length).toBeGreaterThan(100);
  expect(few.said).toEqual(all.said);
  expect(few.most).toBeLessThan(all.most / 2);
});

describe("the memory is lost", () => {
  const before = through("2026-11-24", 60, [], false);
  const day = "2027-02-01";

  it("nothing that is due by then is said again, and the next step keeps its distance", () => {
    const assumed = assumedSent(factsOn(day, []));
    expect(assumed.length).toBeGreaterThan(3);
    expect(round(factsOn(day, assumed))).toEqual([]);
    const later = through(day, 7, assumed, false).said.map((it) => it.slice(11));
    const told = before.sent.map(({ person, occurrence }) => `${person} ${occurrence}`);
    expect(later.filter((it) => told.includes(it))).toEqual([]);
  });

  it("a deadline that falls due on that day is said: it cannot have been before", () => {
    const card = reminded({
      since: "2027-01-04",
      seen: { owners: [anders] },
      accepted: { touchedAt: noon("2027-03-08") },
    });
    // Five working days before 2027-03-16, by when the case for the meeting of 2027-03-31 must be submitted.
    const on = { ...factsOn("2027-03-09", []), cards: [card] };
    const said = round({ ...on, sent: assumedSent(on) }).flatMap(({ items }) => items.map(({ message }) => message.id));
    expect(said).toContain("P05");
  });
});
