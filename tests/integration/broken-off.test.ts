// SPDX-License-Identifier: EUPL-1.2
/** Work that is broken off: what is on the wire, what is remembered, and that the next look finishes it once (I4, cases 35–36). */
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Fault } from "../../src/sandbox/world.ts";
import { board, type House, openHouse, people } from "./house.ts";

let house: House;
beforeEach(async () => {
  house = await openHouse();
}, 60_000);
afterEach(() => house.close());

const UDI = "Digitalisering og Innovation";
const dropped: Fault = { kind: "drop-connection", afterSaving: true };
const lost: Fault = { kind: "drop-connection", afterSaving: false };
const savedBut503: Fault = { kind: "status", status: 503, afterSaving: true };
const unavailable: Fault = { kind: "status", status: 503 };
const limited: Fault = { kind: "status", status: 429, retryAfter: 1 };

/** The first `times` calls of this kind go wrong, the others do not. */
function first(times: number, method: string, path: RegExp, fault: Fault) {
  let left = times;
  return (call: { method: string; path: string }) =>
    call.method === method && path.test(call.path) && left-- > 0 ? fault : null;
}

const onComments: readonly [string, Fault][] = [
  ["saved, the answer lost", dropped],
  ["saved, answered 503", savedBut503],
  ["not saved, the connection lost", lost],
  ["not saved, answered 503", unavailable],
  ["answered 429", limited],
];

it.each(onComments)("a comment %s: said once", async (_what, fault) => {
  const on = board(house);
  house.sandbox.notion.faults(first(1, "POST", /comments/u, fault));
  on.drag(people.anders, "INNO-3", "2. Nytænk");
  await house.quiet();
  expect(on.said("INNO-3")).toEqual(["A01"]);
  expect(on.field("INNO-3", "Fase")).toBe("1. Udforsk");
  expect((await house.ledger.log()).filter((line) => line.rule === "T3 A01")).toHaveLength(1);
});

it.each(onComments)("a put back %s: back, told and logged once", async (_what, fault) => {
  const on = board(house);
  house.sandbox.notion.faults(first(1, "PATCH", /pages/u, fault));
  on.drag(people.anders, "INNO-3", "2. Nytænk");
  await house.quiet();
  expect(on.field("INNO-3", "Fase")).toBe("1. Udforsk");
  expect(on.said("INNO-3")).toEqual(["A01"]);
  expect((await house.ledger.log()).filter((line) => line.rule === "T3 A01")).toHaveLength(1);
});

it.each(onComments)("a row whose creation was %s: one row for the next gate", async (_what, fault) => {
  const on = board(house);
  on.tick(people.mette, "INNO-3", UDI);
  await house.quiet();
  house.sandbox.notion.faults(first(1, "POST", /^\/v1\/pages$/u, fault));
  on.drag(people.anders, "INNO-3", "2. Nytænk");
  await house.quiet();
  expect(on.field("INNO-3", "Fase")).toBe("2. Nytænk");
  expect(on.rows("INNO-3")).toHaveLength(2);
  expect(on.said("INNO-3")).toEqual(["B01", "B03"]);
});

it.each([...onComments.slice(0, 4)])("an issue whose creation was %s: one issue", async (_what, fault) => {
  const on = board(house);
  house.sandbox.github.faults(first(1, "POST", /issues$/u, fault));
  on.tick(people.mette, "INNO-1", UDI);
  await house.quiet();
  on.drag(people.anders, "INNO-1", "1. Udforsk");
  await house.quiet();
  expect(on.field("INNO-1", "Fase")).toBe("1. Udforsk");
  const issues = house.sandbox.github.issues().filter((issue) => issue.title === "Bænke, der samler regnvand");
  expect(issues).toHaveLength(1);
  expect(on.field("INNO-1", "Opgave")).toBe(issues[0]?.html_url);
});

it("GitHub away: the verdict stands, the issue catches up (case 36)", async () => {
  const on = board(house);
  house.sandbox.github.faults(first(3, "GET", /issues/u, { kind: "status", status: 502 }));
  on.tick(people.mette, "INNO-3", UDI);
  await house.quiet();
  on.drag(people.anders, "INNO-3", "2. Nytænk");
  await house.quiet();
  expect(on.field("INNO-3", "Fase")).toBe("2. Nytænk");
  expect(on.phaseLabels("INNO-3")).toEqual(["fase:2-nytaenk"]);
});

it("moved while the service was down: judged by the same rules at the start (case 35)", async () => {
  const on = board(house);
  await house.stop();
  house.sandbox.notion.deliveries("lose");
  on.drag(people.anders, "INNO-3", "2. Nytænk");
  on.drag(people.anders, "INNO-6", "3. Test");
  await house.sandbox.notion.delivered();
  house.sandbox.notion.deliveries("flow");
  await house.startAgain();
  await house.quiet();
  expect(on.field("INNO-3", "Fase")).toBe("1. Udforsk");
  expect(on.said("INNO-3")).toEqual(["A01"]);
  expect(on.field("INNO-6", "Fase")).toBe("3. Test");
});

it("ticked while the service was down: nobody can be named, so it is cleared after the wait (A30, case 26)", async () => {
  const on = board(house);
  await house.stop();
  house.sandbox.notion.deliveries("lose");
  on.tick(people.mette, "INNO-3", UDI);
  await house.sandbox.notion.delivered();
  house.sandbox.notion.deliveries("flow");
  await house.startAgain();
  await house.quiet();
  expect(on.openRow("INNO-3", UDI).properties.Godkendt).toMatchObject({ checkbox: true });
  on.drag(people.anders, "INNO-3", "2. Nytænk");
  await house.quiet();
  expect(on.field("INNO-3", "Fase")).toBe("1. Udforsk");
  house.sandbox.clock.advance(6 * 60_000);
  on.edit(people.anders, "INNO-3", { "Sagsnr.": { rich_text: [{ text: { content: "26/1" } }] } });
  await house.quiet();
  expect(on.openRow("INNO-3", UDI).properties.Godkendt).toMatchObject({ checkbox: false });
  expect(on.said("INNO-3").at(-1)).toBe("A30");
});
