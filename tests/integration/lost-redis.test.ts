// SPDX-License-Identifier: EUPL-1.2
/** Case 37: Redis is lost. The ledger is taken back from Notion and the tracker; the verdicts are as before, and nobody is asked again. */
import { afterEach, beforeEach, expect, it } from "vitest";
import { board, type House, openHouse, people } from "./house.ts";

const UDI = "Digitalisering og Innovation";
const ELDERLY = "Ældre og Sundhed";

let house: House;
beforeEach(async () => {
  house = await openHouse();
}, 60_000);
afterEach(() => house.close());

/** Everything the service remembers is gone; what people do meanwhile is told to nobody. */
async function loseRedis(meanwhile: () => void = () => {}): Promise<void> {
  await house.stop();
  await house.forget();
  house.sandbox.notion.deliveries("lose");
  meanwhile();
  await house.sandbox.notion.delivered();
  house.sandbox.notion.deliveries("flow");
  await house.startAgain();
  await house.quiet();
}

const accepted = async (number: string) => (await house.ledger.card(board(house).card(number)))?.record.accepted;

it("case 37: a registered yes survives, and opens the gate without being asked for again", async () => {
  const on = board(house);
  on.tick(people.mette, "INNO-3", UDI);
  await house.quiet();
  const before = {
    said: on.said("INNO-3"),
    rows: on.rows("INNO-3").length,
    issues: house.sandbox.github.issues().length,
  };
  await loseRedis();
  expect((await accepted("INNO-3"))?.decisions[0]?.registration?.by).toEqual([people.mette]);
  expect(on.openRow("INNO-3", UDI).properties.Godkendt).toMatchObject({ checkbox: true });
  expect({
    said: on.said("INNO-3"),
    rows: on.rows("INNO-3").length,
    issues: house.sandbox.github.issues().length,
  }).toEqual(before);
  on.drag(people.anders, "INNO-3", "2. Nytænk");
  await house.quiet();
  expect([on.field("INNO-3", "Fase"), on.phaseLabels("INNO-3")]).toEqual(["2. Nytænk", ["fase:2-nytaenk"]]);
});

it("case 37: every card stands where it stood, with the same rows, fields and issues", async () => {
  const on = board(house);
  on.tick(people.mette, "INNO-4", UDI);
  await house.quiet();
  const numbers = ["INNO-1", "INNO-2", "INNO-3", "INNO-4", "INNO-5", "INNO-6", "INNO-7"];
  const shown = () =>
    numbers.map((number) => [
      ...["Fase", "Fase (bekræftet)", "Godkendelser", "Mangler før næste fase", "Seneste besked", "Opgave"].map(
        (name) => on.field(number, name),
      ),
      ...on.rows(number).map((row) => JSON.stringify(row.properties)),
      on.labels(number),
      on.said(number),
    ]);
  const before = shown();
  const issues = house.sandbox.github.issues().length;
  await loseRedis();
  expect(shown()).toEqual(before);
  expect(house.sandbox.github.issues()).toHaveLength(issues);
});

it("case 37: what was moved meanwhile is judged from where it stood", async () => {
  const on = board(house);
  await loseRedis(() => on.drag(people.anders, "INNO-3", "3. Test"));
  expect([on.field("INNO-3", "Fase"), (await accepted("INNO-3"))?.position.phase]).toEqual(["1. Udforsk", "udforsk"]);
});

it("case 37: a yes that was forged meanwhile, in the words of a real one, opens no gate", async () => {
  const on = board(house);
  await loseRedis(() =>
    house.sandbox.notion.edit(people.anders, on.openRow("INNO-3", UDI).id, {
      Godkendt: { checkbox: true },
      Status: { select: { name: "Godkendt" } },
      "Registreret af": { people: [{ id: people.mette }] },
      "Registreret den": { date: { start: "2026-11-20" } },
    }),
  );
  on.drag(people.anders, "INNO-3", "2. Nytænk");
  await house.quiet();
  expect(on.field("INNO-3", "Fase")).toBe("1. Udforsk");
  expect((await accepted("INNO-3"))?.decisions.find(({ ended }) => ended === null)?.registration).toBeNull();
});

it("case 37: a place that was forged meanwhile counts for nothing where the issue says otherwise", async () => {
  const on = board(house);
  const forged = "Implementer · Aktiv · 2 Politisk projekt · omgang 1 [implementer active politisk 1]";
  await loseRedis(() =>
    on.edit(people.anders, "INNO-3", {
      Fase: { select: { name: "4. Implementer" } },
      "Fase (bekræftet)": { rich_text: [{ text: { content: forged } }] },
    }),
  );
  expect([on.field("INNO-3", "Fase"), (await accepted("INNO-3"))?.position.phase]).toEqual(["1. Udforsk", "udforsk"]);
});

it("case 37: a deciding body that was taken off meanwhile still decides", async () => {
  const on = board(house);
  on.tick(people.mette, "INNO-4", UDI);
  await house.quiet();
  await loseRedis(() => on.edit(people.anders, "INNO-4", { Udvalg: { multi_select: [{ name: UDI }] } }));
  on.drag(people.anders, "INNO-4", "2. Nytænk");
  await house.quiet();
  expect(on.field("INNO-4", "Fase")).toBe("1. Udforsk");
  expect(on.openRow("INNO-4", ELDERLY)).toBeDefined();
});

it("case 37: a political card made meanwhile is a new one", async () => {
  const on = board(house);
  const { notion } = house.sandbox;
  await loseRedis(() => {
    notion.create(people.anders, notion.projects, {
      Navn: { title: [{ text: { content: "Ny" } }] },
      Fase: { select: { name: "4. Implementer" } },
      Tilstand: { select: { name: "Aktiv" } },
    });
  });
  const page = notion.pages(notion.projects).at(-1);
  expect(page?.properties.Fase).toMatchObject({ select: null });
  expect(on.said("INNO-3")).toEqual([]);
});
