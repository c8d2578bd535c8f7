// SPDX-License-Identifier: EUPL-1.2
/** `npm run export` as a process of its own: on a house after some moves, beside a running service, and without one. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { Ledger } from "../../src/ledger/ledger.ts";
import { openRedis } from "../../src/redis/redis.ts";
import { createSandbox } from "../../src/sandbox/sandbox.ts";
import { startRedis } from "../redis-server.ts";
import { accepted } from "../unit/core/fixtures.ts";
import { board, type House, model, municipalityPath, openHouse, people, start } from "./house.ts";

const UDI = "Digitalisering og Innovation";
const CONFIDENTIAL_TITLE = "Fortroligt om Fru Hansens gade";

type Outcome = Readonly<{ code: number; stdout: string; stderr: string }>;

/** Runs the command and waits for it. Not run synchronously: a stand-in that it may ask lives in this process. */
async function run(env: Record<string, string>, ...args: string[]): Promise<Outcome> {
  const child = spawn(process.execPath, ["scripts/export.ts", ...args], {
    env: { ...env, FASEPORT_KOMMUNE: municipalityPath },
  });
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "exit")]);
  return { code, stdout, stderr };
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "faseport-export-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("a house after some moves, while its service runs", () => {
  let house: House;
  let env: Record<string, string>;
  beforeAll(async () => {
    house = await openHouse();
    env = { REDIS_URL: house.environment.REDIS_URL ?? "" };
    const on = board(house);
    on.edit(people.anders, "INNO-8", { Navn: { title: [{ text: { content: CONFIDENTIAL_TITLE } }] } });
    on.drag(people.anders, "INNO-8", "3. Test");
    on.drag(people.anders, "INNO-3", "2. Nytænk");
    await house.quiet();
    on.tick(people.mette, "INNO-3", UDI);
    await house.quiet();
    on.drag(people.anders, "INNO-3", "2. Nytænk");
    await house.quiet();
  });
  afterAll(() => house.close());

  it("the log is in order, and a noted head is found in it", async () => {
    const { code, stdout } = await run(env, "--verify", "--json");
    expect(code).toBe(0);
    const { ok, lines, head, findings } = JSON.parse(stdout);
    expect({ ok, findings }).toEqual({ ok: true, findings: [] });
    expect(lines).toBe((await house.ledger.log()).length);
    expect((await run(env, "--verify", "--head", head.hash)).stdout).toContain(`in order: ${lines} lines`);
    const other = await run(env, "--verify", "--head", "0".repeat(64));
    expect(other).toMatchObject({ code: 1, stdout: expect.stringContaining("does not contain the line") });
  });

  it("one card's course, as a caseworker reads it: who, what, in which passage and why, without any card's title", async () => {
    const { code, stdout, stderr } = await run(env, "--format", "markdown", "--card", "INNO-3");
    expect(code).toBe(0);
    const rows = stdout.split("\n").filter((line) => /^\| \d/u.test(line));
    expect(rows.map((line) => line.split(" | ").slice(2, 10))).toEqual([
      [
        "INNO-3",
        "Kortet lå på tavlen før Faseport og er taget, som det stod",
        expect.any(String),
        "",
        "",
        "",
        "",
        "Udforsk",
      ],
      [
        "INNO-3",
        "Kortet er sat tilbage, for porten er ikke åben. Udvalget har ikke sagt ja endnu",
        "Anders Projektejer",
        "G1 Udforsk → Nytænk",
        "",
        "",
        "Udforsk",
        "Nytænk",
      ],
      ["INNO-3", "Udvalgets ja er registreret", "Mette Formand", "G1 Udforsk → Nytænk", UDI, "1", "Udforsk", "Udforsk"],
      [
        "INNO-3",
        "Projektet er gået videre til næste fase",
        "Anders Projektejer",
        "G1 Udforsk → Nytænk",
        "",
        "",
        "Udforsk",
        "Nytænk",
      ],
    ]);
    expect(stderr).toMatch(/^4 of \d+ lines\. The log ends with line \d+: [0-9a-f]{64}$/mu);
    const all = await run(env, "--format", "ndjson");
    expect(all.stdout).toContain("INNO-8");
    expect(all.stdout).not.toContain(CONFIDENTIAL_TITLE);
  });

  it("what one person did, and nobody else: by key, by user's id, and one who is in no list", async () => {
    const lines = async (...args: string[]) =>
      (await run(env, "--format", "ndjson", ...args)).stdout
        .split("\n")
        .filter(Boolean)
        .map((line) => JSON.parse(line) as { by: string[]; rule: string });
    const all = await lines();
    const ofMette = await lines("--person", "mette");
    expect(ofMette.length).toBeGreaterThan(0);
    expect(ofMette).toEqual(all.filter(({ by }) => by.includes(people.mette)));
    expect(await lines("--person", people.mette)).toEqual(ofMette);
    expect(await lines("--person", "00000000-0000-4000-8000-0000000000ff")).toEqual([]);
    const unknown = await run(env, "--person", "nobody");
    expect(unknown).toMatchObject({ code: 1, stderr: expect.stringMatching(/nobody has the key «nobody».*mette/u) });
  });

  it("by body and by day; a body that nobody knows is told", async () => {
    const count = async (...args: string[]) =>
      (await run(env, "--format", "ndjson", ...args)).stdout.split("\n").filter(Boolean).length;
    expect(await count("--body", "udi")).toBe(1);
    expect(await count("--body", "udi", "--to", "2026-11-22")).toBe(0);
    expect(await count("--from", "2026-11-23", "--to", "2026-11-23")).toBe((await house.ledger.log()).length);
    const unknown = await run(env, "--body", "uid");
    expect(unknown).toMatchObject({ code: 1, stderr: expect.stringContaining("udi, aeldre-og-sundhed, byraad") });
  });

  it("--out writes a new file for this user alone, and leaves one that is there as it is", async () => {
    const out = join(folder, "log.csv");
    const { code, stdout } = await run(env, "--out", out);
    expect([code, stdout]).toEqual([0, ""]);
    expect((await readFile(out, "utf8")).startsWith('\uFEFF"Nr.","Tidspunkt"')).toBe(true);
    expect((await stat(out)).mode & 0o777).toBe(0o600);
    await writeFile(out, "mine");
    const again = await run(env, "--out", out);
    expect(again).toMatchObject({ code: 1, stderr: expect.stringContaining("already there") });
    expect(await readFile(out, "utf8")).toBe("mine");
    const nowhere = await run(env, "--out", join(folder, "none", "log.csv"));
    expect(nowhere).toMatchObject({ code: 1, stderr: expect.not.stringContaining("    at ") });
    expect(await readdir(folder)).toEqual(["log.csv"]);
  });

  it("a whole export in NDJSON is verified without Redis; an edited one is named", async () => {
    const file = join(folder, "log.ndjson");
    await run(env, "--format", "ndjson", "--out", file);
    const whole = await readFile(file, "utf8");
    const { head, lines } = JSON.parse((await run({}, "--verify", "--in", file, "--json")).stdout);
    expect((await run({}, "--verify", "--in", file, "--head", head.hash)).code).toBe(0);
    const at = whole.split("\n").findIndex((line) => line.includes('"rule":"registered"')) + 1;
    expect(at).toBeGreaterThan(0);
    await writeFile(file, whole.replace('"rule":"registered"', '"rule":"B09"'));
    const edited = await run({}, "--verify", "--in", file);
    expect(edited).toMatchObject({ code: 1, stdout: expect.stringContaining(`line ${at} was changed`) });
    await writeFile(file, whole.split("\n").slice(0, -2).join("\n"));
    expect((await run({}, "--verify", "--in", file)).code).toBe(0);
    expect((await run({}, "--verify", "--in", file, "--head", head.hash)).code).toBe(1);
    expect(lines).toBe(whole.trimEnd().split("\n").length);
    const none = await run({}, "--verify", "--in", join(folder, "none"));
    expect(none).toMatchObject({ code: 1, stderr: expect.stringContaining("cannot be read (ENOENT)") });
  });
});

