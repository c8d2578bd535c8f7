// SPDX-License-Identifier: EUPL-1.2
/** `npm run doctor` as an administrator meets it: what is wrong and what to do, beside the running service. The repair is in mass-loss.test.ts. */
import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checks } from "../../scripts/doctor/checks.ts";
import { board, type House, openHouse, people } from "./house.ts";

let house: House;
beforeAll(async () => {
  house = await openHouse({ quietWithinMs: 60_000 });
}, 90_000);
afterAll(() => house.close());

type Finding = Readonly<{ check: string; what: string; todo: string; card?: string; notice?: string }>;

/** Not run synchronously: the stand-ins that it asks live in this process. */
async function run(args: readonly string[], change: Record<string, string> = {}) {
  const child = spawn(process.execPath, ["scripts/doctor.ts", ...args], {
    env: { ...house.environment, ...change },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const { promise, resolve } = Promise.withResolvers<number | null>();
  child.once("exit", resolve);
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), promise]);
  return { code, stdout, stderr };
}

async function findings(...args: readonly string[]): Promise<readonly Finding[]> {
  const { code, stdout } = await run([...args, "--json"]);
  const report = JSON.parse(stdout) as { ok: boolean; findings: readonly Finding[] };
  expect(report.ok).toBe(report.findings.length === 0);
  expect(code).toBe(report.ok ? 0 : 1);
  return report.findings;
}

it("nothing wrong: it says so for each check, and ends with 0", async () => {
  const { code, stdout, stderr } = await run([]);
  expect([code, stderr]).toEqual([0, ""]);
  expect(stdout.match(/: nothing wrong$/gmu)).toHaveLength(checks.length);
});

it("--help needs nothing and names every check", async () => {
  const { code, stdout } = await run(["--help"], { NOTION_TOKEN: "", REDIS_URL: "" });
  expect(code).toBe(0);
  for (const word of [...checks.map(({ id }) => id), "--repair", "--replay", "--dismiss", "--dry-run"])
    expect(stdout).toContain(word);
});

it("an option that it does not know is said, and nothing is done", async () => {
  const { code, stderr } = await run(["--mend"]);
  expect(code).toBe(1);
  expect(stderr).toContain("--mend");
});

describe("a job that gave up", () => {
  it("is listed with its card and what to do, and --replay does it again", async () => {
    const on = board(house);
    const { notion } = house.sandbox;
    notion.faults(({ method, path }) =>
      method === "POST" && path.includes("comments") ? { kind: "status", status: 403 } : null,
    );
    on.drag(people.anders, "INNO-3", "2. Nytænk");
    await house.quiet();
    const [found, ...others] = (await findings()).filter(({ check }) => check === "jobs");
    expect(others).toEqual([]);
    expect(found).toMatchObject({ check: "jobs", card: "INNO-3", todo: expect.stringContaining("--replay") });
    expect(found?.what).toContain("the connection lacks a capability");
    expect([on.field("INNO-3", "Fase"), on.said("INNO-3")]).toEqual(["1. Udforsk", []]);

    notion.faults(null);
    const dry = await run(["--replay", "--dry-run"]);
    expect(dry.stdout).toContain("1 given up job would be done again");
    expect((await house.jobs("sync")).failed).toBe(1);
    expect((await run(["--replay"])).stdout).toContain("1 given up job will be done again");
    await house.quiet();
    expect(on.said("INNO-3")).toEqual(["A01"]);
    expect(await findings()).toEqual([]);
  }, 180_000);
});

describe("cards that show something else than what was accepted", () => {
  it("each is named with where it stands and what it shows; one the service has not seen as well", async () => {
    const on = board(house);
    const { notion } = house.sandbox;
    notion.deliveries("lose");
    on.drag(people.anders, "INNO-4", "3. Test");
    notion.create(people.anders, notion.projects, { Navn: { title: [{ text: { content: "Ny" } }] } });
    notion.trash(people.anders, on.card("INNO-13"));
    await notion.delivered();
    notion.deliveries("flow");
    const found = await findings();
    expect(found.map(({ check, card }) => [check, card])).toEqual(
      expect.arrayContaining([
        ["cards", "INNO-4"],
        ["cards", "INNO-14"],
        ["cards", "INNO-13"],
      ]),
    );
    expect(found.find(({ card }) => card === "INNO-4")?.what).toBe(
      "INNO-4 stands in «1. Udforsk, Aktiv» and shows «3. Test, Aktiv»",
    );
    await house.lookAtAll();
    await house.quiet();
    expect(await findings()).toEqual([]);
  });
});

describe("the board", () => {
  it("a difference that the service has not noticed yet is said all the same; once told, it stands among the notices", async () => {
    const { notion } = house.sandbox;
    notion.deliveries("lose");
    notion.addOption(notion.projects, "Spor", "4 Andet");
    await notion.delivered();
    notion.deliveries("flow");
    expect((await findings()).map(({ check }) => check)).toEqual(["board"]);
    notion.addOption(notion.projects, "Spor", "5 Endnu et");
    await house.quiet();
    const found = await findings();
    expect(found.map(({ check, what }) => [check, /»(\d [^«]*)«, som/u.exec(what)?.[1]])).toEqual([
      ["notices", "4 Andet"],
      ["notices", "5 Endnu et"],
    ]);
    notion.deleteOption(notion.projects, "Spor", "4 Andet");
    notion.deleteOption(notion.projects, "Spor", "5 Endnu et");
    await house.quiet();
    expect(await findings()).toEqual([]);
  });

  it("out of reach: said with what to do, nothing can be repaired, and the cards are not judged by it", async () => {
    const { notion } = house.sandbox;
    notion.withdraw(notion.projects);
    const found = await findings();
    expect(found.map(({ check }) => check)).toEqual(["board"]);
    expect(found[0]?.what).toContain("Share both databases with the connection");
    const repaired = await run(["--repair"]);
    expect([repaired.code, repaired.stderr]).toEqual([1, expect.stringContaining("nothing can be repaired")]);
    notion.giveBack(notion.projects);
  });

  it("a card deleted for good on purpose: --dismiss takes its notice away", async () => {
    const on = board(house);
    const { notion } = house.sandbox;
    const card = on.card("INNO-2");
    notion.deliveries("hold");
    on.edit(people.anders, "INNO-2", { "Sagsnr.": { rich_text: [{ text: { content: "26/1" } }] } });
    await notion.delivered();
    notion.withdraw(card);
    notion.deliveries("flow");
    await house.quiet();
    const [notice] = await findings();
    expect(notice).toMatchObject({ check: "notices", notice: "unseen" });
    expect((await run(["--dismiss", "nothing"])).stderr).toContain("no notice nothing stands");
    expect((await run(["--dismiss", "unseen"])).stdout).toContain("the notice unseen is taken away");
    expect((await findings()).filter(({ check }) => check === "notices")).toEqual([]);
    notion.giveBack(card);
  });
});
