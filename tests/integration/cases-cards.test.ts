// SPDX-License-Identifier: EUPL-1.2
/**
 * Cases 29, 30 and 32 of DOMAIN.md, section 10: what comes, is copied, and goes. Each test has its own card. Cases 27 and
 * 28 are in arrival.test.ts, case 31 in cases-board.test.ts.
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

describe("case 30: moved to another database", () => {
  const on = () => board(house);
  const move = async (by: string, number: string, to: "elsewhere" | "projects") => {
    house.sandbox.notion.move(by, pages.get(number) ?? on().card(number), house.sandbox.notion[to]);
    await house.quiet();
  };
  /** Away from the board a card has no number; its page is the same. */
  const pages = new Map<string, string>();
  const said = (number: string) =>
    house.sandbox.notion
      .commentsOf(pages.get(number) ?? "")
      .map(({ rich_text }) => rich_text.map((part) => part.plain_text).join(""));
  const shownOf = (row: string) => {
    const { Status, Godkendt } = house.sandbox.notion.page(row).properties;
    return [Status?.type === "select" && Status.select?.name, Godkendt?.type === "checkbox" && Godkendt.checkbox];
  };
  const issueOf = (number: number) => {
    const { state, labels } = house.sandbox.github.issue(number);
    return { state, labels: labels.map((label) => (typeof label === "string" ? label : label.name)) };
  };
  let issue = 0;

  it("told to those who must know, the issue stays open with «papirkurv», and nothing is concluded", async () => {
    on().tick(people.mette, "INNO-3", UDI);
    await house.quiet();
    for (const number of ["INNO-3", "INNO-5", "INNO-10"]) pages.set(number, on().card(number));
    issue = on().issue("INNO-3")?.number ?? 0;
    const row = on().openRow("INNO-3", UDI);
    await move(people.anders, "INNO-3", "elsewhere");
    expect(said("INNO-3")).toEqual([
      expect.stringContaining("ref. B01"),
      expect.stringMatching(/er flyttet væk fra tavlen af Anders Projektejer\..*beslutningerne er gemt/u),
    ]);
    expect(issueOf(issue)).toEqual({ state: "open", labels: expect.arrayContaining(["papirkurv", "fase:1-udforsk"]) });
    expect(house.sandbox.notion.page(row.id)).toEqual(row);
  });

  it("what is done to it there is none of the service's business", async () => {
    const { notion } = house.sandbox;
    const page = pages.get("INNO-3") ?? "";
    const writes = () => notion.calls.filter(({ method, path }) => method !== "GET" && path.includes(page)).length;
    const before = writes();
    notion.edit(people.anders, page, { Fase: { select: { name: "4. Implementer" } } });
    on().edit(people.sanne, "INNO-8", { Prioritet: { select: { name: "Høj" } } });
    const row = on().rows("INNO-11")[0]?.id ?? "";
    expect(row).not.toBe("");
    await house.lookAtAll();
    await house.quiet();
    expect(notion.page(page).properties.Fase).toMatchObject({ select: { name: "4. Implementer" } });
    expect([writes(), said("INNO-3").length]).toEqual([before, 2]);
  });

  it("moved back in a later phase: judged from where it stood, no gate skipped and no approval lost", async () => {
    await move(people.anders, "INNO-3", "projects");
    expect(on().said("INNO-3")).toEqual(["B01", "B16", "B17", "A02"]);
    expect(on().field("INNO-3", "Fase")).toBe("1. Udforsk");
    expect(on().field("INNO-3", "Godkendelser")).toBe("Udforsk → Nytænk: 1 af 1");
    expect(issueOf(issue).labels).toContain("fase:1-udforsk");
    expect(issueOf(issue).labels).not.toContain("papirkurv");
    on().drag(people.anders, "INNO-3", "2. Nytænk");
    await house.quiet();
    expect([on().field("INNO-3", "Fase"), on().said("INNO-3").at(-1)]).toEqual(["2. Nytænk", "B03"]);
  });

  it("moved back with its phase gone: it stands where it stood (A13)", async () => {
    await move(people.sanne, "INNO-10", "elsewhere");
    house.sandbox.notion.edit(people.sanne, pages.get("INNO-10") ?? "", { Fase: { select: null } });
    await move(people.sanne, "INNO-10", "projects");
    expect([on().field("INNO-10", "Fase"), on().said("INNO-10")]).toEqual(["3. Test", ["B16", "B17", "A13"]]);
  });

  it("without any event: found at night, away and back", async () => {
    const { notion } = house.sandbox;
    notion.deliveries("lose");
    await move(people.anders, "INNO-5", "elsewhere");
    await house.lookAtAll();
    await house.quiet();
    expect(said("INNO-5")).toEqual([expect.stringContaining("er flyttet væk fra tavlen")]);
    await move(people.anders, "INNO-5", "projects");
    await house.lookAtAll();
    await house.quiet();
    notion.deliveries("flow");
    expect(on().said("INNO-5")).toEqual(["B16", "B17"]);
    expect(on().labels("INNO-5")).not.toContain("papirkurv");
  });

  it("its decision moved away: made anew with what is registered; back again, the old row never counts", async () => {
    const { notion } = house.sandbox;
    on().tick(people.karin, "INNO-7", ELDERLY);
    await house.quiet();
    const old = on().openRow("INNO-7", ELDERLY).id;
    notion.move(people.anders, old, notion.elsewhere);
    await house.quiet();
    const made = on().openRow("INNO-7", ELDERLY);
    expect([made.id === old, made.properties.Godkendt, on().field("INNO-7", "Godkendelser")]).toEqual([
      false,
      expect.objectContaining({ checkbox: true }),
      "Nytænk → Test: 1 af 1",
    ]);
    notion.move(people.anders, old, notion.decisions);
    await house.quiet();
    expect(shownOf(old)).toEqual(["Bortfaldet", false]);
    expect([on().openRow("INNO-7", ELDERLY).id, on().said("INNO-7")]).toEqual([made.id, ["B01"]]);
  });

  it("and so it is with one that was thrown away and is taken out of the bin: a tick on it is no yes", async () => {
    const { notion } = house.sandbox;
    const old = on().openRow("INNO-7", ELDERLY).id;
    notion.trash(people.anders, old);
    await house.quiet();
    notion.restore(people.anders, old);
    await house.quiet();
    expect(shownOf(old)).toEqual(["Bortfaldet", false]);
    notion.edit(people.karin, old, { Godkendt: { checkbox: true } });
    await house.quiet();
    expect(shownOf(old)).toEqual(["Bortfaldet", false]);
    expect(on().field("INNO-7", "Godkendelser")).toBe("Nytænk → Test: 1 af 1");
  });
});

it("trashed without any event: found at night, and restored likewise", async () => {
  const { notion } = house.sandbox;
  const on = board(house);
  notion.deliveries("lose");
  notion.trash(people.anders, on.card("INNO-12"));
  await notion.delivered();
  await house.lookAtAll();
  await house.quiet();
  expect([on.said("INNO-12"), on.labels("INNO-12")]).toEqual([["B16"], expect.arrayContaining(["papirkurv"])]);
  notion.restore(people.anders, on.card("INNO-12"));
  await notion.delivered();
  await house.lookAtAll();
  await house.quiet();
  notion.deliveries("flow");
  expect([on.said("INNO-12"), on.labels("INNO-12")]).toEqual([
    ["B16", "B17"],
    expect.not.arrayContaining(["papirkurv"]),
  ]);
});