describe("a log that somebody has been at", () => {
  it("--verify names the line; an export is still written, and says so with exit code 1", async () => {
    const server = await startRedis();
    const redis = new Redis(server.connection);
    onTestFinished(async () => {
      redis.disconnect();
      await server.close();
    });
    const card = "00000000-0000-4000-8000-00000000000a";
    const record = { accepted: accepted({ card }) } as never;
    const line = {
      at: start.toISOString(),
      card,
      projectId: "INNO-1",
      by: [],
      machines: [],
      events: [],
      from: "",
      to: "",
      gate: null,
      body: null,
      passage: null,
    };
    for (let at = 0; at < 3; at += 1)
      await new Ledger(redis).commit(at, record, [{ ...line, rule: `T${at + 1}`, modelVersion: 2 }]);
    const [, second] = await redis.xrange("faseport:log", "-", "+");
    await redis.xdel("faseport:log", second?.[0] ?? "");

    const env = { REDIS_URL: `unix://${(server.connection as { path: string }).path}` };
    const verified = await run(env, "--verify");
    expect(verified).toMatchObject({ code: 1, stdout: expect.stringContaining("line 2 was removed") });
    expect(JSON.parse((await run(env, "--verify", "--json")).stdout)).toMatchObject({
      ok: false,
      lines: 2,
      findings: [{ kind: "removed", from: 2, to: 2 }],
    });
    const exported = await run(env, "--format", "ndjson");
    expect(exported).toMatchObject({ code: 1, stderr: expect.stringContaining("line 2 was removed") });
    expect(exported.stdout.trimEnd().split("\n")).toHaveLength(2);
  });
});

