// SPDX-License-Identifier: EUPL-1.2
/**
 * Cases 16–26 of DOMAIN.md, section 10: decisions. Each test has its own card. Case 17 is in gates.test.ts, case 26 in
 * broken-off.test.ts.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { board, type House, machines, openHouse, people } from "./house.ts";

const UDI = "Digitalisering og Innovation";
const ELDERLY = "Ældre og Sundhed";
const COUNCIL = "Byråd";

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const text = (content: string) => ({ rich_text: [{ text: { content } }] });
const select = (name: string) => ({ select: { name } });
const bodies = (...names: string[]) => ({ multi_select: names.map((name) => ({ name })) });

async function logged(number: string) {
  const card = board(house).card(number);
  return (await house.ledger.log()).filter((line) => line.card === card);
}

/** The rows of a card as «phase body status box», oldest first. */
function rowsOf(number: string): readonly string[] {
  const rows = board(house)
    .rows(number)
    .filter((row) => !row.in_trash);
  return rows.map(({ properties }) => {
    const named = ["Port", "Udvalg", "Status"].map((name) => {
      const value = properties[name];
      return value?.type === "select" ? (value.select?.name ?? "") : "";
    });
    const box = properties.Godkendt?.type === "checkbox" && properties.Godkendt.checkbox;
    return [...named, box ? "ticked" : "open"].join(" ").replace("Godkendt til ", "");
  });
}

describe("case 16: a tick by anybody but the committee's own approver is cleared", () => {
  it.each([
    ["the owner", people.anders],
    ["the secretary", people.sanne],
    ["another committee's chair", people.karin],
    ["an automation", machines.automation.id],
    ["an agent", machines.agent.id],
  ])("%s: A05", async (_who, by) => {
    const on = board(house);
    house.sandbox.clock.advance(31 * 60_000);
    const before = on.said("INNO-8").length;
    on.tick(by, "INNO-8", UDI);
    await house.quiet();
    expect(on.openRow("INNO-8", UDI).properties.Godkendt).toMatchObject({ checkbox: false });
    expect(on.said("INNO-8").slice(before)).toEqual(["A05"]);
    expect(on.field("INNO-8", "Godkendelser")).toContain("0 af 1");
  });
});

it("case 18: ticked, unticked, ticked within a minute: the final state counts once", async () => {
  const on = board(house);
  on.tick(people.mette, "INNO-3", UDI);
  await house.sandbox.notion.delivered();
  on.tick(people.mette, "INNO-3", UDI, false);
  await house.sandbox.notion.delivered();
  on.tick(people.mette, "INNO-3", UDI);
  await house.quiet();
  expect(on.said("INNO-3")).toEqual(["B01"]);
  expect((await logged("INNO-3")).map(({ rule }) => rule)).toEqual(["adopted", "registered"]);
  expect(rowsOf("INNO-3")).toEqual([`Nytænk ${UDI} Godkendt ticked`]);
});

