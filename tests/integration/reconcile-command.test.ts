// SPDX-License-Identifier: EUPL-1.2
/** `npm run reconcile` as an administrator runs it: a process of its own, beside the service or alone. */
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, expect, it, vi } from "vitest";
import { fillBoard } from "../bench/fill.ts";
import { board, type House, openHouse, people } from "./house.ts";

let house: House;
const script = join(import.meta.dirname, "../../scripts/reconcile.ts");

afterEach(() => house.closeStopped());

type Outcome = Readonly<{ code: number; out: string; err: string }>;

async function reconcile(...args: string[]): Promise<Outcome> {
  const run = promisify(execFile)(process.execPath, [script, ...args], { env: house.environment });
  return run.then(
    ({ stdout, stderr }) => ({ code: 0, out: stdout, err: stderr }),
    ({ code, stdout, stderr }) => ({ code, out: stdout, err: stderr }),
  );
}

/** What people do while nothing runs; nobody is told of it. */
async function unheard(act: () => void): Promise<void> {
  house.sandbox.notion.deliveries("lose");
  act();
  await house.sandbox.notion.delivered();
  house.sandbox.notion.deliveries("flow");
}

const writes = () =>
  [...house.sandbox.notion.calls, ...house.sandbox.github.calls].filter(
    ({ method, path }) => method !== "GET" && !path.endsWith("/query"),
  ).length;

