// SPDX-License-Identifier: EUPL-1.2
/** «Why did my card go back?», asked on the command line and over HTTP while the service runs. */
import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Explanation } from "../../src/core/explain.ts";
import { board, type House, openHouse, people } from "./house.ts";

const TOKEN = "a long random text";
const UDI = "Digitalisering og Innovation";

let house: House;
beforeAll(async () => {
  house = await openHouse({ environment: { FASEPORT_ADMIN_TOKEN: TOKEN } });
}, 60_000);
afterAll(() => house.close());

type Ended = Readonly<{ code: number | null; stdout: string; stderr: string }>;

/** Not run synchronously: the clock that it asks lives in this process. */
async function run(args: readonly string[], change: Record<string, string> = {}): Promise<Ended> {
  const child = spawn(process.execPath, ["scripts/explain.ts", ...args], {
    env: { ...house.environment, ...change },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const { promise, resolve } = Promise.withResolvers<number | null>();
  child.once("exit", resolve);
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), promise]);
  return { code, stdout, stderr };
}

const ask = (path: string, headers: Record<string, string> = { authorization: `Bearer ${TOKEN}` }) =>
  fetch(`${house.service().url}${path}`, { headers });

describe("npm run explain", () => {
  it("tells where the card stands, who is asked, and what the drag that went back would be answered with now", async () => {
    board(house).drag(people.anders, "INNO-3", "2. Nytænk");
    await house.quiet();
    const { code, stdout, stderr } = await run(["INNO-3"]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("INNO-3 Digital byggesagsguide\n");
    expect(stdout).toContain("  Udforsk · Aktiv · 2 Politisk projekt · omgang 1\n");
    expect(stdout).toContain(`${UDI}: Klar · næste møde 16. december 2026, sagen afleveres senest 4. december 2026\n`);
    expect(stdout).toContain("Anders Projektejer har ønsket kortet videre til Nytænk.");
    const said = board(house).comments("INNO-3")[0] ?? "";
    const predicted = /Fase → 2\. Nytænk: .*\(T3, A01\)\n {4}(.*)\n/u.exec(stdout)?.[1] ?? "nothing";
    expect(said).toContain(predicted);
  });

  it("what it predicts is what happens: once the chair has ticked, the drag counts, and is since then where the card stands", async () => {
    const on = board(house);
    on.tick(people.mette, "INNO-3", UDI);
    await house.quiet();
    const before = await run(["INNO-3", "--lang", "en"]);
    expect(before.stdout).toContain("registered by Mette Formand on 23 November 2026");
    expect(before.stdout).toContain("Fase → 2. Nytænk: the move counts, and the card stands in Nytænk (T2, B03)");
    on.drag(people.anders, "INNO-3", "2. Nytænk");
    await house.quiet();
    const after = await run(["INNO-3"]);
    expect(after.stdout).toContain("Nytænk · Aktiv · 2 Politisk projekt · omgang 1, siden 23. november 2026");
    expect(after.stdout).toContain(`Tidligere beslutninger\n  Nytænk, ${UDI}: Brugt · registreret af Mette Formand`);
    expect(after.stdout).not.toContain("bliver rettet til");
  });

  it("finds the card by its page id and by its address, and gives data on request", async () => {
    const id = board(house).card("INNO-3");
    const address = `https://www.notion.so/Digital-byggesagsguide-${id.replaceAll("-", "")}?pvs=4`;
    const [byId, byAddress] = await Promise.all([run([id, "--json"]), run([address, "--json"])]);
    const explanation = JSON.parse(byId.stdout) as Explanation;
    expect(explanation).toMatchObject({ card: { id, projectId: "INNO-3" }, next: { gate: "G2" } });
    expect(JSON.parse(byAddress.stdout)).toMatchObject({ card: { id } });
  });

  it.each<[string, string[], Record<string, string>, RegExp]>([
    ["no card", [], {}, /name one card\n\nUsage:/u],
    ["two cards", ["INNO-3", "INNO-4"], {}, /name one card/u],
    ["a card nobody knows", ["INNO-999"], {}, /knows no such card\. Check the number/u],
    ["no card's name", ["byggesag"], {}, /Name a card by its number/u],
    ["a language it does not speak", ["INNO-3", "--lang", "se"], {}, /--lang takes da or en/u],
    ["an option it does not have", ["INNO-3", "--all"], {}, /--all/u],
    ["a model file that is not there", ["INNO-3"], { FASEPORT_KOMMUNE: "config/nowhere.yaml" }, /nowhere\.yaml/u],
    ["a Redis that does not answer", ["INNO-3"], { REDIS_URL: "redis://127.0.0.1:1" }, /does not answer/u],
    ["a folder without data", ["INNO-3"], { REDIS_URL: "", FASEPORT_DATA: "config" }, /FASEPORT_DATA/u],
  ])("%s: it says what to do and exits with 1", async (_what, args, change, said) => {
    const { code, stdout, stderr } = await run(args, change);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(said);
    expect(stderr).not.toContain("    at ");
  });

  it("--help needs no setting", async () => {
    const { code, stdout } = await run(["--help"], { FASEPORT_KOMMUNE: "config/nowhere.yaml", REDIS_URL: "nowhere" });
    expect(code).toBe(0);
    expect(stdout).toContain("Usage: npm run explain");
  });
});

describe("GET /cards/:id/explain", () => {
  it("says the same as the command, to whoever bears the token", async () => {
    const answer = await ask("/cards/INNO-3/explain");
    expect([answer.status, answer.headers.get("cache-control")]).toEqual([200, "no-store"]);
    expect(answer.headers.get("content-type")).toMatch(/^text\/plain;\s*charset=utf-8/iu);
    expect(await answer.text()).toBe((await run(["INNO-3"])).stdout);
  });

  it("speaks the language asked for, and gives data to whoever accepts that", async () => {
    expect(await (await ask("/cards/INNO-3/explain?lang=en")).text()).toContain("If the card is moved now");
    const headers = { authorization: `bearer ${TOKEN}`, accept: "application/json" };
    expect(await (await ask("/cards/INNO-3/explain", headers)).json()).toMatchObject({ card: { projectId: "INNO-3" } });
  });

  it.each<[string, Record<string, string>]>([
    ["no token", {}],
    ["another token", { authorization: "Bearer another" }],
    ["the token's beginning", { authorization: `Bearer ${TOKEN.slice(0, -1)}` }],
    ["the token and more", { authorization: `Bearer ${TOKEN}x` }],
    ["another scheme", { authorization: `Basic ${TOKEN}` }],
    ["an empty token", { authorization: "Bearer " }],
  ])("401 to %s, and not a word of the card", async (_what, headers) => {
    const answer = await ask("/cards/INNO-3/explain", headers);
    expect([answer.status, answer.headers.get("www-authenticate")]).toEqual([401, 'Bearer realm="Faseport"']);
    expect(await answer.text()).not.toContain("Mette");
  });

  it.each<[string, number, RegExp]>([
    ["/cards/INNO-999/explain", 404, /knows no such card/u],
    ["/cards/byggesag/explain", 400, /Name a card/u],
    ["/cards/INNO-3/explain?lang=se", 400, /da or en/u],
  ])("%s: %d", async (path, status, said) => {
    const answer = await ask(path);
    expect(answer.status).toBe(status);
    expect(await answer.text()).toMatch(said);
  });
});

it("without a token set there is nothing there, and it says what to set", async () => {
  const closed = await openHouse();
  try {
    const answer = await fetch(`${closed.service().url}/cards/INNO-3/explain`, {
      headers: { authorization: "Bearer " },
    });
    expect(answer.status).toBe(404);
    expect(await answer.text()).toContain("FASEPORT_ADMIN_TOKEN");
  } finally {
    await closed.close();
  }
});
