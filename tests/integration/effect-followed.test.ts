// SPDX-License-Identifier: EUPL-1.2
/** The effect of a project followed up from its first day in operation: asked for, measured, smaller than hoped, learned from, closed. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { board, type House, openHouse, people } from "./house.ts";

const DAY = 86_400_000;
const soon = { timeout: 40_000 };
const names = Array.from({ length: 13 }, (_, index) => `INNO-${index + 1}`);

let house: House;
beforeAll(async () => {
  house = await openHouse({ quietWithinMs: 60_000 });
}, 60_000);
afterAll(() => house.close());

/** What reminders said of the card on the day that so many days lead to. */
async function pass(days: number, title: string): Promise<readonly string[]> {
  const all = () => names.flatMap((number) => board(house).comments(number));
  const before = new Set(all());
  const round = await house.ledger.letters.lastRound();
  house.sandbox.clock.advance(days * DAY);
  await expect.poll(() => house.ledger.letters.lastRound(), soon).not.toBe(round);
  await house.quiet();
  const lines = all()
    .filter((it) => !before.has(it))
    .flatMap((it) => it.split("\n"));
  return lines.filter((it) => it.includes(title) && !/Din uge|Status/u.test(it));
}

it("P10 with indicator, baseline and target; measured: nothing; «Udeblevet»: P13; «Udfald» without «Læring»: P14; closed: B23", async () => {
  const on = board(house);
  const card = names.find((number) => on.field(number, "Fase") === "5. Følg op") ?? "";
  const title = on.field(card, "Navn");
  const edit = (properties: Parameters<typeof on.edit>[2]) => {
    on.edit(people.anders, card, properties);
    return house.quiet();
  };
  const text = (content: string) => ({ rich_text: [{ text: { content } }] });
  const choice = (name: string) => ({ select: { name } });
  const next = () => on.field(card, "Næste effektmåling");
  const of = (lines: readonly string[], what: RegExp) => lines.filter((it) => what.test(it)).length;
  await edit({
    "I drift fra": { date: { start: "2026-11-01" } },
    "Seneste måling": { date: null },
    Effektstatus: choice("Ikke målt"),
    Udfald: { select: null },
    Læring: text(""),
    Indikator: text("tid fra ansøgning til svar"),
    Nulpunkt: text("14 dage"),
    Mål: text("7 dage"),
    Ejer: { people: [{ id: people.anders }] },
    Effektansvarlig: { people: [{ id: people.anders }] },
  });
  expect(next()).toBe("2026-12-01");
  const asked = await pass(8, title);
  expect(of(asked, /har været i drift i 1 måned.*tid fra ansøgning til svar.*14 dage.*7 dage/u), asked.join()).toBe(1);
  await edit({ "Seneste måling": { date: { start: "2026-12-01" } } });
  expect(next()).toBe("2027-02-01");
  expect(of(await pass(1, title), /i drift|måling/u)).toBe(0);
  await edit({ Effektstatus: choice("Udeblevet") });
  expect(of(await pass(7, title), /Effekten af .* er »Udeblevet«/u)).toBe(1);
  await edit({ Udfald: choice("Ingen effekt") });
  const past = await pass(28, title);
  expect(of(past, /har et udfald, men ingen læring/u), past.join()).toBe(1);
  await edit({
    Læring: text("Borgerne ringede hellere; et brev hjalp mere end en app, og det fandt vi først ud af sent."),
  });
  await edit({ Tilstand: choice("Afsluttet") });
  expect(on.said(card)).toContain("B23");
  expect(next()).toBe("");
  expect([on.issue(card)?.state, on.issue(card)?.state_reason]).toEqual(["closed", "not_planned"]);
});
