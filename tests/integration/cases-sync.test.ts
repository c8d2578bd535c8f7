// SPDX-License-Identifier: EUPL-1.2
/** Cases 33, 36 and 38 of DOMAIN.md, section 10, whole: deliveries that are lost, doubled, late or out of order, and remote sides that fail. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Fault } from "../../src/sandbox/world.ts";
import { board, type House, openHouse, people } from "./house.ts";
import { handOn, type Letter, openPostbox, type Postbox } from "./postbox.ts";

let house: House;
beforeEach(async () => {
  house = await openHouse({ quietWithinMs: 60_000 });
}, 60_000);
afterEach(() => house.close());

const developer = "anders-dev";
const numbers = ["INNO-3", "INNO-5", "INNO-6", "INNO-7"];

/** One refused and one accepted drag, a title, a label that was put back, an issue closed early. */
function act(): void {
  const on = board(house);
  const { github } = house.sandbox;
  on.drag(people.anders, "INNO-3", "2. Nytænk");
  on.drag(people.anders, "INNO-6", "3. Test");
  on.edit(people.anders, "INNO-5", { Navn: { title: [{ text: { content: "Velkommen hjem" } }] } });
  const labelled = on.issue("INNO-7")?.number ?? 0;
  for (const label of on.phaseLabels("INNO-7")) github.unlabel(developer, labelled, label);
  github.closeIssue(developer, on.issue("INNO-5")?.number ?? 0, "completed");
}

/** What both sides show and what was said and logged, without what belongs to one house alone. */
async function outcome() {
  const on = board(house);
  const log = await house.ledger.log();
  return numbers.map((number) => ({
    number,
    fields: ["Navn", "Fase", "Tilstand", "Fase (bekræftet)", "Ønsker videre til"].map((name) => on.field(number, name)),
    said: on.said(number),
    issue: { title: on.issue(number)?.title, state: on.issue(number)?.state, labels: [...on.labels(number)].sort() },
    onIssue: house.sandbox.github.commentsOf(on.issue(number)?.number ?? 0).length,
    logged: log.filter(({ projectId }) => projectId === number).map(({ rule }) => rule),
  }));
}

describe("case 33: the same webhook twice, late, out of order, or never: the same end state", () => {
  let postbox: Postbox;
  beforeEach(async () => {
    postbox = await openPostbox();
  });
  afterEach(() => postbox.close());

  /** Acts; hands on what the stand-ins told of it, as `order` has it, and looks at everything as each night. */
  async function endOf(order: (letters: readonly Letter[]) => readonly Letter[]) {
    const { notion, github } = house.sandbox;
    const url = house.service().url ?? "";
    house.sandbox.connect(postbox.url);
    act();
    await Promise.all([notion.delivered(), github.delivered()]);
    const letters = postbox.take();
    expect(letters.length).toBeGreaterThanOrEqual(5);
    house.sandbox.connect(url);
    for (const letter of order(letters)) expect(await handOn(url, letter)).toBe(202);
    await house.quiet();
    await house.lookAtAll();
    await house.quiet();
    return outcome();
  }

  it("twice, reversed, the last one only, and none at all end as in time", async () => {
    const inTime = await endOf((letters) => letters);
    expect(inTime.map(({ number, said }) => [number, said])).toEqual([
      ["INNO-3", ["A01"]],
      ["INNO-5", []],
      ["INNO-6", ["B03"]],
      ["INNO-7", []],
    ]);
    expect(inTime.map(({ issue }) => issue.state)).toEqual(["open", "open", "open", "open"]);
    const orders: readonly ((letters: readonly Letter[]) => readonly Letter[])[] = [
      (letters) => letters.flatMap((letter) => [letter, letter]),
      (letters) => letters.toReversed(),
      (letters) => letters.slice(-1),
      () => [],
    ];
    for (const order of orders) {
      await house.close();
      house = await openHouse({ quietWithinMs: 60_000 });
      expect(await endOf(order)).toEqual(inTime);
    }
  }, 300_000);
});