it("case 22: committee added after the first yes: gate closes again", async () => {
  const on = board(house);
  on.edit(people.anders, "INNO-3", { Udvalg: bodies(UDI, ELDERLY) });
  await house.quiet();
  expect(on.field("INNO-3", "Godkendelser")).toMatch(/^Udforsk → Nytænk: 1 af 2 \(mangler Ældre og Sundhed/u);
  on.drag(people.anders, "INNO-3", "2. Nytænk");
  await house.quiet();
  expect([on.field("INNO-3", "Fase"), on.said("INNO-3").at(-1)]).toEqual(["1. Udforsk", "A04"]);

  on.tick(people.karin, "INNO-3", ELDERLY);
  on.drag(people.anders, "INNO-3", "2. Nytænk");
  await house.quiet();
  expect(on.field("INNO-3", "Fase")).toBe("2. Nytænk");
});

it("case 19: ticked before the meeting: A08, and after it the same tick counts", async () => {
  const on = board(house);
  const row = on.openRow("INNO-7", ELDERLY).id;
  house.sandbox.notion.edit(people.sanne, row, {
    Mødedato: { date: { start: "2026-12-09" } },
    Punkt: text("7"),
  });
  await house.quiet();
  on.tick(people.karin, "INNO-7", ELDERLY);
  await house.quiet();
  expect(rowsOf("INNO-7")).toEqual([`Test ${ELDERLY} Afventer open`]);
  expect(on.comments("INNO-7")[0]).toContain("Mødet den 9. december 2026 er ikke holdt endnu.");

  house.sandbox.clock.advance(17 * 86_400_000);
  on.tick(people.karin, "INNO-7", ELDERLY);
  await house.quiet();
  expect(rowsOf("INNO-7")).toEqual([`Test ${ELDERLY} Godkendt ticked`]);
  expect(on.said("INNO-7")).toEqual(["A08", "B01"]);
  expect(on.comments("INNO-7").at(-1)).toContain("9. december 2026, punkt 7");
});

describe("cases 20, 21 and 23, on a card with two committees", () => {
  it("case 20: row deleted: recreated with its registered state", async () => {
    const on = board(house);
    on.tick(people.mette, "INNO-4", UDI);
    await house.quiet();
    const gone = on.openRow("INNO-4", UDI).id;
    house.sandbox.notion.trash(people.anders, gone);
    await house.quiet();
    expect(rowsOf("INNO-4")).toEqual([`Nytænk ${ELDERLY} Klar open`, `Nytænk ${UDI} Godkendt ticked`]);
    expect(on.field("INNO-4", "Godkendelser")).toContain("1 af 2");
    expect((await logged("INNO-4")).map(({ rule }) => rule)).toEqual(["adopted", "registered"]);
  });

  it("case 23: one yes and one no: stopped, the yes kept", async () => {
    const on = board(house);
    house.sandbox.notion.edit(people.karin, on.openRow("INNO-4", ELDERLY).id, {
      Beslutning: select("Ikke godkendt"),
      Bemærkning: text("Tal med de pårørende først."),
    });
    await house.quiet();
    expect(on.said("INNO-4").at(-1)).toBe("B09");
    expect(on.comments("INNO-4").at(-1)).toContain("Tal med de pårørende først.");
    on.drag(people.anders, "INNO-4", "2. Nytænk");
    await house.quiet();
    expect(on.field("INNO-4", "Fase")).toBe("1. Udforsk");
    expect(rowsOf("INNO-4")).toEqual([`Nytænk ${ELDERLY} Ikke godkendt open`, `Nytænk ${UDI} Godkendt ticked`]);
  });

  it.each([
    ["Projekt", () => ({ relation: [{ id: board(house).card("INNO-5") }] })],
    ["Status", () => select("Godkendt")],
    ["Udvalg", () => select(UDI)],
    ["Port", () => select("G4")],
    ["Omgang", () => ({ number: 7 })],
    ["Registreret af", () => ({ people: [{ id: people.karin }] })],
  ])("case 21, what the row shows: a decision's «%s» edited: restored", async (field, value) => {
    const on = board(house);
    const row = on.openRow("INNO-4", ELDERLY).id;
    const before = house.sandbox.notion.page(row).properties[field];
    house.sandbox.notion.edit(people.anders, row, { [field]: value() });
    await house.quiet();
    expect(house.sandbox.notion.page(row).properties[field]).toEqual(before);
    expect([on.field("INNO-4", "Godkendelser"), on.said("INNO-5")]).toEqual([expect.stringContaining("1 af 2"), []]);
  });

  it.each([
    ["Godkendelser", text("Udforsk → Nytænk: 2 af 2")],
    ["Fase (bekræftet)", text("Nytænk · Aktiv [nytaenk active politisk 1]")],
    ["Opgave", { url: "https://github.com/furesoe-kommune/innovation/issues/1" }],
  ])("case 21: the card's «%s» edited: restored, A29", async (field, value) => {
    const on = board(house);
    house.sandbox.clock.advance(31 * 60_000);
    const [before, said] = [on.field("INNO-4", field), on.said("INNO-4").length];
    on.edit(people.anders, "INNO-4", { [field]: value });
    await house.quiet();
    expect(on.field("INNO-4", field)).toBe(before);
    expect(on.said("INNO-4").slice(said)).toEqual(["A29"]);
  });
});

it("case 24: card goes back 4→2: rows of G2 and G3 void; forward again needs new yeses", async () => {
  const on = board(house);
  on.edit(people.anders, "INNO-8", {
    Testrunder: { number: 2 },
    Testkonklusion: select("Skaler"),
    "Forventet effekt": text("Flere aftener i brug."),
    Indikator: text("Aftener i brug"),
    Nulpunkt: text("12"),
    Mål: text("40"),
  });
  for (const phase of ["3. Test", "4. Implementer"]) {
    on.tick(people.mette, "INNO-8", UDI);
    await house.quiet();
    on.drag(people.anders, "INNO-8", phase);
    await house.quiet();
    expect(on.field("INNO-8", "Fase")).toBe(phase);
  }
  on.drag(people.anders, "INNO-8", "2. Nytænk");
  await house.quiet();
  expect(on.said("INNO-8").at(-1)).toBe("B04");
  expect(rowsOf("INNO-8")).toEqual([
    `Test ${UDI} Bortfaldet ticked`,
    `Implementer ${UDI} Bortfaldet ticked`,
    `Følg op ${UDI} Bortfaldet open`,
    `Test ${UDI} Klar open`,
  ]);

  house.sandbox.clock.advance(31 * 60_000);
  for (const phase of ["3. Test", "4. Implementer"]) {
    const from = on.field("INNO-8", "Fase");
    on.drag(people.anders, "INNO-8", phase);
    await house.quiet();
    expect([on.field("INNO-8", "Fase"), on.said("INNO-8").at(-1)]).toEqual([from, "A01"]);
    on.tick(people.mette, "INNO-8", UDI);
    await house.quiet();
    on.drag(people.anders, "INNO-8", phase);
    await house.quiet();
    expect(on.field("INNO-8", "Fase")).toBe(phase);
  }
});

it("case 25: untick after the move: B06; nothing moves back, and the next gate is closed until it is settled", async () => {
  const on = board(house);
  on.edit(people.anders, "INNO-9", { "Kræver bevilling": { checkbox: true } });
  const used = on.openRow("INNO-9", UDI).id;
  on.tick(people.mette, "INNO-9", UDI);
  on.tick(people.bodil, "INNO-9", COUNCIL);
  await house.quiet();
  on.edit(people.anders, "INNO-9", {
    "I drift fra": { date: { start: "2027-02-01" } },
    Effektansvarlig: { people: [{ id: people.lise }] },
    Fase: select("4. Implementer"),
  });
  await house.quiet();
  expect(on.field("INNO-9", "Fase")).toBe("4. Implementer");

  house.sandbox.notion.edit(people.mette, used, { Godkendt: { checkbox: false } });
  await house.quiet();
  expect([on.field("INNO-9", "Fase"), on.said("INNO-9").at(-1)]).toEqual(["4. Implementer", "B06"]);
  on.tick(people.mette, "INNO-9", UDI);
  on.drag(people.anders, "INNO-9", "5. Følg op");
  await house.quiet();
  expect(on.field("INNO-9", "Fase")).toBe("4. Implementer");

  house.sandbox.notion.edit(people.mette, used, { Godkendt: { checkbox: true } });
  await house.quiet();
  on.drag(people.anders, "INNO-9", "5. Følg op");
  await house.quiet();
  expect(on.field("INNO-9", "Fase")).toBe("5. Følg op");
});

it("case 16: someone whose term has ended: cleared, A11", async () => {
  const later = await openHouse({ start: new Date("2030-01-07T08:00:00.000Z") });
  try {
    const on = board(later);
    on.tick(people.karin, "INNO-7", ELDERLY);
    await later.quiet();
    expect(on.openRow("INNO-7", ELDERLY).properties.Godkendt).toMatchObject({ checkbox: false });
    expect(on.said("INNO-7")).toEqual(["A11"]);
    expect(on.comments("INNO-7")[0]).toContain(
      "Karin Formand kunne ikke godkende for Ældre og Sundhed den 7. januar 2030",
    );
  } finally {
    await later.close();
  }
});
