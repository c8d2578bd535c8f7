// SPDX-License-Identifier: EUPL-1.2
/** Cards and rows thrown away at the worst moment: between being read and being written, or while no event tells of it. */
import { afterEach, beforeEach, expect, it } from "vitest";
import { board, type House, openHouse, people } from "./house.ts";

const UDI = "Digitalisering og Innovation";

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

/** Somebody throws a page away just before the service's next write of it arrives, and no event tells of it. */
function throwAwayBeforeWrite(page: string): void {
  const { notion } = house.sandbox;
  let isDone = false;
  notion.faults(({ method, path }) => {
    if (method !== "PATCH" || !path.endsWith(page) || isDone) return null;
    isDone = true;
    notion.deliveries("lose");
    notion.trash(people.lise, page);
    return null;
  });
}

async function eventsFlowAgain(): Promise<void> {
  await house.sandbox.notion.delivered();
  house.sandbox.notion.deliveries("flow");
}

it("a card: nothing gives up, and it is judged from last accepted when it is back", async () => {
  const on = board(house);
  const card = on.card("INNO-3");
  throwAwayBeforeWrite(card);
  on.drag(people.anders, "INNO-3", "2. Nytænk");
  await house.quiet();
  await eventsFlowAgain();
  expect((await house.jobs("sync")).failed).toBe(0);
  house.sandbox.notion.restore(people.lise, card);
  await house.quiet();
  expect(on.field("INNO-3", "Fase")).toBe("1. Udforsk");
});

it("a card that is taken out again at once: nothing gives up, and what was refused is written", async () => {
  const on = board(house);
  const { notion } = house.sandbox;
  const card = on.card("INNO-3");
  let writes = 0;
  notion.faults(({ method, path }) => {
    if (!path.endsWith(card)) return null;
    if (method === "PATCH" && ++writes === 1) notion.trash(people.lise, card);
    if (method === "GET" && writes > 0) notion.restore(people.lise, card);
    return null;
  });
  on.drag(people.anders, "INNO-3", "2. Nytænk");
  await house.quiet();
  expect((await house.jobs("sync")).failed).toBe(0);
  expect([on.field("INNO-3", "Fase"), on.said("INNO-3")]).toEqual(["1. Udforsk", ["A01"]]);
});

it("a row: nothing gives up, and it is made anew", async () => {
  const on = board(house);
  const { id } = on.openRow("INNO-3", UDI);
  throwAwayBeforeWrite(id);
  on.tick(people.mette, "INNO-3", UDI);
  await house.quiet();
  await eventsFlowAgain();
  expect((await house.jobs("sync")).failed).toBe(0);
  const rows = on.rows("INNO-3").filter((row) => !row.in_trash);
  expect(rows.map((row) => row.id)).not.toContain(id);
  expect(rows).toHaveLength(1);
  expect(rows[0]?.properties.Godkendt).toMatchObject({ checkbox: true });
});

it("a row, and nobody told: the night's look finds that it is gone, and makes it anew with its registered yes (case 20)", async () => {
  const on = board(house);
  on.tick(people.mette, "INNO-3", UDI);
  await house.quiet();
  const { id } = on.openRow("INNO-3", UDI);
  house.sandbox.notion.deliveries("lose");
  house.sandbox.notion.trash(people.lise, id);
  await eventsFlowAgain();
  await house.lookAtAll();
  await house.quiet();
  const row = on.rows("INNO-3").find((it) => !it.in_trash);
  expect(row?.properties).toMatchObject({ Godkendt: { checkbox: true }, Status: { select: { name: "Godkendt" } } });
  on.drag(people.anders, "INNO-3", "2. Nytænk");
  await house.quiet();
  expect(on.field("INNO-3", "Fase")).toBe("2. Nytænk");
});
