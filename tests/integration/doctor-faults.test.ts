// SPDX-License-Identifier: EUPL-1.2
/** Everything that can be wrong, prepared one after the other in a healthy house: the doctor finds each, says what to do, and finds nothing else. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Redis } from "ioredis";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { diagnosis } from "../../scripts/doctor.ts";
import { board, type House, municipalityPath, openHouse, people } from "./house.ts";

let house: House;
let redis: Redis;
let folder: string;
const undo: (() => unknown)[] = [];
beforeAll(async () => {
  house = await openHouse();
  redis = new Redis({ path: (house.environment.REDIS_URL ?? "").replace("unix://", "") });
  folder = await mkdtemp(join(tmpdir(), "faseport-doctor-"));
});
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
  await house.quiet();
});
afterAll(async () => {
  redis.disconnect();
  await house.close();
  await rm(folder, { recursive: true, force: true });
});

const asked = { repair: false, replay: false, dismiss: undefined, dryRun: false, json: false };

async function found(change: Readonly<Record<string, string>> = {}) {
  const { findings } = await diagnosis({ ...house.environment, ...change }, asked);
  for (const { what, todo } of findings) expect(todo, what).toMatch(/^.{10,}$/su);
  return findings.map(({ check, what }) => `${check}: ${what}`);
}

/** A municipality that is otherwise than the example. */
async function kommuneWith(edit: (text: string) => string): Promise<Record<string, string>> {
  const text = await readFile(municipalityPath, "utf8");
  const changed = edit(text);
  expect(changed).not.toBe(text);
  const path = join(folder, "kommune.yaml");
  // The house's own budget: nobody waits for a minute to pass.
  await writeFile(path, changed.replace("perMinute: 180", "perMinute: 60000"));
  return { FASEPORT_KOMMUNE: path };
}

/** Nothing is told while the board is changed, so that only the doctor can notice. */
async function unheard(act: () => void): Promise<void> {
  house.sandbox.notion.deliveries("lose");
  act();
  await house.sandbox.notion.delivered();
  house.sandbox.notion.deliveries("flow");
}

type Fault = readonly [
  name: string,
  /** Prepares the fault and what takes it back; answers what is otherwise in the environment. */
  prepare: () => Promise<Record<string, string> | undefined> | Record<string, string> | undefined,
  found: readonly RegExp[],
];

const given = <T>(act: () => unknown, back: () => unknown, answer?: T) => {
  act();
  undo.push(back);
  return answer;
};

const notion = () => house.sandbox.notion;
const github = () => house.sandbox.github;
const hook = () => github().hooks[0] as (typeof house.sandbox.github.hooks)[number];

const withReports = (text: string, page: string) => `${text}reports: { page: "${page}" }\n`;

