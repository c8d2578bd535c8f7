// SPDX-License-Identifier: EUPL-1.2
/** Two doors and two workers on one Redis: no card is judged twice at a time, and nothing is said, made or logged twice (I4, I8). */
import { afterAll, beforeAll, expect, it } from "vitest";
import { overlapsIn } from "./course.ts";
import { board, type House, openHouse, people } from "./house.ts";

const numbers = Array.from({ length: 13 }, (_, index) => `INNO-${index + 1}`);
const phases = ["1. Udforsk", "2. Nytænk", "3. Test", "4. Implementer", "5. Følg op"];
const staff = [people.anders, people.lise, people.sanne];
const text = (content: string) => ({ rich_text: [{ text: { content } }] });

/** In milliseconds: half a minute's work on an idle machine, and several times that on a busy one. */
const HEAVY = 400_000;

let house: House;
beforeAll(async () => {
  house = await openHouse({ roles: ["web", "web", "worker", "worker"], quietWithinMs: HEAVY / 8 });
  await actHeavily();
  await house.quiet();
}, HEAVY);
afterAll(() => house.close());

/**
 * Three acts on three cards, and the next three when they have been delivered: a card is acted on again about when its
 * look begins. Now and then Notion does not answer, having saved or not.
 */
async function actHeavily(): Promise<void> {
  const on = board(house);
  const { notion, github, clock } = house.sandbox;
  let calls = 0;
  notion.faults(() => {
    calls += 1;
    return calls % 37 === 0 ? { kind: "status", status: 503, afterSaving: calls % 2 === 0 } : null;
  });
  for (let act = 0; act < 150; act += 1) {
    const number = numbers[(act * 5) % numbers.length] ?? "";
    const by = staff[act % staff.length] ?? people.anders;
    const turn = Math.floor(act / numbers.length) + act;
    if (turn % 7 < 3) on.drag(by, number, phases[turn % phases.length] ?? null);
    else if (turn % 7 === 3) on.edit(by, number, { "Sagsnr.": text(`26/${act}`) });
    else if (turn % 7 === 4) on.edit(by, number, { Godkendelser: text(`${act} af 5`) });
    else tickAny(number, turn % 7 === 5 ? people.mette : by);
    const issues = github.issues();
    github.label("anders-dev", issues[act % issues.length]?.number ?? 1, "fase:5-foelg-op");
    if (act % 3 === 2) await notion.delivered();
    if (act % 25 !== 24) continue;
    // However fast the acts are, each round of them is looked at; later the same refusal is said again, so that there is
    // something to say twice.
    await house.quiet();
    clock.advance(31 * 60_000);
  }
  notion.faults(null);
}

function tickAny(number: string, by: string): void {
  const open = board(house)
    .rows(number)
    .find(
      ({ properties: { Status } }) => Status?.type === "select" && /Afventer|Klar/u.test(Status.select?.name ?? ""),
    );
  if (open) house.sandbox.notion.edit(by, open.id, { Godkendt: { checkbox: true } });
}

const all = <Item>(item: (number: string) => readonly Item[]) => numbers.flatMap(item);
const twice = (items: readonly string[]) => items.filter((item, index) => items.indexOf(item) !== index);

it("both workers judged, and both doors let events in", async () => {
  const [one, other, first, second] = house.said();
  const judged = (lines: typeof one) => lines?.filter(({ msg }) => msg === "judged").length ?? 0;
  expect([judged(one), judged(other)]).toEqual([0, 0]);
  expect(Math.min(judged(first), judged(second))).toBeGreaterThan(10);
});

it("no two looks at one card, and no two mirrorings of one, were under way at once (I8)", async () => {
  expect((await house.course("sync")).filter(({ event }) => event === "active").length).toBeGreaterThan(60);
  expect(overlapsIn(await house.course("sync"))).toEqual([]);
  expect(overlapsIn(await house.course("mirror"))).toEqual([]);
});

it("no worker met another at a card: the counter had nothing to stop", () => {
  const failures = house.said().flatMap((lines) => lines.flatMap(({ err }) => err?.message ?? []));
  expect(failures.filter((message) => /another worker/u.test(message))).toEqual([]);
});

it("no message was said twice", () => {
  const on = board(house);
  const markers = all((number) => on.comments(number).map((comment) => `${number} ${comment.split("\n").at(-1)}`));
  expect(markers.length).toBeGreaterThan(20);
  expect(twice(markers)).toEqual([]);
});

it("no verdict stands twice in the log for one event", async () => {
  const lines = (await house.ledger.log()).filter(({ events }) => events.length > 0);
  expect(lines.length).toBeGreaterThan(20);
  expect(
    twice(lines.map(({ card, rule, gate, body, events }) => JSON.stringify([card, rule, gate, body, events]))),
  ).toEqual([]);
});

it("every card has one issue, with one phase label", () => {
  const on = board(house);
  const tasks = all((number) => [on.field(number, "Opgave")].filter((url) => url !== ""));
  expect(
    house.sandbox.github
      .issues()
      .map(({ html_url }) => html_url)
      .sort(),
  ).toEqual([...tasks].sort());
  expect(twice(tasks)).toEqual([]);
  const labelled = numbers.filter((number) => on.issue(number));
  expect(labelled.map((number) => on.phaseLabels(number).length)).toEqual(labelled.map(() => 1));
});

it("every card has one open decision for each gate and body", () => {
  const on = board(house);
  const open = all((number) =>
    on.rows(number).flatMap(({ properties: { Port, Udvalg, Status } }) => {
      const names = [Port, Udvalg, Status].map((it) => (it?.type === "select" ? it.select?.name : ""));
      return /Brugt|Bortfaldet|Udløbet/u.test(names[2] ?? "") ? [] : `${number} ${names[0]} ${names[1]}`;
    }),
  );
  expect(open.length).toBeGreaterThan(8);
  expect(twice(open)).toEqual([]);
});

it("when all is quiet, another look at everything finds nothing to do (I3)", async () => {
  const { notion, github } = house.sandbox;
  const writes = () =>
    [...notion.calls, ...github.calls].filter(({ method, path }) => method !== "GET" && !/query/u.test(path)).length;
  const before = writes();
  await house.lookAtAll();
  await house.quiet();
  expect(writes()).toBe(before);
});
