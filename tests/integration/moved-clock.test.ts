// SPDX-License-Identifier: EUPL-1.2
/** A clock that is moved (FASEPORT_CLOCK): what waits for a time is done when that time has come by it, and nobody touches a card. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { board, type House, openHouse, people } from "./house.ts";

const UDI = "Digitalisering og Innovation";
const MINUTE = 60_000;
const DAY = 86_400_000;
const soon = { timeout: 30_000 };

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const rowsOf = (number: string) =>
  board(house)
    .rows(number)
    .map(({ properties: { Status, Godkendt } }) => [
      Status?.type === "select" ? Status.select?.name : "",
      Godkendt?.type === "checkbox" && Godkendt.checkbox,
    ]);

it("A30: a tick whose event never came is cleared once its five minutes have passed", async () => {
  const on = board(house);
  house.sandbox.notion.deliveries("lose");
  on.tick(people.mette, "INNO-3", UDI);
  await house.sandbox.notion.delivered();
  house.sandbox.notion.deliveries("flow");
  await house.lookAtAll();
  await house.quiet();
  expect([on.said("INNO-3"), rowsOf("INNO-3")]).toEqual([[], [["Klar", true]]]);

  house.sandbox.clock.advance(6 * MINUTE);
  await expect.poll(() => on.said("INNO-3"), soon).toEqual(["A30"]);
  await house.quiet();
  expect(rowsOf("INNO-3")).toEqual([["Klar", false]]);
});

it("A18: so is a guarded field that nobody known has changed", async () => {
  const on = board(house);
  house.sandbox.notion.deliveries("lose");
  on.edit(people.anders, "INNO-8", { Spor: { select: { name: "3 Hverdagsinnovation" } } });
  await house.sandbox.notion.delivered();
  house.sandbox.notion.deliveries("flow");
  await house.lookAtAll();
  await house.quiet();
  expect([on.said("INNO-8"), on.field("INNO-8", "Spor")]).toEqual([[], "3 Hverdagsinnovation"]);

  house.sandbox.clock.advance(6 * MINUTE);
  await expect.poll(() => on.said("INNO-8"), soon).toEqual(["A18"]);
  await house.quiet();
  expect(on.field("INNO-8", "Spor")).toBe("2 Politisk projekt");
});

it("the next meeting is another one when the first has been held, and none when none is known", async () => {
  const on = board(house);
  const ahead = () => on.field("INNO-3", "Godkendelser");
  expect(ahead()).toContain("16. december 2026");
  house.sandbox.clock.advance(28 * DAY);
  await expect.poll(ahead, soon).toMatch(/2027/u);
  await house.quiet();
  expect(on.issue("INNO-3")?.body).not.toContain("16. december 2026");
  house.sandbox.clock.advance(3 * 365 * DAY);
  await expect.poll(ahead, soon).toMatch(/ikke lagt ind/u);
  await house.quiet();
});

it("A27: a yes is too old after its year, the decision begins again, and a moved clock by itself moves nothing", async () => {
  const on = board(house);
  const phases = () => ["INNO-4", "INNO-6", "INNO-11"].map((number) => on.field(number, "Fase"));
  const before = phases();
  on.tick(people.mette, "INNO-4", UDI);
  await house.quiet();
  expect(on.said("INNO-4")).toEqual(["B02"]);

  house.sandbox.clock.advance(395 * DAY);
  await expect.poll(() => on.said("INNO-4"), soon).toEqual(["B02", "A27"]);
  await house.quiet();
  expect(rowsOf("INNO-4").toSorted()).toEqual([
    ["Klar", false],
    ["Klar", false],
    ["Udløbet", true],
  ]);
  expect(on.field("INNO-4", "Godkendelser")).toContain("0 af 2");
  expect(phases()).toEqual(before);
});