describe("with the embedded Redis", () => {
  it("beside a running service, whose folder and Redis it leaves alone", async () => {
    const sandbox = await createSandbox({ ...model, start });
    onTestFinished(() => sandbox.close());
    const dataDir = join(folder, "running");
    const service = spawn(process.execPath, ["src/main.ts"], {
      env: {
        ...sandbox.environment(),
        FASEPORT_DATA: dataDir,
        FASEPORT_KOMMUNE: municipalityPath,
        HOST: "127.0.0.1",
        PORT: "0",
      },
      stdio: ["ignore", "pipe", "inherit"],
    });
    const exited = once(service, "exit");
    onTestFinished(async () => {
      service.kill("SIGTERM");
      await exited;
    });
    const url = await runningAt(service.stdout);

    const { code, stdout } = await run({ FASEPORT_DATA: dataDir }, "--verify");
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^The decision log/u) });
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
  });

  it("without a service it starts the folder's Redis itself and ends it again", async () => {
    const dataDir = join(folder, "resting");
    const first = await openRedis({ dataDir, tell: () => {} });
    await first.close();
    expect(await run({ FASEPORT_DATA: dataDir }, "--verify")).toEqual({
      code: 0,
      stdout: "The decision log is empty.\n",
      stderr: "",
    });
    // Nothing of it is left that would keep a service from starting.
    const second = await openRedis({ dataDir, tell: () => {} });
    await second.close();
  });

  it("a folder that is not there is not made", async () => {
    const dataDir = join(folder, "nowhere");
    const { code, stderr } = await run({ FASEPORT_DATA: dataDir }, "--verify");
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringMatching(/there is no data in .*FASEPORT_DATA/u),
    });
    expect(await readdir(folder)).not.toContain("nowhere");
  });
});

async function runningAt(stdout: NodeJS.ReadableStream): Promise<string> {
  for await (const text of createInterface({ input: stdout })) {
    const line = JSON.parse(text) as { msg: string; url?: string };
    if (line.msg === "Faseport is running" && line.url) {
      stdout.resume();
      return line.url;
    }
  }
  throw new Error("the service ended before it ran");
}
