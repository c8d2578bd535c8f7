// SPDX-License-Identifier: EUPL-1.2
/** Cases 12, 13 and 31 of DOMAIN.md, section 10: what is done to the board itself, and what an administrator is told of it. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { board, type House, openHouse, people } from "./house.ts";

const UDI = "Digitalisering og Innovation";

let house: House;
beforeEach(async () => {
  house = await openHouse({ quietWithinMs: 60_000 });
}, 60_000);
afterEach(() => house.close());

/** What the service has told the administrator in its log: new notices, by text id, and whether they are over. */
const told = () =>
  house
    .said()
    .flat()
    .filter(({ notice }) => notice !== undefined)
    .map(({ message, msg }) => (msg.startsWith("no longer so") ? `${message} over` : String(message)));

/** The words of the newest line to the administrator. */
const lastTold = () =>
  house
    .said()
    .flat()
    .filter(({ notice }) => notice !== undefined)
    .at(-1)?.msg ?? "";

const standing = async () => (await house.ledger.notices.all()).map(({ said }) => said.id);
const failed = async () => (await house.jobs("sync")).failed;

it("a board as the rules want it: nobody is told anything", async () => {
  expect([told(), await standing()]).toEqual([[], []]);
});

describe("case 12: a sixth column is made and cards are dropped there", () => {
  it("A20 on each card; the administrator is told once, and the secretariat on the first card", async () => {
    const { notion } = house.sandbox;
    const on = board(house);
    notion.addOption(notion.projects, "Fase", "6. Færdig");
    await house.quiet();
    expect(told()).toEqual(["B19"]);
    expect(lastTold()).toContain("»Fase« har fået valgmuligheden »6. Færdig«, som reglerne ikke kender");
    expect(lastTold()).toContain("»1. Udforsk«, »2. Nytænk«, »3. Test«, »4. Implementer« og »5. Følg op«");

    on.drag(people.anders, "INNO-10", "6. Færdig");
    await house.quiet();
    on.drag(people.lise, "INNO-6", "6. Færdig");
    await house.quiet();
    expect(["INNO-10", "INNO-6"].map((number) => on.field(number, "Fase"))).toEqual(["3. Test", "2. Nytænk"]);
    expect(["INNO-10", "INNO-6"].map((number) => on.said(number))).toEqual([["B19", "A20"], ["A20"]]);
    expect(on.comments("INNO-10")[0]).toMatch(/^@Sanne/u);
    expect(on.comments("INNO-10")[1]).toContain("Fasen »6. Færdig« findes ikke i modellen");
    expect(on.field("INNO-10", "Seneste besked")).toContain("Fasen »6. Færdig« findes ikke i modellen");
    expect([told(), await standing()]).toEqual([["B19"], ["B19"]]);
  });

  it("the card's event comes before the column's, or the column's never: told all the same, and once", async () => {
    const { notion } = house.sandbox;
    const on = board(house);
    notion.deliveries("lose");
    notion.addOption(notion.projects, "Fase", "6. Færdig");
    await notion.delivered();
    notion.deliveries("flow");
    on.drag(people.anders, "INNO-10", "6. Færdig");
    on.drag(people.lise, "INNO-6", "6. Færdig");
    await house.quiet();
    expect([on.field("INNO-10", "Fase"), on.field("INNO-6", "Fase")]).toEqual(["3. Test", "2. Nytænk"]);
    expect([on.said("INNO-10"), on.said("INNO-6")].sort()).toEqual([["A20"], ["B19", "A20"]]);
    expect(told()).toEqual(["B19"]);
  });

  it("taken away again: it is over, and a new one is told anew", async () => {
    const { notion } = house.sandbox;
    for (const act of ["addOption", "deleteOption", "addOption"] as const) {
      notion[act](notion.projects, "Fase", "6. Færdig");
      await house.quiet();
    }
    expect(told()).toEqual(["B19", "B19 over", "B19"]);
  });
});

