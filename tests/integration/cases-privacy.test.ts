// SPDX-License-Identifier: EUPL-1.2
/** DOMAIN section 10, cases 48 and 49 on the wire: what must not leave the board, and what is said of it. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { board, type House, openHouse, people } from "./house.ts";

let house: House;
beforeAll(async () => {
  house = await openHouse();
}, 60_000);
afterAll(() => house.close());

const on = () => board(house);
const text = (content: string) => [{ text: { content } }];
/** Everything that can be read of a card's issue. */
const readable = (card: string) => {
  const issue = on().issue(card);
  const comments = house.sandbox.github.commentsOf(issue?.number ?? 0).map(({ body }) => body);
  return JSON.stringify([issue, comments]);
};

it("case 48: a field with what looks like a CPR number is not sent, and the owner is told once for each field (B14)", async () => {
  on().edit(people.anders, "INNO-3", {
    Navn: { title: text("Sagen om 010203-1234") },
    Innovationsspørgsmål: { rich_text: text("Hvad siger 040506 1234?") },
  });
  await house.quiet();
  expect(on().said("INNO-3")).toEqual(["B14", "B14"]);
  expect(
    on()
      .comments("INNO-3")
      .map((said) => /i (Navn|Innovationsspørgsmål)\./u.exec(said)?.[1]),
  ).toEqual(["Navn", "Innovationsspørgsmål"]);
  expect(on().issue("INNO-3")?.title).toBe("INNO-3 (fortrolig)");
  expect(readable("INNO-3")).not.toMatch(/010203|040506/u);

  on().edit(people.anders, "INNO-3", { Navn: { title: text("Sagen om 010203-1234 igen") } });
  await house.quiet();
  expect(on().said("INNO-3")).toEqual(["B14", "B14"]);

  on().edit(people.anders, "INNO-3", { Navn: { title: text("Digital byggesagsguide") } });
  await house.quiet();
  expect([on().issue("INNO-3")?.title, on().said("INNO-3")]).toEqual(["Digital byggesagsguide", ["B14", "B14"]]);
});

it("case 49: a card made confidential: its issue is emptied at once, the owner told (B15), and the secretariat that the tracker remembers (B29)", async () => {
  const before = on().issue("INNO-9");
  house.sandbox.github.edit("anders-dev", before?.number ?? 0, { body: `${before?.body}\n\nVores egne noter` });
  await house.quiet();
  on().edit(people.anders, "INNO-9", { Fortrolighed: { select: { name: "Fortrolig" } } });
  await house.quiet();
  const issue = on().issue("INNO-9");
  expect(issue?.title).toBe("INNO-9 (fortrolig)");
  expect(issue?.body).not.toMatch(/Sensorer|Hvordan kan vi tømme|Skal|beslutning/u);
  expect(issue?.body).toContain("Vores egne noter");
  expect(on().said("INNO-9")).toEqual(["B15", "B29"]);
  expect(on().comments("INNO-9")[1]).toMatch(/^@Sanne Sekretær .*redigeringshistorik/su);
});

it("a confidential card's title is not to be had by editing the issue's, and what is said there tells nothing of it", async () => {
  const number = on().issue("INNO-9")?.number ?? 0;
  house.sandbox.github.edit("anders-dev", number, { title: "Hvad er det?" });
  house.sandbox.github.moveLabel("anders-dev", number, "fase:4-implementer");
  await house.quiet();
  expect([on().issue("INNO-9")?.title, on().field("INNO-9", "Navn")]).toEqual([
    "INNO-9 (fortrolig)",
    "Sensorer i affaldsbeholdere",
  ]);
  expect(readable("INNO-9")).not.toContain("Sensorer");
});

it("over the limit of its phase: the card that came last is marked, until there is room (wip:over)", async () => {
  const marked = () =>
    ["INNO-3", "INNO-6", "INNO-7", "INNO-8"].filter((card) => on().labels(card).includes("wip:over"));
  on().tick(people.mette, "INNO-3", "Digitalisering og Innovation");
  await house.quiet();
  on().drag(people.anders, "INNO-3", "2. Nytænk");
  await house.quiet();
  expect([on().field("INNO-3", "Fase"), marked()]).toEqual(["2. Nytænk", ["INNO-3"]]);
  on().drag(people.anders, "INNO-6", "3. Test");
  await house.quiet();
  expect(marked()).toEqual([]);
});
