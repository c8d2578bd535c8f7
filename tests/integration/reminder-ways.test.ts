// SPDX-License-Identifier: EUPL-1.2
/** How a message is carried: the way of its reader's role, the card where that way fails, the page for what is about no card; and what a lost ledger says again. */
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Board } from "../../src/board/board.ts";
import type { Channel, Letter } from "../../src/channels/channel.ts";
import { commentChannel } from "../../src/channels/comment/comment.ts";
import { Permanent, RetryLater } from "../../src/core/errors.ts";
import { deliver } from "../../src/delivery/deliver.ts";
import { holdRound } from "../../src/delivery/hold-round.ts";
import type { DeliveryWorld } from "../../src/delivery/world.ts";
import type { Model } from "../../src/model/model.ts";
import { board as boardOf, type House, model, openHouse, people } from "./house.ts";
import { boardOfMortals } from "./mortal.ts";

const DAY = 86_400_000;
const soon = { timeout: 30_000 };
const numbers = Array.from({ length: 13 }, (_, index) => `INNO-${index + 1}`);

let house: House;
beforeEach(async () => {
  house = await openHouse({ quietWithinMs: 40_000 });
}, 60_000);
afterEach(() => house.closeStopped());

const onCards = () =>
  numbers.flatMap((number) =>
    boardOf(house)
      .reminded(number)
      .map((id) => `${number} ${id}`),
  );

/** A municipality whose owners are written to by mail, at a mail server that does as it is told. */
function byMail(board: Board, answer: () => void) {
  const letters: { letter: Letter; again: boolean }[] = [];
  const told: string[] = [];
  const mail: Channel = {
    async send(letter, { again }) {
      letters.push({ letter, again });
      answer();
    },
  };
  const municipality = {
    ...model.municipality,
    channels: { ...model.municipality.channels, owner: "email" as const },
    people: model.municipality.people.map((it) => ({ ...it, email: `${it.key}@example.org` })),
  };
  const written: Model = { ...model, municipality };
  const world: DeliveryWorld = {
    model: written,
    board,
    ledger: house.ledger,
    comments: commentChannel(board, { overviews: null }),
    outside: (name) => (name === "email" ? mail : null),
    now: async () => house.sandbox.clock.now(),
    notify: ({ notice, is }) => void told.push(`${notice.id} ${is}`),
    sent: () => {},
  };
  return { world, letters, told };
}

/** A week later: Anders and Lise have something due. */
async function aWeekLater() {
  await house.stop();
  house.sandbox.clock.advance(7 * DAY);
  return boardOfMortals(house);
}

async function work(world: DeliveryWorld): Promise<void> {
  for (const key of await holdRound(world)) await deliver(world, key);
}

it("by mail: each once, nothing on the cards", async () => {
  const { world, letters, told } = byMail(await aWeekLater(), () => {});
  await work(world);
  await work(world);
  const sent = letters.map(({ letter, again }) => [letter.to.email, letter.key.slice(0, 3), again]);
  expect(sent.toSorted()).toEqual([
    ["anders@example.org", "P05", false],
    ["lise@example.org", "P04", false],
  ]);
  expect([onCards(), told, await house.ledger.letters.pending()]).toEqual([[], [], []]);
});

it("a mail server that refuses the service: on the cards instead, and the administrator is told once, also that it is over", async () => {
  let isMended = false;
  const { world, letters, told } = byMail(await aWeekLater(), () => {
    if (!isMended) throw new Permanent("the mail server does not let the service in");
  });
  await work(world);
  expect(onCards()).toEqual(["INNO-3 P05", "INNO-7 P04"]);
  expect(told).toEqual(["channel email new"]);
  isMended = true;
  await house.ledger.letters.forget(await house.ledger.letters.sent());
  house.sandbox.clock.advance(DAY);
  await work(world);
  expect(letters).toHaveLength(4);
  expect([onCards().filter((it) => it.includes(" P")).length, told]).toEqual([
    2,
    ["channel email new", "channel email over"],
  ]);
});

it("a mail server that is away: tried again, told that an earlier try may have got through, and in the end on the card", async () => {
  const { world, letters, told } = byMail(await aWeekLater(), () => {
    throw new RetryLater("the mail server does not answer");
  });
  const [key = ""] = await holdRound(world);
  for (let tries = 1; tries < 8; tries += 1) {
    await expect(deliver(world, key)).rejects.toThrow(RetryLater);
    house.sandbox.clock.advance(3_000);
  }
  expect([letters.map(({ again }) => again).slice(0, 3), onCards()]).toEqual([[false, true, true], []]);
  await deliver(world, key);
  expect([letters.length, onCards().length, told]).toEqual([8, 1, ["channel email new"]]);
});

it("an overview stands on the municipality's page for them, or on the first card that it speaks of", async () => {
  const board = await aWeekLater();
  const { notion } = house.sandbox;
  for (const number of numbers)
    notion.edit(people.sanne, boardOf(house).card(number), { "Udsæt påmindelser til": { date: null } });
  const page = notion.create(people.sanne, notion.elsewhere, {});
  // Tuesday 1 December: the month's overview to the secretariat.
  house.sandbox.clock.advance(DAY);
  const { world } = byMail(board, () => {});
  const municipality = { ...world.model.municipality, reports: { page } };
  const withPage = { ...world.model, municipality };
  await work({ ...world, model: withPage, comments: commentChannel(board, { overviews: page }) });
  const said = notion.commentsOf(page).map((it) => it.rich_text.map((part) => part.plain_text).join(""));
  expect(said.join()).toMatch(/^@Sanne Sekretær .*ref\. D03-[0-9a-z]{8}$/su);
  expect(onCards()).toEqual([]);

  await house.ledger.letters.forget(await house.ledger.letters.sent());
  house.sandbox.clock.advance(DAY);
  await work(world);
  expect(onCards().map((it) => it.split(" ")[1])).toEqual(["D03"]);
});

it("a lost ledger is taken back, and what was sent is not sent again (case 37)", async () => {
  const before = await house.ledger.letters.lastRound();
  house.sandbox.clock.advance(7 * DAY);
  await expect.poll(() => house.ledger.letters.lastRound(), soon).not.toBe(before);
  await house.quiet();
  const said = onCards();
  expect(said).toEqual(["INNO-3 P05", "INNO-7 P04"]);
  await house.stop();
  await house.forget();
  await house.startAgain();
  await house.quiet();
  house.sandbox.clock.advance(DAY);
  await expect.poll(() => house.ledger.letters.lastRound(), soon).not.toBe(null);
  await house.quiet();
  expect(onCards().filter((it) => it.includes(" P"))).toEqual(said);
  await house.stop();
});
