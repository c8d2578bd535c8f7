// SPDX-License-Identifier: EUPL-1.2
/** Work on an issue that is broken off at each of its writes: what was saved is found, and everything is done once (I4). */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Fault } from "../../src/sandbox/world.ts";
import { board, type House, openHouse, people } from "./house.ts";

let house: House;
beforeEach(async () => {
  house = await openHouse();
}, 60_000);
afterEach(() => house.close());

const developer = "anders-dev";
const faults: readonly (readonly [string, Fault])[] = [
  ["saved, the answer lost", { kind: "drop-connection", afterSaving: true }],
  ["saved, answered 502", { kind: "status", status: 502, afterSaving: true }],
  ["not saved, the connection lost", { kind: "drop-connection", afterSaving: false }],
  ["not saved, answered 503", { kind: "status", status: 503 }],
];

/** The first call of this kind goes wrong, the others do not. */
function once(method: string, path: RegExp, fault: Fault) {
  let left = 1;
  return (call: { method: string; path: string }) =>
    call.method === method && path.test(call.path) && left-- > 0 ? fault : null;
}

const numberOf = (card: string) => board(house).issue(card)?.number ?? 0;
const saidOn = (number: number) =>
  house.sandbox.github
    .commentsOf(number)
    .map(({ body }) => /<!-- faseport:said ([A-Z]\d\d[a-z]?)-/u.exec(body ?? "")?.[1]);

describe.each(faults)("%s", (_how, fault) => {
  it("the comment on a label that was put back: said once", async () => {
    const number = numberOf("INNO-3");
    house.sandbox.github.faults(once("POST", /comments$/u, fault));
    house.sandbox.github.moveLabel(developer, number, "fase:2-nytaenk");
    await house.quiet();
    expect([saidOn(number), board(house).phaseLabels("INNO-3")]).toEqual([["A25"], ["fase:1-udforsk"]]);
  });

  it("the write that puts a label back and opens the issue again: back, and each said once", async () => {
    const number = numberOf("INNO-3");
    house.sandbox.github.faults(once("PATCH", /issues/u, fault));
    house.sandbox.github.moveLabel(developer, number, "fase:2-nytaenk");
    house.sandbox.github.closeIssue(developer, number, "completed");
    await house.quiet();
    expect(saidOn(number).sort()).toEqual(["A25", "A26"]);
    expect(board(house).issue("INNO-3")).toMatchObject({ state: "open" });
    expect(board(house).phaseLabels("INNO-3")).toEqual(["fase:1-udforsk"]);
  });

  it("the closing of an issue with its project: closed for the right reason, nothing said on it", async () => {
    const number = numberOf("INNO-6");
    house.sandbox.github.faults(once("PATCH", /issues/u, fault));
    board(house).edit(people.anders, "INNO-6", {
      Udfald: { select: { name: "Ingen effekt" } },
      Tilstand: { select: { name: "Afsluttet" } },
    });
    await house.quiet();
    expect(house.sandbox.github.issue(number)).toMatchObject({ state: "closed", state_reason: "not_planned" });
    expect([saidOn(number), board(house).said("INNO-6")]).toEqual([[], ["B23"]]);
  });

  it("the issue that takes a deleted one's place: one, and the card told once", async () => {
    const number = numberOf("INNO-5");
    house.sandbox.github.faults(once("POST", /issues$/u, fault));
    house.sandbox.github.deleteIssue(developer, number);
    await house.quiet();
    const titles = house.sandbox.github.issues().filter(({ title }) => title === "Velkomst til nye familier");
    expect(titles.map((issue) => issue.number)).toEqual([numberOf("INNO-5")]);
    expect(board(house).said("INNO-5")).toEqual(["B24"]);
  });

  it("the title that a card takes over from its issue: taken over", async () => {
    house.sandbox.notion.faults(once("PATCH", /pages/u, fault));
    house.sandbox.github.edit(developer, numberOf("INNO-5"), { title: "Velkommen" });
    await house.quiet();
    expect([board(house).field("INNO-5", "Navn"), board(house).issue("INNO-5")?.title]).toEqual([
      "Velkommen",
      "Velkommen",
    ]);
    expect(saidOn(numberOf("INNO-5"))).toEqual([]);
  });

  it("the phase that a card is moved to by its issue's label: moved once, and the yes is used once", async () => {
    board(house).tick(people.mette, "INNO-3", "Digitalisering og Innovation");
    await house.quiet();
    house.sandbox.notion.faults(once("PATCH", /pages/u, fault));
    house.sandbox.github.moveLabel(developer, numberOf("INNO-3"), "fase:2-nytaenk");
    await house.quiet();
    expect([board(house).field("INNO-3", "Fase"), board(house).phaseLabels("INNO-3")]).toEqual([
      "2. Nytænk",
      ["fase:2-nytaenk"],
    ]);
    expect(board(house).said("INNO-3")).toEqual(["B01", "B03"]);
    expect((await house.ledger.log()).map(({ rule }) => rule).filter((rule) => /^T\d/u.test(rule))).toEqual(["T2"]);
  });

  it("the card that an idea becomes: one card, and the link back said once", async () => {
    const { notion } = house.sandbox;
    const made = () => notion.calls.filter(({ method, path }) => method === "POST" && path === "/v1/pages").length;
    const before = made();
    notion.faults(once("POST", /^\/v1\/pages$/u, fault));
    const number = house.sandbox.github.create(developer, { title: "Ny idé", labels: ["innovation"] });
    // The board finds a new card only after a while; here the while is over once the first try was made.
    await expect.poll(made, { timeout: 10_000 }).toBeGreaterThan(before);
    house.sandbox.clock.advance(60_000);
    await house.quiet();
    const cards = notion
      .pages(notion.projects)
      .filter((page) => JSON.stringify(page.properties.Navn).includes("Ny idé"));
    expect(cards).toHaveLength(1);
    expect(saidOn(number)).toEqual(["B25"]);
    expect(board(house).field("INNO-14", "Opgave")).toBe(house.sandbox.github.issue(number).html_url);
  });
});

