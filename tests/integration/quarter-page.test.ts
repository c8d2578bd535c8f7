// SPDX-License-Identifier: EUPL-1.2
/** What a quarter taught, from the clock to the page on the board: once, wherever the work stops, and only where there is a place for it. */
import { Redis } from "ioredis";
import { afterEach, expect, it } from "vitest";
import { instantOf } from "../../src/core/calendar.ts";
import { publishQuarter } from "../../src/delivery/publish-quarter.ts";
import type { Fault } from "../../src/sandbox/world.ts";
import { board, type House, type HouseOptions, model, openHouse, people } from "./house.ts";
import { boardOfMortals, type Ending, type MortalWorld, mortal } from "./mortal.ts";

const soon = { timeout: 40_000 };
const endings: readonly Ending[] = ["unsent", "done", "late"];

const numbers = Array.from({ length: 13 }, (_, index) => `INNO-${index + 1}`);
const TITLE = "Det lærte vi i 4. kvartal 2026";
const LEARNED = "Borgerne ringede hellere; et brev hjalp mere end en app, og det fandt vi først ud af sent.";

let house: House;
let isStopped = false;
afterEach(() => (isStopped ? house.closeStopped() : house.close()));

/** A house in which a project has been closed late in the quarter, and taught something. */
async function open(options: HouseOptions): Promise<void> {
  isStopped = false;
  house = await openHouse({ quietWithinMs: 60_000, start: new Date("2026-12-21T08:00:00.000Z"), ...options });
  const { edit, field, said } = board(house);
  const card = numbers.find((number) => field(number, "Fase") === "5. Følg op") ?? "";
  edit(people.sanne, card, {
    Effektstatus: { select: { name: "Udeblevet" } },
    "Seneste måling": { date: { start: "2026-12-18" } },
    Udfald: { select: { name: "Ingen effekt" } },
    Læring: { rich_text: [{ text: { content: LEARNED } }] },
    Tilstand: { select: { name: "Afsluttet" } },
  });
  await house.quiet();
  expect(said(card)).toContain("B23");
}

/** Moves the clock to a local day at 9:00, and waits until that day's round and all that follows from it is over. */
async function on(date: string): Promise<void> {
  const { clock } = house.sandbox;
  const then = instantOf(model, date, "09:00").getTime();
  clock.advance(then - clock.now().getTime());
  await expect.poll(() => house.ledger.letters.lastRound(), soon).toBe(date);
  await house.quiet();
}

/** Notion as the service's own connection is answered. */
async function notion(method: string, path: string, body?: object): Promise<Answer> {
  const { api, token } = house.sandbox.notion;
  const headers = {
    Authorization: `Bearer ${token}`,
    "Notion-Version": "2026-03-11",
    "Content-Type": "application/json",
  };
  const init = { method, headers, ...(body && { body: JSON.stringify(body) }) };
  return (await api.fetch(new Request(`http://notion.example${path}`, init))).json() as Promise<Answer>;
}

type Text = Readonly<{ rich_text: readonly Readonly<{ plain_text: string }>[] }>;
type Block = Readonly<{ id: string; type: string; child_page?: Readonly<{ title: string }>; [type: string]: unknown }>;
type Answer = Readonly<{ id: string; results: readonly Block[] }>;

/** The pages under the one for reports, by title. */
async function reportsUnder(page: string): Promise<readonly Readonly<{ id: string; title: string }>[]> {
  const { results } = await notion("GET", `/v1/blocks/${page}/children`);
  return results.flatMap(({ id, child_page }) => (child_page ? [{ id, title: child_page.title }] : []));
}

async function textOf(page: string): Promise<readonly string[]> {
  const { results } = await notion("GET", `/v1/blocks/${page}/children`);
  return results.map((it) => (it[it.type] as Text).rich_text.map(({ plain_text }) => plain_text).join(""));
}

