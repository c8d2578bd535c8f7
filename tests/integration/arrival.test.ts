// SPDX-License-Identifier: EUPL-1.2
/** Cards that come after the service has taken over the board (T13, T14; cases 27, 28), and copies (case 29). */
import { afterAll, beforeAll, expect, it } from "vitest";
import { board, type House, openHouse, people } from "./house.ts";

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const create = (title: string, track: string, phase: string, at?: Date) =>
  house.sandbox.notion.create(
    people.anders,
    house.sandbox.notion.projects,
    {
      Navn: { title: [{ text: { content: title } }] },
      Spor: { select: { name: track } },
      Fase: { select: { name: phase } },
    },
    at,
  );

it("A12: a political card created in a phase is laid in the idea bank, even in the minute of the taking over (case 27)", async () => {
  create("Ny sag", "2 Politisk projekt", "4. Implementer");
  await house.quiet();
  const on = board(house);
  expect([on.field("INNO-14", "Tilstand"), on.field("INNO-14", "Fase"), on.said("INNO-14")]).toEqual([
    "Idébank",
    "",
    ["A12"],
  ]);
  expect(on.issue("INNO-14")).toBeNull();
});

it("A12: so is an old page that is moved onto the board later: its age is no decision (case 27)", async () => {
  create("Gammel side", "2 Politisk projekt", "4. Implementer", new Date("2025-01-01T08:00:00.000Z"));
  await house.quiet();
  const on = board(house);
  expect([on.field("INNO-15", "Tilstand"), on.field("INNO-15", "Fase"), on.said("INNO-15")]).toEqual([
    "Idébank",
    "",
    ["A12"],
  ]);
});

it("everyday innovation may begin in any phase, and gets its issue (case 28)", async () => {
  create("Hverdag", "3 Hverdagsinnovation", "4. Implementer");
  await house.quiet();
  const on = board(house);
  expect([on.field("INNO-16", "Tilstand"), on.field("INNO-16", "Fase"), on.said("INNO-16")]).toEqual([
    "Aktiv",
    "4. Implementer",
    [],
  ]);
  expect(on.phaseLabels("INNO-16")).toEqual(["fase:4-implementer"]);
});

it("A28: a copy begins in the idea bank, and the original keeps its issue and its decisions (case 29)", async () => {
  const on = board(house);
  const [issue, rows] = [on.field("INNO-8", "Opgave"), on.rows("INNO-8").length];
  house.sandbox.notion.duplicate(people.anders, on.card("INNO-8"));
  await house.quiet();
  expect([on.field("INNO-17", "Tilstand"), on.field("INNO-17", "Fase"), on.field("INNO-17", "Opgave")]).toEqual([
    "Idébank",
    "",
    "",
  ]);
  expect(on.said("INNO-17")).toEqual(["A28"]);
  expect([on.field("INNO-8", "Opgave"), on.rows("INNO-8").length, on.field("INNO-8", "Fase")]).toEqual([
    issue,
    rows,
    "2. Nytænk",
  ]);
});