describe("case 13: a phase option is renamed", () => {
  it("works by id; B19 once, also over a restart, and over when it has its name again", async () => {
    const { notion } = house.sandbox;
    const on = board(house);
    notion.renameOption(notion.projects, "Fase", "3. Test", "3. Prøv af");
    await house.quiet();
    expect(told()).toEqual(["B19"]);
    expect(lastTold()).toBe(
      "Felter eller valgmuligheder i »Innovationsprojekter« er ændret: valgmuligheden »3. Test« i »Fase« hedder nu »3. Prøv af«. Reglerne bruger »3. Test«. Ret dem tilbage, eller ret reglerne.",
    );
    on.drag(people.anders, "INNO-9", "4. Implementer");
    await house.quiet();
    expect([on.field("INNO-9", "Fase"), on.said("INNO-9")]).toEqual(["3. Prøv af", ["A21"]]);

    await house.stop();
    await house.startAgain();
    await house.quiet();
    expect([told(), await standing()]).toEqual([["B19"], ["B19"]]);
    notion.renameOption(notion.projects, "Fase", "3. Prøv af", "3. Test");
    await house.quiet();
    expect([told(), await standing()]).toEqual([["B19", "B19 over"], []]);
  });

  it("renamed while the service was down: told at the start", async () => {
    const { notion } = house.sandbox;
    await house.stop();
    notion.deliveries("lose");
    notion.renameOption(notion.projects, "Fase", "3. Test", "3. Prøv af");
    await notion.delivered();
    notion.deliveries("flow");
    await house.startAgain();
    await house.quiet();
    expect(told()).toEqual(["B19"]);
  });

  it("renamed, and the event of it never comes: the night finds it", async () => {
    const { notion } = house.sandbox;
    notion.deliveries("lose");
    notion.renameOption(notion.projects, "Fase", "3. Test", "3. Prøv af");
    await notion.delivered();
    notion.deliveries("flow");
    await house.lookAtAll();
    await house.quiet();
    expect(told()).toEqual([]);
    house.sandbox.clock.advance(13 * 3_600_000);
    await house.quiet();
    await house.lookAtAll();
    await house.quiet();
    expect(told()).toEqual(["B19"]);
  });

  it("a property renamed while it runs works by id, and each change is told by itself", async () => {
    const { notion } = house.sandbox;
    const on = board(house);
    notion.changeColumns(people.anders, notion.projects, { Fase: { name: "Trin" }, Læring: { name: "Lært" } });
    await house.quiet();
    expect(told()).toEqual(["B19", "B19"]);
    notion.edit(people.anders, on.card("INNO-3"), { Trin: { select: { name: "3. Test" } } });
    await house.quiet();
    expect([on.field("INNO-3", "Trin"), on.said("INNO-3")]).toEqual(["1. Udforsk", ["A02"]]);
  });
});

describe("a field that the rules need is deleted, or gets another type, while the service runs", () => {
  it.each<[what: string, change: Record<string, unknown> | null, left: readonly string[]]>([
    // What stood in a field that was made anew is gone: that stands until the next look at the board.
    ["deleted", null, ["B19"]],
    ["retyped", { number: {} }, []],
  ])("%s: told once, no job fails, and what was done meanwhile is judged when it is back", async (_, change, left) => {
    const { notion } = house.sandbox;
    const on = board(house);
    notion.changeColumns(people.anders, notion.projects, { Læring: change });
    on.drag(people.anders, "INNO-3", "3. Test");
    on.drag(people.anders, "INNO-6", "3. Test");
    await house.quiet();
    on.tick(people.mette, "INNO-8", UDI);
    await house.quiet();
    expect([told(), await failed()]).toEqual([["B19"], 0]);
    expect(on.said("INNO-3")).toEqual([]);

    notion.changeColumns(people.anders, notion.projects, { Læring: { rich_text: {} } });
    await house.quiet();
    expect([on.field("INNO-3", "Fase"), on.said("INNO-3")]).toEqual(["1. Udforsk", ["A02"]]);
    expect(on.field("INNO-6", "Fase")).toBe("3. Test");
    expect(on.said("INNO-8")).toEqual(["B01"]);
    expect(await standing()).toEqual(left);
  });

  it("the box: a tick on one made anew is the committee's yes again, once it is set again", async () => {
    const { notion } = house.sandbox;
    const on = board(house);
    notion.changeColumns(people.anders, notion.decisions, { Godkendt: null });
    await house.quiet();
    notion.changeColumns(people.anders, notion.decisions, { Godkendt: { checkbox: {} } });
    await house.quiet();
    on.tick(people.mette, "INNO-3", UDI);
    await house.quiet();
    on.drag(people.anders, "INNO-3", "2. Nytænk");
    await house.quiet();
    expect([on.field("INNO-3", "Fase"), on.said("INNO-3")]).toEqual(["2. Nytænk", ["B01", "B03"]]);
  });
});