it("is written on the quarter's first working day, and neither by a round that is held again nor by the next day's", async () => {
  await open({ hasReports: true });
  const { rootPage } = house.sandbox.notion;
  await on("2026-12-22");
  expect(await reportsUnder(rootPage)).toEqual([]);
  await on("2027-01-04");
  const [report, ...others] = await reportsUnder(rootPage);
  expect([report?.title, others]).toEqual([TITLE, []]);
  expect(await textOf(report?.id ?? "")).toEqual([
    "Projekterne",
    `Robotklippere på boldbanerne: ${LEARNED}`,
    "Udfald",
    "0 gav effekt, 1 gjorde ikke. Vi blev klogere af dem alle (1).",
  ]);

  await house.stop();
  await house.startAgain();
  await house.quiet();
  await on("2027-01-05");
  expect(await reportsUnder(rootPage)).toEqual([report]);
});

it("is not written where there is no place for reports", async () => {
  await open({});
  const asked: string[] = [];
  house.sandbox.notion.faults(({ path }) => {
    asked.push(path);
    return null;
  });
  await on("2027-01-04");
  expect(asked.filter((path) => path.includes("/blocks/"))).toEqual([]);
  expect(await reportsUnder(house.sandbox.notion.rootPage)).toEqual([]);
});

const saved: Fault = { kind: "drop-connection", afterSaving: true };
const lost: Fault = { kind: "drop-connection", afterSaving: false };

it.each<[string, Fault]>([
  ["was saved", saved],
  ["was not saved", lost],
])("is written once when the answer is lost and the page %s", async (_what, fault) => {
  await open({ hasReports: true });
  let left = 1;
  const isPage = ({ method, path }: Readonly<{ method: string; path: string }>) =>
    method === "POST" && /\/pages$/u.test(path);
  house.sandbox.notion.faults((request) => (isPage(request) && left-- > 0 ? fault : null));
  await on("2027-01-04");
  await expect.poll(() => house.ledger.reports.find(TITLE), soon).toEqual({ state: "written" });
  expect(left, "it was in the way").toBeLessThan(1);
  expect((await reportsUnder(house.sandbox.notion.rootPage)).length).toBe(1);
});

it("killed at each of its calls in turn: written once all the same", async () => {
  await open({ hasReports: true });
  await house.stop();
  isStopped = true;
  const mortals = await boardOfMortals(house);
  const redis = new Redis(String(house.environment.REDIS_URL).replace("unix://", ""));
  let time = instantOf(model, "2027-01-04", "08:31");
  const now = async () => time;
  const pass = (ms: number) => {
    time = new Date(time.getTime() + ms);
  };
  /** A page for reports on which nothing stands. */
  const newPlace = async () => {
    const parent = { type: "page_id", page_id: house.sandbox.notion.rootPage };
    return (await notion("POST", "/v1/pages", { parent })).id;
  };
  const publisher = (page: string) => {
    const reporting = { ...model, municipality: { ...model.municipality, reports: { page } } };
    return mortal(house, mortals, now, (world: MortalWorld) => publishQuarter({ ...world, model: reporting }));
  };
  const usual = await publisher(await newPlace());
  usual.life.begin(null);
  await usual.work();
  usual.end();
  expect(usual.life.calls.filter(({ isWrite }) => isWrite).length).toBe(1);

  const tried = async (page: string) => {
    const next = await publisher(page);
    next.life.begin(null);
    const isDone = await next.work().then(
      () => true,
      () => false,
    );
    next.end();
    return isDone;
  };
  for (const how of endings) {
    for (let at = 1; at <= usual.life.calls.length; at += 1) {
      const page = await newPlace();
      await redis.del("faseport:report-pages");
      const killed = await publisher(page);
      killed.life.begin({ from: "beginning", at, how });
      await expect(killed.work()).rejects.toThrow();
      killed.end();
      // The next process comes at once; what was on its way arrives after its first try.
      await tried(page);
      for (const arrive of killed.life.late) await arrive();
      for (let tries = 0; tries < 10 && !(await tried(page)); tries += 1) pass(10_000);
      expect((await reportsUnder(page)).length, `killed at call ${at} (${how})`).toBe(1);
    }
  }
  const emptied = await newPlace();
  await tried(emptied);
  expect(await reportsUnder(emptied), "what people have thrown away does not come back").toEqual([]);
  redis.disconnect();
}, 60_000);
