// SPDX-License-Identifier: EUPL-1.2
/** Advice on the wire: the ledger counts what stands in a phase, and the move stands all the same (B11–B13). */
import { afterAll, beforeAll, expect, it } from "vitest";
import { board, type House, openHouse, people } from "./house.ts";

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

/** A project in the third track, begun in a phase. */
async function everyday(phase: string): Promise<string> {
  const { notion } = house.sandbox;
  const card = notion.create(people.anders, notion.projects, {
    Navn: { title: [{ text: { content: "Tavle i køkkenet" } }] },
    Spor: { select: { name: "3 Hverdagsinnovation" } },
    Fase: { select: { name: phase } },
    Ejer: { people: [{ id: people.anders }] },
  });
  await house.quiet();
  const number = notion.page(card).properties["Projekt-id"];
  return number?.type === "unique_id" ? `INNO-${number.unique_id.number}` : "";
}

const inPhase = (phase: string) =>
  house.sandbox.notion.pages(house.sandbox.notion.projects).filter(({ properties }) => {
    const { Fase, Tilstand } = properties;
    return (
      Fase?.type === "select" &&
      Fase.select?.name === phase &&
      Tilstand?.type === "select" &&
      Tilstand.select?.name === "Aktiv"
    );
  }).length;

it("B11: the card that makes it one too many is told, with the number that really stands there, and stays", async () => {
  const on = board(house);
  const limit = 3;
  let last = "";
  for (let count = inPhase("2. Nytænk"); count <= limit; count += 1) last = await everyday("2. Nytænk");
  expect(on.said(last)).toEqual(["B11"]);
  expect(on.comments(last)[0]).toContain("Der er nu 4 projekter i Nytænk; grænsen er 3. Flytningen gælder.");
  expect(on.field(last, "Fase")).toBe("2. Nytænk");
  on.edit(people.anders, last, { Tilstand: { select: { name: "Parkeret" } } });
  await house.quiet();
  const next = await everyday("2. Nytænk");
  expect(on.said(next)).toEqual(["B11"]);
  expect(on.comments(next)[0]).toContain("Der er nu 4 projekter");
});

it("B12, B13: the solution before the question, and on the same day: both are said, and nothing is put back", async () => {
  const on = board(house);
  const number = await everyday("1. Udforsk");
  on.edit(people.anders, number, { "Idé til test": { rich_text: [{ text: { content: "En tavle" } }] } });
  await house.quiet();
  on.drag(people.anders, number, "2. Nytænk");
  await house.quiet();
  expect(on.said(number).slice(-2)).toEqual(["B13", "B03"]);
  expect(on.comments(number).at(-1)).toContain("I har været 0 arbejdsdage i Udforsk.");
  expect(on.field(number, "Fase")).toBe("2. Nytænk");
});
