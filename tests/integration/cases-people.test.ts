// SPDX-License-Identifier: EUPL-1.2
/** Case 47 of DOMAIN.md, section 10: an owner who has left Notion. */
import { afterEach, beforeEach, expect, it } from "vitest";
import { board, type House, openHouse, people } from "./house.ts";

const WEEK = 7 * 86_400_000;
const numbers = Array.from({ length: 13 }, (_, index) => `INNO-${index + 1}`);

let house: House;
beforeEach(async () => {
  house = await openHouse({ quietWithinMs: 60_000 });
}, 60_000);
afterEach(() => house.close());

/** A week later, when that day's round and all that follows from it is over. */
async function passAWeek(): Promise<void> {
  const before = await house.ledger.letters.lastRound();
  house.sandbox.clock.advance(WEEK);
  await expect.poll(() => house.ledger.letters.lastRound(), { timeout: 60_000 }).not.toBe(before);
  await house.quiet();
}

const said = () => numbers.flatMap((number) => board(house).comments(number));

it("case 47: the owner is deactivated in Notion: the leader hears of it (P16), and nothing is written to the owner", async () => {
  const { notion } = house.sandbox;
  expect(said()).toEqual([]);
  notion.deactivate(people.anders);
  notion.makeGuest(people.lise);
  await passAWeek();
  const first = said();
  expect(first.map((text) => /^@(?:Lise Leder|Anders Projektejer)/u.exec(text)?.[0])).toEqual(["@Lise Leder"]);
  // INNO-3 is the owner's who has left; INNO-4 has an owner all the same.
  expect(first[0]).toContain("Digital byggesagsguide har ingen aktiv ejer");
  expect(first[0]).not.toContain("Mødesteder mod ensomhed har ingen aktiv ejer");

  // Back again, the owner is written to, and nobody hears that there is none.
  notion.reactivate(people.anders);
  await passAWeek();
  const since = said()
    .filter((text) => !first.includes(text))
    .join("\n");
  expect(since).toContain("@Anders Projektejer");
  expect(since).not.toContain("ingen aktiv ejer");
});