const faults: readonly Fault[] = [
  ["a setting is missing", () => ({ GITHUB_WEBHOOK_SECRET: "" }), [/^settings: .*GITHUB_WEBHOOK_SECRET is missing/su]],
  [
    "the rules' file says something impossible",
    () => kommuneWith((text) => text.replace("secretariat: [sanne]", "secretariat: [sonja]")),
    [/^settings: .*"sonja", which is no person/su],
  ],
  [
    "Notion's token is not valid",
    () => ({ NOTION_TOKEN: "ntn_old" }),
    [/^notion: .*does not accept the token/u, /^board: .*does not accept the token/u],
  ],
  ...(["readComments", "insertComments", "insertContent", "updateContent", "readUsers"] as const).map(
    (capability): Fault => [
      `the connection may not ${capability}`,
      () =>
        given(
          () => notion().allow(capability, false),
          () => notion().allow(capability, true),
        ),
      [/^notion: the Notion connection may not (read|insert|update) (comments|content|user information)$/u],
    ],
  ),
  [
    "the free plan's blocks are used up",
    () =>
      given(
        () => notion().fill(true),
        () => notion().fill(false),
      ),
    [/^notion: .*blocks are used up/u],
  ],
  [
    "a property is renamed",
    async () => {
      await unheard(() => notion().changeColumns(people.sanne, notion().projects, { Læring: { name: "Erfaring" } }));
      undo.push(() => notion().changeColumns(people.sanne, notion().projects, { Erfaring: { name: "Læring" } }));
      return undefined;
    },
    [/^board: .*Læring/u],
  ],
  [
    "a property is deleted",
    async () => {
      await unheard(() => notion().changeColumns(people.sanne, notion().projects, { "Målt værdi": null }));
      undo.push(async () => {
        notion().changeColumns(people.sanne, notion().projects, { "Målt værdi": { rich_text: {} } });
        await house.quiet();
        // That it was made anew is told until the service looks at the board's fields again.
        notion().changeColumns(people.sanne, notion().projects, { "Målt værdi": { description: "målt" } });
      });
      return undefined;
    },
    [/^board: .*Målt værdi/u],
  ],
  [
    "a property is of another type",
    async () => {
      await unheard(() => notion().changeColumns(people.sanne, notion().projects, { "Antal idéer": { checkbox: {} } }));
      undo.push(() => notion().changeColumns(people.sanne, notion().projects, { "Antal idéer": { number: {} } }));
      return undefined;
    },
    [/^board: .*Antal idéer/u],
  ],
  [
    "an option is missing",
    async () => {
      await unheard(() => notion().deleteOption(notion().projects, "Testkonklusion", "Justér"));
      undo.push(() => notion().addOption(notion().projects, "Testkonklusion", "Justér"));
      return undefined;
    },
    [/^board: .*Justér/u],
  ],
  [
    "the connection has lost the board",
    () =>
      given(
        () => notion().withdraw(notion().decisions),
        () => notion().giveBack(notion().decisions),
      ),
    [/^board: .*Share both databases/u],
  ],
  [
    "an approver is not in Notion",
    () =>
      kommuneWith((text) =>
        text.replace("00000000-0000-4000-8000-000000000004", "00000000-0000-4000-8000-0000000000ff"),
      ),
    [/^people: Bodil Borgmester .*is not in the Notion workspace: their ticks do not count$/u],
  ],
  [
    "nobody's term covers today",
    () =>
      kommuneWith((text) =>
        text.replace(
          'person: karin, from: "2026-01-01", to: "2029-12-31"',
          'person: karin, from: "2025-01-01", to: "2025-12-31"',
        ),
      ),
    [/^people: nobody may tick for «Ældre og Sundhed» today$/u],
  ],
  [
    "a developer is not in the repository",
    () => kommuneWith((text) => text.replace('"lise-leder"', '"lise-gammel"')),
    [/^people: Lise Leder cannot be assigned on GitHub as lise-gammel$/u],
  ],
  [
    "next year's meetings are missing",
    () => kommuneWith((text) => text.replace('"2026-12-16", "2027-01-27"', '"2026-12-16"')),
    [/^meetings: «Byråd» has no meeting in 2027 yet$/u],
  ],
  [
    "a body has no meeting ahead",
    () => kommuneWith((text) => text.replace('"2026-12-09", "2027-01-06"', '"2026-01-07"')),
    [/^meetings: «Ældre og Sundhed» has no meeting ahead$/u],
  ],
  [
    "the page for reports is not there",
    () => kommuneWith((text) => withReports(text, "00000000-0000-4000-8000-0000000000aa")),
    [/^reports: the page for reports .* is not there for the connection$/u],
  ],
  [
    "the page for reports is not shared with the connection any more",
    () =>
      given(
        () => notion().withdraw(notion().rootPage),
        () => notion().giveBack(notion().rootPage),
        kommuneWith((text) => withReports(text, notion().rootPage)),
      ),
    [/^reports: the page for reports .* is not there for the connection$/u],
  ],
  ["nothing: the page for reports is there", () => kommuneWith((text) => withReports(text, notion().rootPage)), []],
  ["GitHub's token is not valid", () => ({ GITHUB_TOKEN: "ghp_old" }), [/^github: .*does not accept the credentials/u]],
  [
    "the token may only read",
    () =>
      given(
        () => github().grant({ push: false }),
        () => github().grant({ push: true }),
      ),
    [/^github: issues and labels of .* may not be written$/u],
  ],
  [
    "issues are switched off",
    () =>
      given(
        () => github().switchIssues(false),
        () => github().switchIssues(true),
      ),
    [/^github: .* has no issues$/u],
  ],
  [
    "the webhook is switched off",
    () =>
      given(
        () => Object.assign(hook(), { active: false }),
        () => Object.assign(hook(), { active: true }),
      ),
    [/^hook: .*switched off$/u],
  ],
  [
    "the webhook is gone",
    () => {
      const [gone] = github().hooks.splice(0, 1);
      undo.push(() => gone && github().hooks.push(gone));
      return undefined;
    },
    [/^hook: no webhook of the repository leads to/u],
  ],
  [
    "the webhook's secret is another, and its deliveries are refused",
    () =>
      given(
        () => Object.assign(hook(), { lastCode: 401 }),
        () => Object.assign(hook(), { lastCode: 202 }),
      ),
    [/^hook: .*answered with 401$/u],
  ],
  [
    "the clock is wrong",
    () => ({ FASEPORT_CLOCK: "0" }),
    // The house's own clock stands at its start, and the machine's does not.
    [/^clock: the clock is \d+ seconds (ahead of|behind) GitHub's$/u],
  ],
  [
    "Redis keeps nothing on disk",
    async () => {
      await redis.config("SET", "appendonly", "no");
      undo.push(() => redis.config("SET", "appendonly", "yes"));
      return undefined;
    },
    [/^redis: .*append-only file is off/u],
  ],
  [
    "Redis throws jobs away when it is full",
    async () => {
      await redis.config("SET", "maxmemory-policy", "allkeys-lru");
      undo.push(() => redis.config("SET", "maxmemory-policy", "noeviction"));
      return undefined;
    },
    [/^redis: .*maxmemory-policy is allkeys-lru/u],
  ],
  ["Redis does not answer", () => ({ REDIS_URL: "redis://127.0.0.1:1" }), [/^redis: .*does not answer/u]],
  [
    "a card shows something else than what was accepted",
    async () => {
      await unheard(() => board(house).drag(people.anders, "INNO-4", "3. Test"));
      undo.push(() => house.lookAtAll());
      return undefined;
    },
    [/^cards: INNO-4 stands in .* and shows/u],
  ],
  [
    "events come that are not signed",
    async () => {
      const url = `${house.service().url}/webhooks/notion`;
      const answer = await fetch(url, { method: "POST", body: "{}", headers: { "x-notion-signature": "sha256=00" } });
      expect(answer.status).toBe(401);
      const note = async () =>
        JSON.parse((await redis.hget("faseport:notes", "heard:board")) ?? "{}") as { unsigned?: string };
      while (!(await note()).unsigned) await new Promise((resolve) => setImmediate(resolve));
      undo.push(async () =>
        redis.hset("faseport:notes", "heard:board", JSON.stringify({ ...(await note()), unsigned: null })),
      );
      return undefined;
    },
    [/^events: events come to \/webhooks\/notion that are not signed/u],
  ],
];

it("a healthy house: nothing is found", async () => {
  expect(await found()).toEqual([]);
});

it.each(faults)("%s", async (_, prepare, expected) => {
  const change = await prepare();
  const findings = await found(change ?? {});
  expect(findings).toEqual(expected.map((words) => expect.stringMatching(words)));
});

it("each of them taken back, the house is healthy again", async () => {
  expect(await found()).toEqual([]);
});

it("Notion tells of nothing any more: found by what the board shows", async () => {
  const { clock } = house.sandbox;
  clock.advance(3_600_000);
  await unheard(() =>
    board(house).edit(people.anders, "INNO-3", { "Sagsnr.": { rich_text: [{ text: { content: "26/1" } }] } }),
  );
  clock.advance(3_600_000);
  expect(await found()).toContainEqual(
    expect.stringMatching(/^events: the board was edited at .* and Notion has told of nothing since/u),
  );
});
