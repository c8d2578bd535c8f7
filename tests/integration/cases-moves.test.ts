// SPDX-License-Identifier: EUPL-1.2
/**
 * Cases 1–11 and 15 of DOMAIN.md, section 10: moves. Each test has its own card. Case 4 goes on from gates.test.ts; cases
 * 12–14 are in cases-board.test.ts and mass-loss.test.ts.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PropertyWrite } from "../../src/sandbox/world.ts";
import { board, type House, machines, openHouse, people } from "./house.ts";

const UDI = "Digitalisering og Innovation";
const ELDERLY = "Ældre og Sundhed";

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const text = (content: string) => ({ rich_text: [{ text: { content } }] });

/** A project in the third track, as somebody puts it on the board. */
async function everyday(title: string, phase: string): Promise<void> {
  house.sandbox.notion.create(people.anders, house.sandbox.notion.projects, {
    Navn: { title: [{ text: { content: title } }] },
    Spor: { select: { name: "3 Hverdagsinnovation" } },
    Fase: { select: { name: phase } },
    Ejer: { people: [{ id: people.anders }] },
  });
  await house.quiet();
}

const phase = (name: string) => ({ select: { name } });

/** A card that somebody makes; its number. */
async function created(properties: Record<string, PropertyWrite>): Promise<string> {
  const { notion } = house.sandbox;
  const Navn = { title: [{ text: { content: "Fælles køkkenhave" } }] };
  const card = notion.create(people.anders, notion.projects, {
    Navn,
    Ejer: { people: [{ id: people.anders }] },
    ...properties,
  });
  await house.quiet();
  const number = notion.page(card).properties["Projekt-id"];
  return number?.type === "unique_id" ? `INNO-${number.unique_id.number}` : "";
}

/** The lines of the decision log about one card. */
async function logged(number: string) {
  const card = board(house).card(number);
  return (await house.ledger.log()).filter((line) => line.card === card);
}

/** Everything the service has done to the stand-ins so far. */
const calls = () => [house.sandbox.notion.calls.length, house.sandbox.github.calls.length];

it("case 1: 1→3 in one drag: back to 1, A02, wish recorded for 2", async () => {
  const on = board(house);
  on.drag(people.anders, "INNO-3", "3. Test");
  await house.quiet();
  expect(on.field("INNO-3", "Fase")).toBe("1. Udforsk");
  expect(on.said("INNO-3")).toEqual(["A02"]);
  expect(on.comments("INNO-3")[0]).toContain("Næste skridt er Nytænk.");
  expect(on.field("INNO-3", "Ønsker videre til")).toBe("Nytænk");
});

it("case 2: 1→2 and 2→3 within a minute (one event): judged 1→3", async () => {
  const on = board(house);
  on.drag(people.anders, "INNO-4", "2. Nytænk");
  on.drag(people.anders, "INNO-4", "3. Test");
  await house.quiet();
  expect(on.field("INNO-4", "Fase")).toBe("1. Udforsk");
  expect(on.said("INNO-4")).toEqual(["A02"]);
  expect((await logged("INNO-4")).slice(1)).toMatchObject([{ rule: "T4 A02", from: "Udforsk", to: "Test" }]);
});

describe("case 3: forward and back again within a minute: silence, no log line", () => {
  it("in one event, which Notion does not even send", async () => {
    const on = board(house);
    const before = [calls(), await logged("INNO-10")];
    on.drag(people.lise, "INNO-10", "4. Implementer");
    on.drag(people.lise, "INNO-10", "3. Test");
    await house.quiet();
    expect([calls(), await logged("INNO-10")]).toEqual(before);
  });

  it("in two events: one look, which finds nothing to do", async () => {
    const on = board(house);
    const [log, shown] = [await logged("INNO-10"), on.field("INNO-10", "Seneste besked")];
    const writes = () => house.sandbox.notion.calls.filter(({ method }) => method !== "GET").length;
    const before = writes();
    on.drag(people.lise, "INNO-10", "4. Implementer");
    await house.sandbox.notion.delivered();
    on.drag(people.lise, "INNO-10", "3. Test");
    await house.quiet();
    expect([on.said("INNO-10"), on.field("INNO-10", "Seneste besked")]).toEqual([[], shown]);
    expect([await logged("INNO-10"), writes()]).toEqual([log, before]);
  });
});

