// SPDX-License-Identifier: EUPL-1.2
/** A reminder from what is due to the comment on the card, on the real wire, once (I9). */
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Fault } from "../../src/sandbox/world.ts";
import { board, type House, openHouse, people } from "./house.ts";

const DAY = 86_400_000;
const soon = { timeout: 30_000 };
const numbers = Array.from({ length: 13 }, (_, index) => `INNO-${index + 1}`);

let house: House;
beforeEach(async () => {
  house = await openHouse({ quietWithinMs: 40_000 });
}, 60_000);
afterEach(() => house.close());

const everyReminder = () =>
  numbers.flatMap((number) =>
    board(house)
      .reminded(number)
      .map((id) => `${number} ${id}`),
  );

/** Moves the clock to another day at the same time, and waits until that day's round and all that follows from it is over. */
async function pass(days: number): Promise<void> {
  const before = await house.ledger.letters.lastRound();
  house.sandbox.clock.advance(days * DAY);
  await expect.poll(() => house.ledger.letters.lastRound(), soon).not.toBe(before);
  await house.quiet();
}

it("says on the first card what is due to a person, all of it in one message that mentions them, and not again", async () => {
  expect(everyReminder()).toEqual([]);
  await pass(7);
  expect(everyReminder()).toEqual(["INNO-3 P05", "INNO-7 P04"]);
  const said = board(house).comments("INNO-3").join("\n");
  expect(said).toContain("@Anders Projektejer Digital byggesagsguide er klar til beslutning om Nytænk");
  expect(said).toContain("Sensorer i affaldsbeholdere er klar til beslutning om Implementer");
  expect(said).toMatch(/Den kommer ikke igen, når det er klaret\.\nref\. P05-[0-9a-z]{8}$/u);
  expect(await house.ledger.letters.pending()).toEqual([]);

  await house.stop();
  await house.startAgain();
  await house.quiet();
  await pass(1);
  const others = everyReminder().filter((it) => !it.endsWith("D03"));
  expect(others, "the first of a month has its own overview").toEqual(["INNO-3 P05", "INNO-7 P04"]);
});

const dropped: Fault = { kind: "drop-connection", afterSaving: true };
const lost: Fault = { kind: "drop-connection", afterSaving: false };
const savedBut503: Fault = { kind: "status", status: 503, afterSaving: true };

it.each<[string, Fault]>([
  ["saved, the answer lost", dropped],
  ["saved, answered 503", savedBut503],
  ["not saved", lost],
])("said once when the comment was %s", async (_what, fault) => {
  let left = 2;
  house.sandbox.notion.faults(({ method, path }) =>
    method === "POST" && /comments/u.test(path) && left-- > 0 ? fault : null,
  );
  await pass(7);
  expect(everyReminder()).toEqual(["INNO-3 P05", "INNO-7 P04"]);
});

it("a reason that is gone when the message is to be sent: it is not sent", async () => {
  const on = board(house);
  let isAway = true;
  house.sandbox.notion.faults(({ path }) =>
    isAway && /comments/u.test(path) ? { kind: "status", status: 503 } : null,
  );
  house.sandbox.clock.advance(7 * DAY);
  await expect.poll(async () => (await house.ledger.letters.pending()).length, soon).toBe(2);
  for (const number of numbers)
    on.edit(people.sanne, number, { "Udsæt påmindelser til": { date: { start: "2027-03-01" } } });
  await house.sandbox.notion.delivered();
  const snoozed = async () => {
    const kept = await Promise.all(numbers.map((number) => house.ledger.card(on.card(number))));
    return kept.filter((it) => it?.record.seen.fields["Udsæt påmindelser til"] === "2027-03-01").length;
  };
  await expect.poll(snoozed, soon).toBe(numbers.length);
  isAway = false;
  await house.quiet();
  expect([everyReminder(), await house.ledger.letters.pending()]).toEqual([[], []]);
});
