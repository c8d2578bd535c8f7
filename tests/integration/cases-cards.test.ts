// SPDX-License-Identifier: EUPL-1.2
/**
 * Cases 29–32 of DOMAIN.md, section 10: what comes, is copied, and goes. Each test has its own card. Cases 27 and 28 are
 * in arrival.test.ts.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { board, type House, openHouse, people } from "./house.ts";

const UDI = "Digitalisering og Innovation";
const ELDERLY = "Ældre og Sundhed";
const seeded = Array.from({ length: 13 }, (_, index) => `INNO-${index + 1}`);

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const text = (content: string) => ({ rich_text: [{ text: { content } }] });

it("case 32: import of existing cards: nobody is written to, no gate is asked for the past, all stand where they stood", async () => {
  const on = board(house);
  expect(seeded.flatMap((number) => on.said(number))).toEqual([]);
  expect(house.sandbox.github.issues().flatMap(({ number }) => house.sandbox.github.commentsOf(number))).toEqual([]);
  const lines = await house.ledger.log();
  expect(lines.map(({ rule, from }) => `${rule} ${from}`)).toEqual(seeded.map(() => "adopted "));
  const gates = (number: string) =>
    on.rows(number).map(({ properties: { Port } }) => (Port?.type === "select" ? Port.select?.name : ""));
  expect(seeded.map((number) => [on.field(number, "Fase"), ...new Set(gates(number))])).toEqual([
    ["", "Godkendt til Udforsk"],
    [""],
    ["1. Udforsk", "Godkendt til Nytænk"],
    ["1. Udforsk", "Godkendt til Nytænk"],
    ["1. Udforsk", "Godkendt til Nytænk"],
    ["2. Nytænk"],
    ["2. Nytænk", "Godkendt til Test"],
    ["2. Nytænk", "Godkendt til Test"],
    ["3. Test", "Godkendt til Implementer"],
    ["3. Test", "Godkendt til Implementer"],
    ["4. Implementer", "Godkendt til Følg op"],
    ["5. Følg op"],
    ["3. Test", "Godkendt til Implementer"],
  ]);
});

describe("case 29: card duplicated in Notion (ticks, issue link and all): detected because Opgave belongs to another page, A28", () => {
  it("the copy begins without decisions; what was decided stays with the original", async () => {
    const on = board(house);
    on.tick(people.mette, "INNO-4", UDI);
    await house.quiet();
    const before = [
      on.field("INNO-4", "Opgave"),
      on.field("INNO-4", "Godkendelser"),
      on.rows("INNO-4").map(({ id }) => id),
    ];
    house.sandbox.notion.duplicate(people.lise, on.card("INNO-4"));
    await house.quiet();
    expect([on.field("INNO-14", "Tilstand"), on.field("INNO-14", "Fase"), on.field("INNO-14", "Opgave")]).toEqual([
      "Idébank",
      "",
      "",
    ]);
    expect(on.said("INNO-14")).toEqual(["A28"]);
    expect(on.comments("INNO-14")[0]).toMatch(/^@Lise Leder /u);
    expect([
      on.field("INNO-4", "Opgave"),
      on.field("INNO-4", "Godkendelser"),
      on.rows("INNO-4").map(({ id }) => id),
    ]).toEqual(before);
    expect(on.rows("INNO-14").map(({ properties }) => properties.Godkendt)).toEqual([
      expect.objectContaining({ checkbox: false }),
      expect.objectContaining({ checkbox: false }),
    ]);
  });

  it("a yes to the original opens no gate for the copy", async () => {
    const on = board(house);
    on.drag(people.lise, "INNO-14", "2. Nytænk");
    await house.quiet();
    expect([on.field("INNO-14", "Fase"), on.said("INNO-14").at(-1)]).toEqual(["", "A02"]);
    on.tick(people.karin, "INNO-4", ELDERLY);
    await house.quiet();
    on.drag(people.lise, "INNO-14", "1. Udforsk");
    await house.quiet();
    expect([on.field("INNO-14", "Fase"), on.said("INNO-14").at(-1)]).toEqual(["", "A01"]);
  });
});

describe("case 30: trashed, restored", () => {
  const on = () => board(house);

  it("trashed: told, and the issue stays open with «papirkurv»", async () => {
    house.sandbox.notion.trash(people.anders, on().card("INNO-11"));
    await house.quiet();
    expect(on().said("INNO-11")).toEqual(["B16"]);
    expect(on().comments("INNO-11")[0]).toContain("er lagt i papirkurven af Anders Projektejer");
    expect(on().issue("INNO-11")).toMatchObject({ state: "open" });
    expect(on().labels("INNO-11")).toContain("papirkurv");
  });

  it("a tick on its decision meanwhile waits", async () => {
    on().tick(people.mette, "INNO-11", UDI);
    await house.quiet();
    expect(on().said("INNO-11")).toEqual(["B16"]);
    expect(
      (await house.ledger.log()).filter(({ rule }) => rule === "registered").map(({ card }) => card),
    ).not.toContain(on().card("INNO-11"));
  });

  it("restored: told, the tick is heard, and everything else is as it was", async () => {
    house.sandbox.notion.restore(people.anders, on().card("INNO-11"));
    await house.quiet();
    expect(on().said("INNO-11")).toEqual(["B16", "B17", "B01"]);
    expect(on().field("INNO-11", "Godkendelser")).toBe("Implementer → Følg op: 1 af 1");
    expect(on().field("INNO-11", "Fase")).toBe("4. Implementer");
    expect(on().labels("INNO-11")).not.toContain("papirkurv");
    expect(on().issue("INNO-11")).toMatchObject({ state: "open" });
  });
});

it("case 31, the cards: the integration loses access (404): nothing closed, and all goes on when it is back", async () => {
  const { notion, github } = house.sandbox;
  const on = board(house);
  const states = () => github.issues().map(({ number, state, labels }) => [number, state, labels]);
  const before = states();
  notion.faults(({ path }) => (path.startsWith("/v1/pages/") ? { kind: "status", status: 404 } : null));
  on.drag(people.anders, "INNO-8", "4. Implementer");
  on.edit(people.anders, "INNO-9", { Navn: { title: [{ text: { content: "Sensorer" } }] } });
  await house.quiet();
  expect(states()).toEqual(before);
  expect([on.said("INNO-8"), on.said("INNO-9")]).toEqual([[], []]);

  notion.faults(null);
  on.edit(people.anders, "INNO-8", { "Sagsnr.": text("26/4711") });
  await house.quiet();
  expect([on.field("INNO-8", "Fase"), on.said("INNO-8")]).toEqual(["2. Nytænk", ["A02"]]);
});