describe("case 5: two staff drag differently at once: last accepted → final", () => {
  it("to where a drag may not go: put back, and both are told", async () => {
    const on = board(house);
    on.drag(people.anders, "INNO-8", "3. Test");
    on.drag(people.lise, "INNO-8", "4. Implementer");
    await house.quiet();
    expect(on.field("INNO-8", "Fase")).toBe("2. Nytænk");
    expect(on.said("INNO-8")).toEqual(["A02"]);
    expect(on.comments("INNO-8")[0]).toMatch(/^(?=.*@Anders)(?=.*@Lise)/u);
  });

  it("to where it may: one move, from the last accepted place to the final one", async () => {
    const on = board(house);
    on.drag(people.anders, "INNO-6", "1. Udforsk");
    on.drag(people.lise, "INNO-6", "3. Test");
    await house.quiet();
    expect([on.field("INNO-6", "Fase"), on.said("INNO-6")]).toEqual(["3. Test", ["B03"]]);
    expect((await logged("INNO-6")).slice(1)).toMatchObject([
      { rule: "T2", from: "Nytænk", to: "Test", by: [people.anders, people.lise] },
    ]);
  });
});

it("case 7: approved, but a required field is empty: A03, approval stays", async () => {
  const on = board(house);
  on.tick(people.mette, "INNO-8", UDI);
  await house.quiet();
  on.edit(people.anders, "INNO-8", { "Idé til test": text("") });
  await house.quiet();
  on.drag(people.anders, "INNO-8", "3. Test");
  await house.quiet();
  expect(on.field("INNO-8", "Fase")).toBe("2. Nytænk");
  expect(on.said("INNO-8").at(-1)).toBe("A03");
  expect(on.comments("INNO-8").at(-1)).toContain("Idé til test");
  expect(on.field("INNO-8", "Godkendelser")).toBe("Nytænk → Test: 1 af 1");

  on.edit(people.anders, "INNO-8", { "Idé til test": text("En skærm ved døren.") });
  on.drag(people.anders, "INNO-8", "3. Test");
  await house.quiet();
  expect(on.field("INNO-8", "Fase")).toBe("3. Test");
});

it("case 8: a politician drags without approval: A01; a drag is no decision", async () => {
  const on = board(house);
  on.drag(people.mette, "INNO-3", "2. Nytænk");
  await house.quiet();
  expect(on.field("INNO-3", "Fase")).toBe("1. Udforsk");
  expect(on.said("INNO-3").at(-1)).toBe("A01");
  expect(on.openRow("INNO-3", UDI).properties).toMatchObject({
    Godkendt: { checkbox: false },
    Status: { select: { name: "Klar" } },
    "Registreret af": { people: [] },
  });
});

describe("case 9: staff drag in the same second as the approver ticks: the tick is registered", () => {
  it("ticked, then dragged, both in one look: the card moves", async () => {
    const on = board(house);
    on.tick(people.mette, "INNO-3", UDI);
    on.drag(people.anders, "INNO-3", "2. Nytænk");
    await house.quiet();
    expect([on.field("INNO-3", "Fase"), on.said("INNO-3").slice(-2)]).toEqual(["2. Nytænk", ["B01", "B03"]]);
    expect((await logged("INNO-3")).map(({ rule }) => rule).slice(-2)).toEqual(["registered", "T2"]);
  });

  it("dragged, then ticked, both in one look: the card moves", async () => {
    const on = board(house);
    on.edit(people.lise, "INNO-7", { "Idé til test": text("Kaffe uden tilmelding.") });
    await house.quiet();
    on.drag(people.anders, "INNO-7", "3. Test");
    on.tick(people.karin, "INNO-7", ELDERLY);
    await house.quiet();
    expect([on.field("INNO-7", "Fase"), on.said("INNO-7")]).toEqual(["3. Test", ["B01", "B03"]]);
  });

  it("the drag was judged first: put back, and B01 follows, to whoever dragged", async () => {
    const on = board(house);
    on.tick(people.karin, "INNO-4", ELDERLY);
    await house.quiet();
    on.drag(people.lise, "INNO-4", "2. Nytænk");
    await house.quiet();
    on.tick(people.mette, "INNO-4", UDI);
    await house.quiet();
    expect([on.field("INNO-4", "Fase"), on.said("INNO-4").slice(1)]).toEqual(["1. Udforsk", ["B02", "A04", "B01"]]);
    expect(on.comments("INNO-4").at(-1)).toMatch(/^(?=.*@Lise)(?=.*@Anders)/u);
  });
});

