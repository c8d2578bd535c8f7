// SPDX-License-Identifier: EUPL-1.2
/** Case 14 of DOMAIN.md, section 10: a phase option is deleted and its cards lose their phase, few or many; and the repair. */
import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { board, type House, openHouse, people } from "./house.ts";

let house: House;
beforeEach(async () => {
  house = await openHouse({ quietWithinMs: 60_000 });
}, 60_000);
afterEach(() => house.close());

/** The administrator's lines, by text id. */
const told = () =>
  house
    .said()
    .flat()
    .filter(({ notice }) => notice !== undefined)
    .map(({ message, msg }) => (msg.startsWith("no longer so") ? `${message} over` : String(message)));

/** Puts so many everyday projects into a phase, as cards of their own. */
async function projectsIn(phase: string, count: number): Promise<readonly string[]> {
  const { notion } = house.sandbox;
  const cards = Array.from({ length: count }, (_, index) =>
    notion.create(people.anders, notion.projects, {
      Navn: { title: [{ text: { content: `Hverdag ${index + 1}` } }] },
      Spor: { select: { name: "3 Hverdagsinnovation" } },
      Fase: { select: { name: phase } },
      Ejer: { people: [{ id: people.anders }] },
    }),
  );
  await house.quiet();
  return cards;
}

const phaseOf = (card: string) => {
  const value = house.sandbox.notion.page(card).properties.Fase;
  return value?.type === "select" ? (value.select?.name ?? "") : "";
};
const commentsOn = (card: string) => house.sandbox.notion.commentsOf(card).length;
const options = () => {
  const fase = house.sandbox.notion.dataSource(house.sandbox.notion.projects).properties.Fase;
  return fase?.type === "select" ? fase.select.options.map(({ name }) => name) : [];
};

async function doctor(...args: readonly string[]) {
  const child = spawn(process.execPath, ["scripts/doctor.ts", ...args], {
    env: { ...house.environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const { promise, resolve } = Promise.withResolvers<number | null>();
  child.once("exit", resolve);
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), promise]);
  return { code, stdout, stderr };
}

const empty = { Fase: { select: null } };

/** Everything that a repair must not touch: what is accepted, logged and said. */
async function history(cards: readonly string[]) {
  const records = await Promise.all(cards.map((card) => house.ledger.card(card)));
  return {
    log: await house.ledger.log(),
    // When a person last edited it is what happened on the board, not what was accepted of it.
    accepted: records.map((kept) => ({ ...kept?.record.accepted, touchedAt: null })),
    comments: cards.map(commentsOn),
  };
}

describe("case 14: many cards lose their phase at once", () => {
  it.each<[what: string, lose: (cards: readonly string[]) => Promise<void>]>([
    [
      "the option is deleted while the service runs",
      async () => house.sandbox.notion.deleteOption(house.sandbox.notion.projects, "Fase", "2. Nytænk"),
    ],
    [
      "the option is deleted while the service is down",
      async () => {
        await house.stop();
        house.sandbox.notion.deliveries("lose");
        house.sandbox.notion.deleteOption(house.sandbox.notion.projects, "Fase", "2. Nytænk");
        await house.sandbox.notion.delivered();
        house.sandbox.notion.deliveries("flow");
        await house.startAgain();
      },
    ],
    [
      "the option is deleted and the event of it never comes: the night finds it",
      async () => {
        house.sandbox.notion.deliveries("lose");
        house.sandbox.notion.deleteOption(house.sandbox.notion.projects, "Fase", "2. Nytænk");
        await house.sandbox.notion.delivered();
        house.sandbox.notion.deliveries("flow");
        house.sandbox.clock.advance(24 * 3_600_000);
        await house.lookAtAll();
      },
    ],
    [
      "somebody empties the field on a whole selection",
      async (cards) => {
        for (const card of cards) house.sandbox.notion.edit(people.lise, card, empty);
      },
    ],
  ])(
    "%s: none is put back, one message, and the repair makes it as if nothing had been",
    async (_, lose) => {
      const cards = await projectsIn("2. Nytænk", 12);
      const before = await history(cards);
      await lose(cards);
      await house.quiet();
      expect(cards.map(phaseOf)).toEqual(cards.map(() => ""));
      expect(told().filter((id) => id === "B36")).toEqual(["B36"]);
      expect(await history(cards)).toEqual(before);
      expect((await house.jobs("sync")).failed).toBe(0);

      const repaired = await doctor("--repair");
      expect(repaired.stderr).toBe("");
      await house.quiet();
      expect(cards.map(phaseOf)).toEqual(cards.map(() => "2. Nytænk"));
      expect([...options()].sort()).toEqual(["1. Udforsk", "2. Nytænk", "3. Test", "4. Implementer", "5. Følg op"]);
      expect(await history(cards)).toEqual(before);

      // Everything is as before: a single move counts, and a single lost phase is answered.
      house.sandbox.notion.edit(people.anders, cards[0] ?? "", { Fase: { select: { name: "3. Test" } } });
      house.sandbox.notion.edit(people.anders, cards[1] ?? "", empty);
      await house.quiet();
      expect(cards.slice(0, 2).map(phaseOf)).toEqual(["3. Test", "2. Nytænk"]);
      expect(cards.slice(0, 2).map(commentsOn)).toEqual(before.comments.slice(0, 2).map((count) => count + 1));
    },
    120_000,
  );

  it("a dry run says what the repair would show and writes nothing; after the repair nothing is wrong", async () => {
    const cards = await projectsIn("2. Nytænk", 12);
    for (const card of cards) house.sandbox.notion.edit(people.lise, card, empty);
    await house.quiet();
    const dry = await doctor("--repair", "--dry-run");
    expect([dry.code, dry.stderr]).toEqual([1, ""]);
    expect(dry.stdout.match(/^would show INNO-\d+ in «2\. Nytænk»$/gmu)?.length).toBeGreaterThanOrEqual(12);
    expect(cards.map(phaseOf)).toEqual(cards.map(() => ""));
    await doctor("--repair");
    await house.quiet();
    expect(await doctor()).toMatchObject({ code: 0, stderr: "" });
  }, 60_000);

  it("several workers count the same: none of them puts one back", async () => {
    await house.close();
    house = await openHouse({ roles: ["web", "worker", "worker"], quietWithinMs: 60_000 });
    const cards = await projectsIn("2. Nytænk", 12);
    for (const card of cards) house.sandbox.notion.edit(people.lise, card, empty);
    await house.quiet();
    expect(cards.map(phaseOf)).toEqual(cards.map(() => ""));
    expect(told().filter((id) => id === "B36")).toEqual(["B36"]);
  }, 60_000);

  it("a yes that is given meanwhile is registered after the repair", async () => {
    const { notion } = house.sandbox;
    const on = board(house);
    for (const number of ["INNO-3", "INNO-4", "INNO-5"]) on.drag(people.lise, number, null);
    await house.quiet();
    on.tick(people.mette, "INNO-3", "Digitalisering og Innovation");
    await house.quiet();
    expect([told(), on.said("INNO-3")]).toEqual([["B36"], []]);
    await doctor("--repair");
    await house.quiet();
    expect([on.field("INNO-3", "Fase"), on.said("INNO-3")]).toEqual(["1. Udforsk", ["B01"]]);
    expect(notion.commentsOf(on.card("INNO-4"))).toEqual([]);
  });

  it("put back by hand, it is over without a repair, and what was heard meanwhile is judged", async () => {
    const { notion } = house.sandbox;
    const cards = await projectsIn("2. Nytænk", 8);
    const before = await history(cards);
    for (const card of cards) notion.edit(people.lise, card, empty);
    await house.quiet();
    for (const card of cards) notion.edit(people.lise, card, { Fase: { select: { name: "2. Nytænk" } } });
    await house.quiet();
    await house.lookAtAll();
    await house.quiet();
    expect(told()).toEqual(["B36", "B36 over"]);
    expect(await history(cards)).toEqual(before);
    // What was heard of them is done with.
    expect(Object.values(await house.ledger.hints.about(cards)).flat()).toEqual([]);
    expect(await house.ledger.notices.held()).toEqual([]);
  }, 60_000);
});

