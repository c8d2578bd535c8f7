// SPDX-License-Identifier: EUPL-1.2
/** Two priorities: what a person does goes before work in bulk, in the queue and at the budget. */
import { afterEach, expect, it, vi } from "vitest";
import { board, type House, openHouse, people } from "./house.ts";

let house: House;
afterEach(() => house.close());

const budgets = {
  notion: { perMinute: 300 },
  github: { perHour: 60_000, pointsPerMinute: 600_000, createPerMinute: 60_000, createPerHour: 60_000 },
};
const MANY = 200;

/** Cards that nobody has told the service about; it finds them when it looks at everything. */
async function unheardOf({ sandbox: { notion } }: House, count: number): Promise<void> {
  notion.deliveries("lose");
  for (let n = 0; n < count; n += 1)
    notion.create(people.anders, notion.projects, {
      Navn: { title: [{ text: { content: `Hverdagsidé ${n}` } }] },
      Spor: { select: { name: "3 Hverdagsinnovation" } },
      Fase: { select: { name: "1. Udforsk" } },
      Tilstand: { select: { name: "Aktiv" } },
    });
  await notion.delivered();
  notion.deliveries("flow");
}

const waiting = async () => {
  const { prioritized = 0, delayed = 0 } = await house.jobs("sync");
  return prioritized + delayed;
};

it("a card dragged during a backfill is put back while most of the backfill still waits", async () => {
  house = await openHouse({ budgets });
  const on = board(house);
  await unheardOf(house, MANY);
  await house.lookAtAll();
  await vi.waitFor(async () => expect(await waiting()).toBeGreaterThan(MANY / 2), 20_000);
  on.drag(people.anders, "INNO-3", "2. Nytænk");
  await vi.waitFor(() => expect(on.said("INNO-3")).toEqual(["A01"]), { timeout: 30_000, interval: 50 });
  expect(on.field("INNO-3", "Fase")).toBe("1. Udforsk");
  expect(await waiting()).toBeGreaterThan(MANY / 4);
});

it("a card that waits in the backfill itself is looked at as soon as somebody touches it", async () => {
  house = await openHouse({ budgets });
  const { notion } = house.sandbox;
  await unheardOf(house, MANY);
  const last = notion.pages(notion.projects).at(-1);
  if (!last) throw new Error("no card");
  await house.lookAtAll();
  await vi.waitFor(async () => expect(await waiting()).toBeGreaterThan(MANY / 2), 20_000);
  notion.edit(people.anders, last.id, { "Sagsnr.": { rich_text: [{ text: { content: "26/1" } }] } });
  await vi.waitFor(async () => expect(await house.ledger.card(last.id)).not.toBeNull(), {
    timeout: 30_000,
    interval: 50,
  });
  expect(await waiting()).toBeGreaterThan(MANY / 4);
});
