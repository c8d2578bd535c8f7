// SPDX-License-Identifier: EUPL-1.2
/** A look may use the page that a list has shown, and must not when anything has happened to the card since. */
import { afterEach, beforeEach, expect, it } from "vitest";
import { openNotion } from "../../src/board/notion/notion.ts";
import { parseSettings } from "../../src/config.ts";
import { reconcile } from "../../src/sync/reconcile.ts";
import { syncCard } from "../../src/sync/sync-card.ts";
import type { SyncWorld } from "../../src/sync/world.ts";
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
  const now = async () => sandbox.clock.now();
  world = { model, board: notion.board, ledger, now, report: () => {}, drifted: () => {}, notify: () => {} };
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

it("a new card is looked at as the list showed it, without being read again", async () => {
  const { notion } = house.sandbox;
  const card = notion.create(people.anders, notion.projects, { Navn: { title: [{ text: { content: "En idé" } }] } });
  expect(await found()).toEqual([card]);
  const before = reads();
  await look(card);
  expect(reads() - before).toBe(0);
  expect((await house.ledger.card(card))?.record.seen.title).toBe("En idé");
});

it("a list that is behind does not take back what was accepted a moment ago", async () => {
  const on = board(house);
  const card = on.card("INNO-6");
  house.sandbox.clock.advance(60_000);
  on.drag(people.anders, "INNO-6", "3. Test");
  await found();
  await look(card);
  house.sandbox.notion.faults(() => ({ kind: "stale", ms: 30_000 }));
  expect(await found()).toEqual([card]);
  await look(card);
  expect(on.field("INNO-6", "Fase")).toBe("3. Test");
  expect((await house.ledger.card(card))?.record.accepted.position.phase).toBe("test");
  expect((await house.ledger.logOf(card)).map(({ rule }) => rule)).not.toContain("T5");
});

it("a card that was dragged back since, and looked at, is never judged by what the list showed", async () => {
  const on = board(house);
  const card = on.card("INNO-3");
  on.drag(people.anders, "INNO-3", "3. Test");
  await found();
  on.drag(people.anders, "INNO-3", "1. Udforsk");
  const at = house.sandbox.clock.now().toISOString();
  await house.ledger.hints.keep(card, { event: "by-hand", at, kind: "changed", authors: [], touched: ["phase"] });
  await look(card);
  house.sandbox.notion.trash(people.anders, card);
  expect(await found()).toEqual([card]);
  await look(card);
  const now = (await house.ledger.card(card))?.record.accepted;
  expect([now?.position.phase, now?.trashed, on.said("INNO-3")]).toEqual(["udforsk", true, ["B16"]]);
});