describe("case 14: few cards lose their phase", () => {
  it("each is put back and answered (A13), in a phase that is made again", async () => {
    const { notion } = house.sandbox;
    const on = board(house);
    // Three of fifteen that stand in a phase: no more than a fifth.
    const testing = ["INNO-9", "INNO-10", "INNO-13"];
    notion.edit(people.anders, on.card("INNO-13"), { Tilstand: { select: { name: "Aktiv" } } });
    await house.quiet();
    await projectsIn("1. Udforsk", 5);
    notion.deleteOption(notion.projects, "Fase", "3. Test");
    await house.quiet();
    expect(testing.map((number) => on.field(number, "Fase"))).toEqual(testing.map(() => "3. Test"));
    const refused = (await house.ledger.log())
      .filter(({ rule }) => rule === "T6 A13")
      .map(({ projectId }) => projectId);
    expect(refused.sort()).toEqual([...testing].sort());
    // Its owner hears it once, however many of the cards are theirs (case 6).
    expect(new Set(testing.flatMap((number) => on.said(number)).filter((id) => id === "A13")).size).toBe(1);
    expect([...options()].sort()).toEqual(["1. Udforsk", "2. Nytænk", "3. Test", "4. Implementer", "5. Følg op"]);
    expect((await house.jobs("sync")).failed).toBe(0);
    // Told that it was gone; made again, there is nothing left to do.
    expect(told()).toEqual(["B19", "B19 over"]);
    expect(await doctor()).toMatchObject({ code: 0 });
  }, 60_000);

  it("the option's event never comes: the write that is refused tells", async () => {
    const { notion } = house.sandbox;
    const on = board(house);
    notion.deliveries("lose");
    notion.deleteOption(notion.projects, "Fase", "4. Implementer");
    await notion.delivered();
    notion.deliveries("flow");
    on.edit(people.anders, "INNO-11", { "Sagsnr.": { rich_text: [{ text: { content: "26/1" } }] } });
    await house.quiet();
    expect([on.field("INNO-11", "Fase"), on.said("INNO-11")]).toEqual(["4. Implementer", ["A13"]]);
    expect((await house.jobs("sync")).failed).toBe(0);
    expect((await house.ledger.log()).filter(({ rule }) => rule === "T6 A13")).toHaveLength(1);
  });

  it("one card alone is never a mass, however few there are", async () => {
    const on = board(house);
    on.drag(people.anders, "INNO-11", null);
    await house.quiet();
    expect([on.field("INNO-11", "Fase"), on.said("INNO-11"), told()]).toEqual(["4. Implementer", ["A13"], []]);
  });
});