it("the door and the worker are processes of their own: the door learns of a box made anew before it hears of a tick", async () => {
  await house.close();
  house = await openHouse({ roles: ["web", "worker", "worker"], quietWithinMs: 60_000 });
  const { notion } = house.sandbox;
  const on = board(house);
  notion.changeColumns(people.anders, notion.decisions, { Godkendt: null });
  await house.quiet();
  notion.changeColumns(people.anders, notion.decisions, { Godkendt: { checkbox: {} } });
  await house.quiet();
  on.tick(people.mette, "INNO-3", UDI);
  await house.quiet();
  expect(on.said("INNO-3")).toEqual(["B01"]);
});

describe("case 31: the integration loses access", () => {
  const states = () => house.sandbox.github.issues().map(({ number, state, labels }) => [number, state, labels]);

  it.each<[what: string, lose: () => void, giveBack: () => void]>([
    [
      "both databases are not shared any more (404)",
      () => {
        house.sandbox.notion.withdraw(house.sandbox.notion.projects);
        house.sandbox.notion.withdraw(house.sandbox.notion.decisions);
      },
      () => {
        house.sandbox.notion.giveBack(house.sandbox.notion.projects);
        house.sandbox.notion.giveBack(house.sandbox.notion.decisions);
      },
    ],
    [
      "the token is revoked (401)",
      () => house.sandbox.notion.faults(() => ({ kind: "status", status: 401 })),
      () => house.sandbox.notion.faults(null),
    ],
    [
      "the capability to read is taken (403)",
      () => house.sandbox.notion.faults(() => ({ kind: "status", status: 403 })),
      () => house.sandbox.notion.faults(null),
    ],
  ])("%s: told once, nothing closed, nothing forgotten; back, everything catches up", async (_, lose, giveBack) => {
    const { notion } = house.sandbox;
    const on = board(house);
    const before = states();
    // What was heard just before is looked at only when nothing can be read any more.
    notion.deliveries("hold");
    on.drag(people.anders, "INNO-4", "3. Test");
    on.drag(people.anders, "INNO-6", "3. Test");
    on.tick(people.mette, "INNO-3", UDI);
    await notion.delivered();
    lose();
    notion.deliveries("flow");
    await house.quiet();
    await house.lookAtAll();
    await house.quiet();
    expect([told(), await standing(), states()]).toEqual([["B35"], ["B35"], before]);
    const counts = await Promise.all((["sync", "row", "reconcile", "schema"] as const).map((name) => house.jobs(name)));
    expect(counts.map(({ failed }) => failed)).toEqual([0, 0, 0, 0]);

    giveBack();
    await house.lookAtAll();
    await house.quiet();
    expect([told(), await standing()]).toEqual([["B35", "B35 over"], []]);
    expect([on.field("INNO-4", "Fase"), on.said("INNO-4")]).toEqual(["1. Udforsk", ["A02"]]);
    expect(on.field("INNO-6", "Fase")).toBe("3. Test");
    // The tick's own event was kept: it is the committee's yes, and nobody is asked again.
    expect(on.said("INNO-3")).toEqual(["B01"]);
    expect(on.field("INNO-3", "Godkendelser")).toBe("Udforsk → Nytænk: 1 af 1");
  });

  it("while it is lost, nothing is asked of Notion but whether it is back", async () => {
    const { notion } = house.sandbox;
    notion.withdraw(notion.projects);
    await house.lookAtAll();
    await house.quiet();
    const before = notion.calls.length;
    // The decisions are still shared, so Notion tells of them.
    for (const row of notion.pages(notion.decisions).slice(0, 5))
      notion.edit(people.mette, row.id, { Godkendt: { checkbox: true } });
    await house.quiet();
    expect(notion.calls.slice(before)).toEqual([]);
    expect((await house.ledger.notices.held()).length).toBeGreaterThan(0);
    await house.lookAtAll();
    await house.quiet();
    expect(notion.calls.slice(before).map(({ status }) => status)).toEqual([404]);
    notion.giveBack(notion.projects);
    await house.lookAtAll();
    await house.quiet();
    expect(await house.ledger.notices.held()).toEqual([]);
  });

  it("single pages are lost: told once by their numbers, nothing closed, and all goes on when they are back", async () => {
    const { notion } = house.sandbox;
    const on = board(house);
    const before = states();
    const [seven, eight, nine] = [on.card("INNO-7"), on.card("INNO-8"), on.card("INNO-9")];
    notion.deliveries("hold");
    on.drag(people.anders, "INNO-8", "4. Implementer");
    on.tick(people.mette, "INNO-8", UDI);
    on.drag(people.anders, "INNO-9", "5. Følg op");
    // Only the secretariat may do this, and only the event says that it did.
    on.edit(people.sanne, "INNO-7", { Spor: { select: { name: "3 Hverdagsinnovation" } } });
    await notion.delivered();
    notion.withdraw(seven);
    notion.withdraw(eight);
    notion.withdraw(nine);
    notion.deliveries("flow");
    await house.quiet();
    expect([told(), states()]).toEqual([["B37"], before]);
    await house.lookAtAll();
    await house.quiet();
    expect([told(), states(), await failed()]).toEqual([["B37"], before, 0]);
    expect((await house.ledger.notices.all())[0]?.said.params).toEqual({ liste: "INNO-7, INNO-8 og INNO-9" });

    notion.giveBack(eight);
    await house.lookAtAll();
    await house.quiet();
    expect([on.field("INNO-8", "Fase"), on.said("INNO-8")]).toEqual(["2. Nytænk", ["B01", "A02"]]);
    expect((await house.ledger.notices.all())[0]?.said.params).toEqual({ liste: "INNO-7 og INNO-9" });
    notion.giveBack(nine);
    notion.giveBack(seven);
    await house.lookAtAll();
    await house.quiet();
    expect([on.field("INNO-9", "Fase"), told(), await standing()]).toEqual(["3. Test", ["B37", "B37 over"], []]);
    const promoted = (await house.ledger.log()).filter(({ rule }) => rule === "T16");
    expect(promoted).toMatchObject([{ card: seven, by: [people.sanne] }]);
  });

  it("one decision's row is lost while its card is seen: what was heard of it is kept, and explains the tick later", async () => {
    const { notion } = house.sandbox;
    const on = board(house);
    const { id } = on.openRow("INNO-3", UDI);
    notion.deliveries("hold");
    on.tick(people.mette, "INNO-3", UDI);
    await notion.delivered();
    notion.withdraw(id);
    notion.deliveries("flow");
    await house.quiet();
    on.drag(people.anders, "INNO-3", "2. Nytænk");
    await house.quiet();
    // The yes is not known to be one: the gate stays closed (I2).
    expect([on.field("INNO-3", "Fase"), on.said("INNO-3")]).toEqual(["1. Udforsk", ["A01"]]);

    notion.giveBack(id);
    await house.lookAtAll();
    await house.quiet();
    expect(on.said("INNO-3")).toEqual(["A01", "B01"]);
    on.drag(people.anders, "INNO-3", "2. Nytænk");
    await house.quiet();
    expect(on.field("INNO-3", "Fase")).toBe("2. Nytænk");
  });
});