describe("case 10: closed card dragged: A15", () => {
  it("a political project, closed with effect and learning", async () => {
    const on = board(house);
    on.edit(people.anders, "INNO-12", {
      Effektstatus: { select: { name: "Som forventet" } },
      Udfald: { select: { name: "Effekt" } },
      Læring: text("Klubberne deler gerne, når nogen har ansvaret for kalenderen."),
      Tilstand: { select: { name: "Afsluttet" } },
    });
    await house.quiet();
    expect(on.said("INNO-12")).toEqual(["B23"]);
    expect(on.issue("INNO-12")).toMatchObject({ state: "closed", state_reason: "completed" });

    on.drag(people.anders, "INNO-12", "3. Test");
    await house.quiet();
    expect([on.field("INNO-12", "Fase"), on.field("INNO-12", "Tilstand")]).toEqual(["5. Følg op", "Afsluttet"]);
    expect(on.said("INNO-12")).toEqual(["B23", "A15"]);
    expect(on.issue("INNO-12")).toMatchObject({ state: "closed" });
  });

  it("everyday innovation, and a new state as little as a new phase", async () => {
    await everyday("Vandposter i skolegården", "2. Nytænk");
    const on = board(house);
    on.edit(people.anders, "INNO-14", { Tilstand: { select: { name: "Afsluttet" } } });
    await house.quiet();
    on.edit(people.anders, "INNO-14", { Tilstand: { select: { name: "Aktiv" } } });
    await house.quiet();
    expect([on.field("INNO-14", "Fase"), on.field("INNO-14", "Tilstand")]).toEqual(["2. Nytænk", "Afsluttet"]);
    expect(on.said("INNO-14")).toEqual(["B23", "A15"]);
  });
});

it("case 11: parked card dragged: A14", async () => {
  const on = board(house);
  on.drag(people.anders, "INNO-13", "2. Nytænk");
  await house.quiet();
  expect([on.field("INNO-13", "Fase"), on.field("INNO-13", "Tilstand")]).toEqual(["3. Test", "Parkeret"]);
  expect(on.said("INNO-13")).toEqual(["A14"]);
  expect(on.comments("INNO-13")[0]).toContain("parkeret til 1. februar 2027");
});

it("case 15: an automation or an agent moves a card: judged like any move, nobody told in its stead, logged as a machine", async () => {
  const on = board(house);
  on.drag(machines.automation.id, "INNO-11", "5. Følg op");
  await house.quiet();
  expect([on.field("INNO-11", "Fase"), on.said("INNO-11")]).toEqual(["4. Implementer", ["A03"]]);
  expect(on.comments("INNO-11")[0]).not.toContain("Automatisering");
  on.drag(machines.agent.id, "INNO-11", "3. Test");
  await house.quiet();
  expect([on.field("INNO-11", "Fase"), on.said("INNO-11").at(-1)]).toEqual(["3. Test", "B04"]);
  const moves = (await house.ledger.logOf(on.card("INNO-11"))).slice(-2);
  expect(moves).toMatchObject([
    { rule: "T3 A03", by: [], machines: [machines.automation.id] },
    { rule: "T5", by: [], machines: [machines.agent.id] },
  ]);
});