it("closed by a developer between the reading and the writing, and no event tells: the next look at everything finds it", async () => {
  const { github } = house.sandbox;
  const number = numberOf("INNO-9");
  let isClosed = false;
  github.faults(({ method, path }) => {
    if (isClosed || method !== "PATCH" || !path.endsWith(`/issues/${number}`)) return null;
    isClosed = true;
    github.deliveries("lose");
    github.closeIssue(developer, number, "completed");
    return null;
  });
  github.moveLabel(developer, number, "fase:4-implementer");
  await house.quiet();
  expect(github.issue(number)).toMatchObject({ state: "closed" });
  github.deliveries("flow");
  await house.lookAtAll();
  await house.quiet();
  expect(github.issue(number)).toMatchObject({ state: "open" });
  expect(saidOn(number)).toEqual(["A25", "A26"]);
});

it("a label whose writing was not answered before the card moved on: the service's own, and nobody's wish", async () => {
  const { github } = house.sandbox;
  const isIn = async (phase: string) =>
    (await house.ledger.card(board(house).card("INNO-6")))?.record.accepted.position.phase === phase;
  let isAway = false;
  github.faults(({ method, path }) => {
    if (!/issues\/\d+$/u.test(path)) return null;
    if (method === "PATCH" && !isAway) {
      isAway = true;
      return { kind: "drop-connection", afterSaving: true };
    }
    return isAway ? { kind: "status", status: 503 } : null;
  });
  board(house).drag(people.anders, "INNO-6", "3. Test");
  await expect.poll(() => isAway, { timeout: 10_000 }).toBe(true);
  board(house).drag(people.anders, "INNO-6", "2. Nytænk");
  await expect.poll(() => isIn("nytaenk"), { timeout: 10_000 }).toBe(true);
  github.faults(null);
  await house.quiet();
  expect([board(house).field("INNO-6", "Fase"), board(house).phaseLabels("INNO-6")]).toEqual([
    "2. Nytænk",
    ["fase:2-nytaenk"],
  ]);
});

it("the service ends while a comment waits to be written: said once by the next", async () => {
  const number = numberOf("INNO-3");
  house.sandbox.github.faults(({ method, path }) =>
    method === "POST" && /comments$/u.test(path) ? { kind: "drop-connection", afterSaving: true } : null,
  );
  house.sandbox.github.moveLabel(developer, number, "fase:2-nytaenk");
  await expect.poll(() => saidOn(number).length, { timeout: 10_000 }).toBe(1);
  await house.stop();
  house.sandbox.github.faults(null);
  await house.startAgain();
  await house.quiet();
  expect([saidOn(number), board(house).phaseLabels("INNO-3")]).toEqual([["A25"], ["fase:1-udforsk"]]);
});

it("the service ends between the label and the comment: the comment is still said", async () => {
  const number = numberOf("INNO-3");
  house.sandbox.github.faults(({ method, path }) =>
    method === "POST" && /comments$/u.test(path) ? { kind: "status", status: 503 } : null,
  );
  house.sandbox.github.moveLabel(developer, number, "fase:2-nytaenk");
  await expect.poll(() => board(house).phaseLabels("INNO-3"), { timeout: 10_000 }).toEqual(["fase:1-udforsk"]);
  await house.stop();
  house.sandbox.github.faults(null);
  await house.startAgain();
  await house.quiet();
  expect([saidOn(number), board(house).phaseLabels("INNO-3")]).toEqual([["A25"], ["fase:1-udforsk"]]);
});
