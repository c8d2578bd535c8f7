// SPDX-License-Identifier: EUPL-1.2
/** The main path on real HTTP, Redis and BullMQ: drag, refusal, tick, verdict, and the issue that follows. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { board, type House, openHouse, people } from "./house.ts";

const UDI = "Digitalisering og Innovation";
const ELDERLY = "Ældre og Sundhed";

let house: House;
beforeAll(async () => {
  house = await openHouse();
}, 60_000);
afterAll(() => house.close());

describe("one card, from drag to verdict (INNO-3, one committee)", () => {
  it("A01: a drag without approval is put back once, and the reason names committee, meeting, deadline and who dragged", async () => {
    const on = board(house);
    on.drag(people.anders, "INNO-3", "2. Nytænk");
    await house.quiet();
    expect(on.field("INNO-3", "Fase")).toBe("1. Udforsk");
    expect(on.said("INNO-3")).toEqual(["A01"]);
    expect(on.comments("INNO-3")[0]).toMatch(
      /^@Anders Projektejer .*Digitalisering og Innovation har ikke sagt ja til Nytænk.*16\. december 2026.*4\. december 2026/u,
    );
    expect(on.comments("INNO-3")[0]?.match(/@Anders/gu)).toHaveLength(1);
    expect(on.field("INNO-3", "Ønsker videre til")).toBe("Nytænk");
    expect(on.phaseLabels("INNO-3")).toEqual(["fase:1-udforsk"]);
  });

  it("the same refused drag again is put back again and not told again (case 4)", async () => {
    const on = board(house);
    on.drag(people.anders, "INNO-3", "2. Nytænk");
    await house.quiet();
    expect(on.field("INNO-3", "Fase")).toBe("1. Udforsk");
    expect(on.said("INNO-3")).toEqual(["A01"]);
  });

  it("A02: two phases in one drag are put back (case 1)", async () => {
    const on = board(house);
    on.drag(people.anders, "INNO-3", "3. Test");
    await house.quiet();
    expect(on.field("INNO-3", "Fase")).toBe("1. Udforsk");
    expect(on.said("INNO-3").at(-1)).toBe("A02");
  });

  it("A05: a tick by staff is cleared", async () => {
    const on = board(house);
    on.tick(people.anders, "INNO-3", UDI);
    await house.quiet();
    expect(on.openRow("INNO-3", UDI).properties.Godkendt).toMatchObject({ checkbox: false });
    expect(on.said("INNO-3").at(-1)).toBe("A05");
  });

  it("B01: a tick by the chair is registered", async () => {
    const on = board(house);
    on.tick(people.mette, "INNO-3", UDI);
    await house.quiet();
    expect(on.said("INNO-3").at(-1)).toBe("B01");
    expect(on.field("INNO-3", "Godkendelser")).toBe("Udforsk → Nytænk: 1 af 1");
  });

  it("B03: the same drag now stays, and the issue has exactly the new phase label", async () => {
    const on = board(house);
    on.drag(people.anders, "INNO-3", "2. Nytænk");
    await house.quiet();
    expect(on.field("INNO-3", "Fase")).toBe("2. Nytænk");
    expect(on.said("INNO-3").at(-1)).toBe("B03");
    expect(on.comments("INNO-3").at(-1)).toContain("Stille brainstorm");
    expect(on.phaseLabels("INNO-3")).toEqual(["fase:2-nytaenk"]);
  });

  it("B04: back is free, and the approval no longer counts once the undo window has closed", async () => {
    const on = board(house);
    on.drag(people.anders, "INNO-3", "1. Udforsk");
    await house.quiet();
    expect(on.field("INNO-3", "Fase")).toBe("1. Udforsk");
    expect(on.said("INNO-3").at(-1)).toBe("B04");
    house.sandbox.clock.advance(31 * 60_000);
    on.drag(people.anders, "INNO-3", "2. Nytænk");
    await house.quiet();
    expect(on.field("INNO-3", "Fase")).toBe("1. Udforsk");
    expect(on.said("INNO-3").at(-1)).toBe("A01");
  });
});

it("A04: with two committees, the first yes is not enough (INNO-4)", async () => {
  const on = board(house);
  on.tick(people.mette, "INNO-4", UDI);
  await house.quiet();
  expect(on.said("INNO-4")).toEqual(["B02"]);
  on.drag(people.anders, "INNO-4", "2. Nytænk");
  await house.quiet();
  expect(on.field("INNO-4", "Fase")).toBe("1. Udforsk");
  expect(on.said("INNO-4").at(-1)).toBe("A04");
  on.tick(people.karin, "INNO-4", ELDERLY);
  await house.quiet();
  on.drag(people.anders, "INNO-4", "2. Nytænk");
  await house.quiet();
  expect(on.field("INNO-4", "Fase")).toBe("2. Nytænk");
});

it("A03: what is missing is listed, and it is heard before the approval is asked for (INNO-5)", async () => {
  const on = board(house);
  on.drag(people.anders, "INNO-5", "2. Nytænk");
  await house.quiet();
  expect(on.field("INNO-5", "Fase")).toBe("1. Udforsk");
  expect(on.comments("INNO-5")[0]).toMatch(/Innovationsspørgsmål.*Inddraget/u);
  expect(on.said("INNO-5")).toEqual(["A03"]);
});

it("everyday innovation moves freely, and its issue follows (INNO-6)", async () => {
  const on = board(house);
  on.drag(people.anders, "INNO-6", "3. Test");
  await house.quiet();
  expect(on.field("INNO-6", "Fase")).toBe("3. Test");
  expect(on.said("INNO-6")).toEqual(["B03"]);
  expect(on.phaseLabels("INNO-6")).toEqual(["fase:3-test"]);
});

it("another committee's chair is not this committee's chair (case 16)", async () => {
  const on = board(house);
  on.tick(people.karin, "INNO-8", UDI);
  await house.quiet();
  expect(on.openRow("INNO-8", UDI).properties.Godkendt).toMatchObject({ checkbox: false });
  expect(on.said("INNO-8")).toEqual(["A05"]);
});

it("A06: a tick in an event with several authors is cleared, even when one of them is the chair (case 17)", async () => {
  const on = board(house);
  const row = on.openRow("INNO-8", UDI).id;
  house.sandbox.notion.edit(people.sanne, row, { Punkt: { rich_text: [{ text: { content: "7" } }] } });
  house.sandbox.notion.edit(people.mette, row, { Godkendt: { checkbox: true } });
  await house.quiet();
  expect(on.openRow("INNO-8", UDI).properties.Godkendt).toMatchObject({ checkbox: false });
  expect(on.said("INNO-8").at(-1)).toBe("A06");
});

it("every card has exactly one issue with exactly one phase label, and a further look does nothing (I3)", async () => {
  const { notion, github } = house.sandbox;
  const before = [notion.calls.length, github.calls.length];
  await house.quiet();
  expect([notion.calls.length, github.calls.length]).toEqual(before);
  const on = board(house);
  const active = notion.pages(notion.projects).map((page) => JSON.stringify(page.properties["Projekt-id"])).length;
  expect(active).toBe(13);
  for (const issue of github.issues()) {
    const labels = issue.labels.map((label) => (typeof label === "string" ? label : label.name));
    expect(labels.filter((label) => label?.startsWith("fase:"))).toHaveLength(1);
  }
  expect(github.issues()).toHaveLength(11);
  expect(on.issue("INNO-1")).toBeNull();
});