describe("case 39: the person drags again while the card is being put back: judged again from last accepted", () => {
  /** Does something once, when the service asks the board for this. */
  const onceAt = (asked: Readonly<{ method: string; path: RegExp }>, act: () => void) => {
    const { notion } = house.sandbox;
    let isDone = false;
    notion.faults(({ method, path }) => {
      if (!isDone && method === asked.method && asked.path.test(path)) {
        isDone = true;
        act();
      }
      return null;
    });
    return () => notion.faults(null);
  };

  const idea = () =>
    created({ Udfordring: text("Den samme som i sidste uge."), Udvalg: { multi_select: [{ name: UDI }] } });
  const nytaenk = () => created({ Spor: { select: { name: "3 Hverdagsinnovation" } }, Fase: phase("2. Nytænk") });

  it("in the moment before it is written: the writing covers it, and all is said", async () => {
    const on = board(house);
    const number = await idea();
    const over = onceAt({ method: "PATCH", path: new RegExp(on.card(number), "u") }, () =>
      on.drag(people.anders, number, "2. Nytænk"),
    );
    on.drag(people.anders, number, "1. Udforsk");
    await house.quiet();
    over();
    expect([on.field(number, "Fase"), on.said(number)]).toEqual(["", ["A01"]]);
  });

  it.each([
    ["to the same place: the same refusal", idea, "1. Udforsk", "1. Udforsk", "", ["A01"]],
    ["further on: put back again, and told of that", idea, "1. Udforsk", "2. Nytænk", "", ["A01", "A02"]],
    ["to where it may go: there it stays", nytaenk, "4. Implementer", "1. Udforsk", "1. Udforsk", ["A02", "B04"]],
  ])("%s", async (_what, make, first, again, settled, said) => {
    const on = board(house);
    const number = await make();
    const from = on.field(number, "Fase");
    const told = on.said(number).length;
    // The card is back, and not yet told of.
    const over = onceAt({ method: "POST", path: /comments/u }, () => on.drag(people.anders, number, again));
    on.drag(people.anders, number, first);
    await house.quiet();
    over();
    expect([on.field(number, "Fase"), on.said(number).slice(told)]).toEqual([settled, said]);
    const moves = (await logged(number)).filter(({ rule }) => /^T[2-5] ?/u.test(rule));
    const place = from === "" ? "Idébank" : "Nytænk";
    expect(moves.map((line) => line.from)).toEqual([place, place]);
  });
});

it("case 6: twenty cards dragged at once: each judged, one message per person", async () => {
  const { notion } = house.sandbox;
  const cards = Array.from({ length: 20 }, (_, index) =>
    notion.create(people.anders, notion.projects, {
      Navn: { title: [{ text: { content: `Idé ${index + 1}` } }] },
      Udfordring: text("Den samme som i sidste uge."),
      Udvalg: { multi_select: [{ name: UDI }] },
      Ejer: { people: [{ id: people.anders }] },
      Tilstand: { select: { name: "Idébank" } },
    }),
  );
  await house.quiet();
  for (const card of cards) notion.edit(people.anders, card, { Fase: { select: { name: "1. Udforsk" } } });
  await house.quiet();
  expect(cards.map((card) => notion.page(card).properties.Fase)).toEqual(
    cards.map(() => expect.objectContaining({ select: null })),
  );
  const comments = cards.flatMap((card) => notion.commentsOf(card));
  const mentioned = comments.flatMap(({ rich_text }) =>
    rich_text.flatMap((part) =>
      part.type === "mention" && part.mention.type === "user" ? [part.mention.user.id] : [],
    ),
  );
  expect(mentioned).toEqual([people.anders]);
  for (const card of cards) {
    const last = notion.page(card).properties["Seneste besked"];
    expect(last?.type === "rich_text" && last.rich_text[0]?.plain_text).toMatch(
      /: Kortet er flyttet tilbage til Idébank/u,
    );
  }
  const refusals = (await house.ledger.log()).filter(({ rule }) => rule === "T3 A01");
  expect(
    refusals
      .map(({ card }) => card)
      .filter((card) => cards.includes(card))
      .sort(),
  ).toEqual([...cards].sort());
});

/** These move the clock or the columns for everybody, so they come last. */
describe("what concerns the whole board", () => {
  it("case 4: the same refused drag again is put back again, and told again only after 30 minutes", async () => {
    const on = board(house);
    const drag = async () => {
      on.drag(people.anders, "INNO-5", "2. Nytænk");
      await house.quiet();
      return [on.field("INNO-5", "Fase"), on.said("INNO-5").length];
    };
    expect(await drag()).toEqual(["1. Udforsk", 1]);
    expect(await drag()).toEqual(["1. Udforsk", 1]);
    house.sandbox.clock.advance(29 * 60_000);
    expect(await drag()).toEqual(["1. Udforsk", 1]);
    house.sandbox.clock.advance(2 * 60_000);
    expect(await drag()).toEqual(["1. Udforsk", 2]);
    expect((await logged("INNO-5")).slice(1).map(({ rule }) => rule)).toEqual(["T3 A03", "T3 A03", "T3 A03", "T3 A03"]);
  });
});
