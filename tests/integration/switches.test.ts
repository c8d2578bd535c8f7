// SPDX-License-Identifier: EUPL-1.2
/** What a municipality may choose about approvals (DOMAIN 4 T3, 5.8, 5.9): every value of each switch, on the board. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { board, type House, openHouse, people } from "./house.ts";

const UDI = "Digitalisering og Innovation";
const text = (content: string) => ({ rich_text: [{ text: { content } }] });
const changed = { "Idé til test": text("En skærm ved døren og en i biblioteket.") };

let house: House;
afterAll(() => house?.close());

/** A house of its own for the tests of one choice. */
function choosing(approvals: Readonly<Record<string, string | boolean>>): void {
  beforeAll(async () => {
    await house?.close();
    house = await openHouse({ rules: { approvals } });
  });
}

async function approve(number: string): Promise<void> {
  board(house).tick(people.mette, number, UDI);
  await house.quiet();
}

async function drag(number: string, phase: string): Promise<readonly (string | undefined)[]> {
  const on = board(house);
  on.drag(people.anders, number, phase);
  await house.quiet();
  return [on.field(number, "Fase"), on.said(number).at(-1)];
}

describe("meetingRequired: false · onApproval: tell · onContentChange: tell", () => {
  choosing({ meetingRequired: false, onApproval: "tell", onContentChange: "tell" });

  it("the last yes tells whoever dragged, and the card stays until it is dragged again", async () => {
    expect(await drag("INNO-3", "2. Nytænk")).toEqual(["1. Udforsk", "A01"]);
    await approve("INNO-3");
    const on = board(house);
    expect([on.field("INNO-3", "Fase"), on.said("INNO-3").at(-1)]).toEqual(["1. Udforsk", "B01"]);
    expect(await drag("INNO-3", "2. Nytænk")).toEqual(["2. Nytænk", "B03"]);
  });

  it("what the yes was given to is changed: B26, and the yes stands", async () => {
    await approve("INNO-8");
    const on = board(house);
    on.edit(people.anders, "INNO-8", changed);
    await house.quiet();
    expect(on.said("INNO-8").at(-1)).toBe("B26");
    expect(on.comments("INNO-8").at(-1)).toMatch(/^(?=.*@Sanne Sekretær).*Idé til test er ændret/u);
    expect(on.field("INNO-8", "Godkendelser")).toBe("Nytænk → Test: 1 af 1");
    expect(await drag("INNO-8", "3. Test")).toEqual(["3. Test", "B03"]);
  });
});

describe("meetingRequired: true · onContentChange: void", () => {
  choosing({ meetingRequired: true, onContentChange: "void" });

  it("a yes without meeting and item opens no gate (A07); with them it does", async () => {
    await approve("INNO-3");
    expect(await drag("INNO-3", "2. Nytænk")).toEqual(["1. Udforsk", "A07"]);
    const row = board(house).openRow("INNO-3", UDI).id;
    house.sandbox.notion.edit(people.sanne, row, { Mødedato: { date: { start: "2026-11-18" } } });
    await house.quiet();
    house.sandbox.clock.advance(31 * 60_000);
    expect(await drag("INNO-3", "2. Nytænk")).toEqual(["1. Udforsk", "A07"]);
    house.sandbox.notion.edit(people.sanne, row, { Punkt: text("7") });
    await house.quiet();
    expect(await drag("INNO-3", "2. Nytænk")).toEqual(["2. Nytænk", "B03"]);
  });

  it("what the yes was given to is changed: B27, and the row is Klar again", async () => {
    await approve("INNO-8");
    const on = board(house);
    on.edit(people.anders, "INNO-8", changed);
    await house.quiet();
    expect(on.said("INNO-8").at(-1)).toBe("B27");
    expect(on.openRow("INNO-8", UDI).properties).toMatchObject({
      Godkendt: { checkbox: false },
      Status: { select: { name: "Klar" } },
      "Registreret af": { people: [] },
    });
    expect(await drag("INNO-8", "3. Test")).toEqual(["2. Nytænk", "A01"]);
  });
});

describe("onApproval: move · onContentChange: ignore", () => {
  choosing({ onApproval: "move", onContentChange: "ignore" });

  it("the last yes moves the card whose drag was refused, and its issue with it", async () => {
    expect(await drag("INNO-3", "2. Nytænk")).toEqual(["1. Udforsk", "A01"]);
    await approve("INNO-3");
    const on = board(house);
    expect([on.field("INNO-3", "Fase"), on.said("INNO-3").at(-1)]).toEqual(["2. Nytænk", "B03"]);
    expect(on.phaseLabels("INNO-3")).toEqual(["fase:2-nytaenk"]);
  });

  it("a yes to a card that nobody has dragged moves nothing", async () => {
    await approve("INNO-8");
    const on = board(house);
    expect([on.field("INNO-8", "Fase"), on.said("INNO-8")]).toEqual(["2. Nytænk", ["B01"]]);
  });

  it("what the yes was given to is changed: nothing is said, and the yes stands", async () => {
    const on = board(house);
    on.edit(people.anders, "INNO-8", changed);
    await house.quiet();
    expect([on.said("INNO-8"), on.field("INNO-8", "Godkendelser")]).toEqual([["B01"], "Nytænk → Test: 1 af 1"]);
  });
});