it("a dry run prints what would happen and writes nothing, here or there; the run then does just that", async () => {
  house = await openHouse();
  await house.stop();
  const on = board(house);
  await unheard(() => {
    on.drag(people.anders, "INNO-3", "3. Test");
    on.drag(people.anders, "INNO-6", "3. Test");
  });
  const before = [writes(), await house.ledger.hints.about([on.card("INNO-3")]), await house.ledger.log()];
  const dry = await reconcile("--full", "--dry-run");
  expect(dry.code).toBe(0);
  expect(dry.err).toMatch(/INNO-3 +put back · say A02 · log T4 A02/u);
  expect(dry.err).toMatch(/INNO-6 .*say B03.*log T2 · issue #\d+: text, labels/u);
  expect(dry.err).toMatch(/2 of \d+ cards to look at, 1 put back, 0 closed\.\n0 issues created, 1 changed/u);
  expect([writes(), await house.ledger.hints.about([on.card("INNO-3")]), await house.ledger.log()]).toEqual(before);

  const run = await reconcile("--full");
  expect(run).toMatchObject({ code: 0 });
  expect(run.err).toMatch(/2 of 2 cards · done/u);
  expect([on.field("INNO-3", "Fase"), on.said("INNO-3")]).toEqual(["1. Udforsk", ["A02"]]);
  expect([on.field("INNO-6", "Fase"), on.phaseLabels("INNO-6")]).toEqual(["3. Test", ["fase:3-test"]]);

  const again = await reconcile("--full", "--json");
  expect(JSON.parse(again.out)).toMatchObject({ cards: [], ran: { done: 0, left: 0, gaveUp: [] } });
});

it("stops before it puts back more than a fifth of the cards, until it is told to go on", async () => {
  house = await openHouse();
  await house.stop();
  const on = board(house);
  const moved = ["INNO-3", "INNO-4", "INNO-5"];
  const phases = () => moved.map((number) => on.field(number, "Fase"));
  const accepted = phases();
  await unheard(() => {
    for (const number of moved) on.drag(people.anders, number, "4. Implementer");
  });
  const before = writes();
  const stopped = await reconcile("--full");
  expect(stopped.code).toBe(2);
  expect(stopped.err).toMatch(/Stopped: 3 of \d+ cards would be put back or closed, more than 20 %/u);
  expect(writes()).toBe(before);
  expect((await reconcile("--full", "--yes")).code).toBe(0);
  expect(phases()).toEqual(accepted);
});

it("beside the running service each card is done once", async () => {
  house = await openHouse();
  const on = board(house);
  await unheard(() => on.drag(people.anders, "INNO-3", "3. Test"));
  expect((await reconcile()).code).toBe(0);
  await house.quiet();
  expect([on.field("INNO-3", "Fase"), on.said("INNO-3")]).toEqual(["1. Udforsk", ["A02"]]);
  await house.stop();
});

/** What developers do while nothing runs; nobody is told of it. */
async function unheardOnTracker(act: (github: House["sandbox"]["github"]) => void): Promise<void> {
  const { github } = house.sandbox;
  github.deliveries("lose");
  act(github);
  await github.delivered();
  github.deliveries("flow");
}

it("the plan names what will happen on the tracker: changed, closed, gone, and ideas; the run then does it", async () => {
  house = await openHouse();
  await house.stop();
  const on = board(house);
  const issueOf = (number: string) => on.issue(number)?.number ?? 0;
  const [labelled, closed, deleted] = [issueOf("INNO-3"), issueOf("INNO-6"), issueOf("INNO-7")];
  let idea = 0;
  await unheardOnTracker((github) => {
    github.unlabel("anders-dev", labelled, "fase:1-udforsk");
    github.closeIssue("anders-dev", closed, "completed");
    github.deleteIssue("anders-dev", deleted);
    idea = github.create("ida-udvikler", { title: "Bænke ved søen", labels: ["innovation"] });
  });
  const before = writes();
  for (const full of [["--full"], []]) {
    const dry = await reconcile(...full, "--dry-run");
    expect(dry.code).toBe(0);
    expect(dry.err).toMatch(new RegExp(`INNO-3 +issue #${labelled}: labels`, "u"));
    expect(dry.err).toMatch(new RegExp(`INNO-6 +issue #${closed}: reopen, comment`, "u"));
    expect(dry.err).toMatch(new RegExp(`#${idea} +make a card of it in the idea bank`, "u"));
    // What is gone is in no list of what was changed: only a look at everything misses it.
    const gone = new RegExp(`INNO-7 +issue #${deleted}: create again`, "u");
    if (full.length > 0) expect(dry.err).toMatch(gone);
    else expect(dry.err).not.toMatch(gone);
  }
  expect(writes()).toBe(before);

  const run = await reconcile("--full");
  expect(run).toMatchObject({ code: 0 });
  expect(on.phaseLabels("INNO-3")).toEqual(["fase:1-udforsk"]);
  expect(on.issue("INNO-6")?.state).toBe("open");
  expect(issueOf("INNO-7")).toBeGreaterThan(deleted);
  const { notion, github } = house.sandbox;
  const cards = notion.pages(notion.projects).map((page) => JSON.stringify(page.properties.Opgave));
  expect(cards.filter((url) => url.includes(`/${idea}"`))).toHaveLength(1);
  // The idea's issue has been told where its card is, without a service.
  expect(github.commentsOf(idea)).toHaveLength(1);
  expect(JSON.parse((await reconcile("--full", "--json")).out)).toMatchObject({ cards: [], tasks: [], ideas: [] });
});

it("stops before it closes more than a fifth of the issues, until it is told to go on", async () => {
  house = await openHouse({ before: (sandbox) => fillBoard(sandbox, 5) });
  const { notion, github } = house.sandbox;
  const done = {
    Læring: { rich_text: [{ text: { content: "Spørg borgerne." } }] },
    Tilstand: { select: { name: "Afsluttet" } },
  };
  for (const page of notion.pages(notion.projects)) if (!page.in_trash) notion.edit(people.anders, page.id, done);
  await house.quiet();
  const open = () => github.issues().filter(({ state }) => state === "open").length;
  expect([github.issues().length, open()]).toEqual([5, 0]);
  await house.stop();
  await unheardOnTracker(() => {
    for (const { number } of github.issues().slice(0, 2)) github.reopenIssue("anders-dev", number);
  });
  const stopped = await reconcile("--full");
  expect(stopped.err).toMatch(/Stopped: 2 of 5 issues would be closed, more than 20 %/u);
  expect([stopped.code, open()]).toEqual([2, 2]);
  expect((await reconcile("--full", "--yes")).code).toBe(0);
  expect(open()).toBe(0);
});

// What the killed process had under way is taken up when its locks run out: half a minute, and up to as much again.
it("killed in the middle of a first fill and run again: one issue a card, none twice", {
  timeout: 180_000,
}, async () => {
  const cards = 60;
  house = await openHouse({ before: (sandbox) => fillBoard(sandbox, cards), roles: [] });
  const { github } = house.sandbox;
  const child = spawn(process.execPath, [script], { env: house.environment, stdio: "ignore" });
  await vi.waitFor(() => expect(github.issues().length).toBeGreaterThan(5), { timeout: 30_000, interval: 5 });
  child.kill("SIGKILL");
  await once(child, "exit");
  expect(github.issues().length).toBeLessThan(cards);
  const run = await reconcile("--full");
  expect(run.code).toBe(0);
  const titles = github.issues().map(({ title }) => title);
  expect(titles).toHaveLength(cards);
  expect(new Set(titles).size).toBe(cards);
});
