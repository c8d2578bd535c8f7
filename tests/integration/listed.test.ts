// SPDX-License-Identifier: EUPL-1.2
/** A look may use the page that a list has shown, and must not when anything has happened to the card since. */
import { afterEach, beforeEach, expect, it } from "vitest";
import { openNotion } from "../../src/board/notion/notion.ts";
import { parseSettings } from "../../src/config.ts";
import { reconcile } from "../../src/sync/reconcile.ts";
import { type SyncWorld, syncCard } from "../../src/sync/sync-card.ts";
import { board, type House, model, openHouse, people } from "./house.ts";

let house: House;
let world: SyncWorld;
/** The service itself is stopped: the test does by hand what its workers would. */
beforeEach(async () => {
  house = await openHouse();
  await house.stop();
  const settings = parseSettings(house.environment);
  const { sandbox, ledger } = house;
  const notion = await openNotion({ ...settings.board, model });
  world = { model, board: notion.board, ledger, now: async () => sandbox.clock.now(), report: () => {} };
  sandbox.notion.deliveries("lose");
}, 60_000);
afterEach(() => house.closeStopped());

const look = (card: string) => syncCard(world, card, { inBulk: true });
const reads = () =>
  house.sandbox.notion.calls.filter(({ method, path }) => method === "GET" && /pages/u.test(path)).length;

async function found(): Promise<readonly string[]> {
  const cards: string[] = [];
  for await (const card of reconcile(world, true)) cards.push(card);
  return cards;
}

it("a card that a list shows moved is judged without being read again", async () => {
  const on = board(house);
  on.drag(people.anders, "INNO-3", "3. Test");
  expect(await found()).toEqual([on.card("INNO-3")]);
  const before = reads();
  await look(on.card("INNO-3"));
  expect([on.field("INNO-3", "Fase"), on.said("INNO-3"), reads() - before]).toEqual(["1. Udforsk", ["A02"], 0]);
});

it("a row that a list shows changed is judged without being read again", async () => {
  const on = board(house);
  on.tick(people.mette, "INNO-3", "Digitalisering og Innovation");
  expect(await found()).toEqual([on.card("INNO-3")]);
  const before = reads();
  await look(on.card("INNO-3"));
  expect(reads() - before).toBe(0);
  expect(Object.keys((await house.ledger.card(on.card("INNO-3")))?.record.accepted.waiting ?? {})).toHaveLength(1);
});

it("a card that was dragged back since, and looked at, is never judged by what the list showed", async () => {
  const on = board(house);
  const card = on.card("INNO-3");
  on.drag(people.anders, "INNO-3", "3. Test");
  await found();
  on.drag(people.anders, "INNO-3", "1. Udforsk");
  const at = house.sandbox.clock.now().toISOString();
  await house.ledger.hint(card, { event: "by-hand", at, kind: "changed", authors: [], touched: ["phase"] });
  await look(card);
  house.sandbox.notion.trash(people.anders, card);
  expect(await found()).toEqual([card]);
  await look(card);
  const now = (await house.ledger.card(card))?.record.accepted;
  expect([now?.position.phase, now?.trashed, on.said("INNO-3")]).toEqual(["udforsk", true, ["B16"]]);
});

it("a card that was written since the list is read again", async () => {
  const on = board(house);
  on.drag(people.anders, "INNO-3", "3. Test");
  await found();
  const kept = await house.ledger.card(on.card("INNO-3"));
  if (!kept) throw new Error("no card");
  await house.ledger.commit(kept.revision, kept.record);
  const before = reads();
  await look(on.card("INNO-3"));
  expect(reads() - before).toBe(1);
});