describe("case 36: a remote side fails", () => {
  /** Answers each of these once, one after the other, and behaves from then on. */
  function failing(...faults: readonly Fault[]): () => Fault | null {
    const left = [...faults];
    return () => left.shift() ?? null;
  }
  const status = (code: number): Fault => ({ kind: "status", status: code });
  const tried = (job: string) =>
    house
      .said()
      .flat()
      .filter(({ msg, job: it }) => msg === "a job failed and is tried again" && it === job).length;

  it("Notion says 429, 409 and 5xx in turn: tried again in order, and each verdict stands once", async () => {
    const on = board(house);
    const tooMany: Fault = { kind: "status", status: 429, retryAfter: 1 };
    const dropped: Fault = { kind: "drop-connection", afterSaving: false };
    house.sandbox.notion.faults(failing(tooMany, status(409), status(500), dropped, status(502), status(503)));
    on.drag(people.anders, "INNO-6", "3. Test");
    await vi.waitFor(() => expect(on.said("INNO-6")).toEqual(["B03"]), { timeout: 60_000, interval: 50 });
    on.drag(people.anders, "INNO-6", "2. Nytænk");
    on.drag(people.anders, "INNO-3", "2. Nytænk");
    await house.quiet();
    expect([on.field("INNO-6", "Fase"), on.field("INNO-3", "Fase")]).toEqual(["2. Nytænk", "1. Udforsk"]);
    expect([on.phaseLabels("INNO-6"), on.phaseLabels("INNO-3")]).toEqual([["fase:2-nytaenk"], ["fase:1-udforsk"]]);
    expect(on.said("INNO-3")).toEqual(["A01"]);
    const log = (await house.ledger.log()).filter(
      ({ projectId, rule }) => projectId === "INNO-6" && rule !== "adopted",
    );
    expect(log.map(({ rule }) => rule.split(" ")[0])).toEqual(["T2", "T5"]);
    expect(tried("sync")).toBeGreaterThanOrEqual(4);
    expect(await failed()).toBe(0);
  }, 120_000);

  it("GitHub is down for a while: the verdict stands on the board meanwhile, and the issue catches up with the last of it", async () => {
    const on = board(house);
    let isDown = true;
    house.sandbox.github.faults(() => (isDown ? { kind: "drop-connection", afterSaving: false } : null));
    on.drag(people.anders, "INNO-6", "3. Test");
    await vi.waitFor(() => expect(on.said("INNO-6")).toEqual(["B03"]), { timeout: 60_000, interval: 50 });
    on.drag(people.anders, "INNO-6", "4. Implementer");
    await vi.waitFor(() => expect(on.said("INNO-6")).toEqual(["B03", "B03"]), { timeout: 60_000, interval: 50 });
    expect([on.field("INNO-6", "Fase"), on.phaseLabels("INNO-6")]).toEqual(["4. Implementer", ["fase:2-nytaenk"]]);
    await vi.waitFor(() => expect(tried("mirror")).toBeGreaterThanOrEqual(2), { timeout: 60_000, interval: 50 });
    isDown = false;
    await house.quiet();
    expect(on.phaseLabels("INNO-6")).toEqual(["fase:4-implementer"]);
    expect(on.said("INNO-6")).toEqual(["B03", "B03"]);
    expect(await failed()).toBe(0);
  }, 120_000);

  async function failed(): Promise<number> {
    const [sync, mirror] = await Promise.all([house.jobs("sync"), house.jobs("mirror")]);
    return (sync.failed ?? 0) + (mirror.failed ?? 0);
  }
});

it("case 38: everything the service writes comes back as an event, and none of it makes work", async () => {
  act();
  await house.quiet();
  const { notion, github } = house.sandbox;
  const jobs = async () => [(await house.course("sync")).length, (await house.course("mirror")).length];
  const before = [notion.calls.length, github.calls.length, ...(await jobs())];
  await Promise.all([notion.delivered(), github.delivered()]);
  await house.quiet();
  expect([notion.calls.length, github.calls.length, ...(await jobs())]).toEqual(before);
  // Each card was looked at for what people did, and not again for what the service wrote of it.
  const looks = (await house.course("sync")).filter(
    ({ event, card }) => event === "completed" && card === board(house).card("INNO-3"),
  );
  expect(looks.length).toBeLessThanOrEqual(3);
});

it("GitHub's deliveries that failed are made good by the night's look: changed, closed, deleted, transferred, and an idea", async () => {
  const on = board(house);
  const { github, notion } = house.sandbox;
  const issueOf = (number: string) => on.issue(number)?.number ?? 0;
  const [labelled, closed, deleted, transferred] = ["INNO-3", "INNO-5", "INNO-6", "INNO-7"].map(issueOf) as [
    number,
    number,
    number,
    number,
  ];
  github.deliveries("lose");
  github.label(developer, labelled, "bug");
  for (const label of on.phaseLabels("INNO-3")) github.unlabel(developer, labelled, label);
  github.closeIssue(developer, closed, "not_planned");
  github.deleteIssue(developer, deleted);
  github.transferIssue(developer, transferred, "furesoe-kommune/andet");
  const idea = github.create("ida-udvikler", { title: "Bænke ved søen", labels: ["innovation"] });
  await github.delivered();
  github.deliveries("flow");
  await house.quiet();
  expect([on.phaseLabels("INNO-3"), on.issue("INNO-5")?.state]).toEqual([[], "closed"]);

  await house.lookAtAll();
  await house.quiet();
  expect(on.phaseLabels("INNO-3")).toEqual(["fase:1-udforsk"]);
  expect(on.labels("INNO-3")).toContain("bug");
  expect(on.issue("INNO-5")?.state).toBe("open");
  for (const [number, before] of [
    ["INNO-6", deleted],
    ["INNO-7", transferred],
  ] as const) {
    expect(issueOf(number)).toBeGreaterThan(before);
    expect(on.said(number)).toEqual(["B24"]);
  }
  const cards = notion
    .pages(notion.projects)
    .filter((page) => JSON.stringify(page.properties.Opgave).includes(`/${idea}"`));
  expect(cards).toHaveLength(1);
});
