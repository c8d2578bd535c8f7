// SPDX-License-Identifier: EUPL-1.2
/** How much work a round is: twice as many cards are looked at twice as often, not four times. Counted, not timed. */
import { expect, it } from "vitest";
import { instantOf } from "../../../src/core/calendar.ts";
import { round, sentBy } from "../../../src/core/reminders/round.ts";
import type { RemindedCard } from "../../../src/core/reminders/situation.ts";
import { stateKeys } from "../../../src/model/rules.ts";
import { decision, row } from "./fixtures.ts";
import { meetings, model, reminded } from "./reminder-fixtures.ts";

const bodies = model.municipality.bodies.map(({ key }) => key);

/** Every state, phase and body, eight cards to an owner; all of it long at rest, so that every rule has something to say. */
function board(count: number): readonly RemindedCard[] {
  return Array.from({ length: count }, (_, number) => {
    const state = stateKeys[number % stateKeys.length] ?? "active";
    const phase = state === "idea" ? null : (model.phases[number % model.phases.length]?.key ?? null);
    const gate = model.gates.find(({ from }) => from === phase)?.id ?? "stop";
    const body = bodies[number % bodies.length] ?? "";
    const meeting = meetings[number % meetings.length] ?? null;
    return reminded({
      since: "2026-01-05",
      seen: { id: `card-${number}`, projectId: `INNO-${number}`, owners: [`owner-${Math.floor(number / 8)}`] },
      fields: number % 3 === 0 ? { Innovationsspørgsmål: "", Læring: "", Effektstatus: "Udeblevet" } : {},
      accepted: {
        card: `card-${number}`,
        position: { state, phase },
        bodies: [body],
        decisions: [decision({ gate, body, shown: row({ meeting }) })],
      },
    });
  });
}

/** How often a round asks for a card, on a Monday that is also a month's first day. */
function looks(cards: readonly RemindedCard[]): number {
  let count = 0;
  const counted = cards.map(({ accepted, seen }): RemindedCard => {
    return {
      get accepted() {
        count += 1;
        return accepted;
      },
      seen,
    };
  });
  const facts = { model, cards: counted, gone: [], now: instantOf(model, "2027-02-01", "08:30") };
  const sent = round({ ...facts, sent: [] }).flatMap(sentBy);
  expect(sent.length).toBeGreaterThan(cards.length / 2);
  count = 0;
  round({ ...facts, sent: sent.map((it) => ({ ...it, on: "2027-01-04" })) });
  return count;
}

it("each card is asked for as often on a board of 1,600 as on one of 100", () => {
  const [few, many] = [looks(board(100)) / 100, looks(board(1600)) / 1600];
  expect(many / few).toBeLessThan(1.1);
});
