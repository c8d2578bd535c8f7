// SPDX-License-Identifier: EUPL-1.2
/** `npm start` as an administrator meets it: what is missing is named at once, help needs nothing, a signal ends it cleanly. */
import { type SpawnSyncReturns, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createSandbox, type Sandbox } from "../../src/sandbox/sandbox.ts";
import { model, municipalityPath, start } from "./house.ts";

let sandbox: Sandbox;
let dataDir: string;
beforeAll(async () => {
  sandbox = await createSandbox({ ...model, start });
  dataDir = await mkdtemp(join(tmpdir(), "faseport-start-"));
});
afterAll(async () => {
  await sandbox.close();
  await rm(dataDir, { recursive: true, force: true });
});

const run = (env: Record<string, string>, ...args: string[]): SpawnSyncReturns<string> =>
  spawnSync(process.execPath, ["src/main.ts", ...args], { env, encoding: "utf8" });
const whole = () => ({
  ...sandbox.environment(),
  FASEPORT_DATA: dataDir,
  FASEPORT_KOMMUNE: municipalityPath,
  HOST: "127.0.0.1",
  PORT: "0",
});

it("without its environment it names every missing variable at once and exits with 1", () => {
  const { status, stderr } = run({});
  expect(status).toBe(1);
  for (const name of [
    "NOTION_TOKEN",
    "NOTION_WEBHOOK_SECRET",
    "NOTION_PROJECTS",
    "NOTION_DECISIONS",
    "GITHUB_TOKEN",
    "GITHUB_WEBHOOK_SECRET",
    "GITHUB_REPO",
  ]) {
    expect(stderr).toContain(name);
  }
  expect(stderr).not.toContain("    at ");
});

it("--help lists every variable and needs none", () => {
  const { status, stdout } = run({}, "--help");
  expect(status).toBe(0);
  expect(stdout).toContain("FASEPORT_KOMMUNE");
});

const refused: readonly [what: string, change: () => Record<string, string>, said: RegExp][] = [
  [
    "a municipality file that is not there",
    () => ({ FASEPORT_KOMMUNE: "config/nowhere.yaml" }),
    /config\/nowhere\.yaml/u,
  ],
  ["a Redis that does not answer", () => ({ REDIS_URL: "redis://127.0.0.1:1" }), /does not answer/u],
  ["a token that Notion does not know", () => ({ NOTION_TOKEN: "ntn_wrong" }), /NOTION_TOKEN/u],
  [
    "a data source that is not there",
    () => ({ NOTION_PROJECTS: "00000000-0000-4000-8000-0000000000ff" }),
    /NOTION_PROJECTS/u,
  ],
  ["a token that GitHub does not know", () => ({ GITHUB_TOKEN: "ghp_wrong" }), /GITHUB_TOKEN/u],
  ["a repository that is not there", () => ({ GITHUB_REPO: "furesoe-kommune/nowhere" }), /GITHUB_REPO/u],
];

/** Not run synchronously: the stand-ins that it asks live in this process. */
async function ended(env: Record<string, string>): Promise<{ code: number | null; stderr: string }> {
  const child = spawn(process.execPath, ["src/main.ts"], { env, stdio: ["ignore", "ignore", "pipe"] });
  let stderr = "";
  child.stderr.on("data", (text) => {
    stderr += text;
  });
  const [code] = await once(child, "exit");
  return { code, stderr };
}

it.each(refused)("%s: it says what to do and exits with 1", async (_what, change, said) => {
  const { code, stderr } = await ended({ ...whole(), ...change() });
  expect(code).toBe(1);
  expect(stderr).toMatch(said);
  expect(stderr).not.toContain("    at ");
});

it("with the contract's environment it runs against any base addresses, and ends on SIGTERM with 0", async () => {
  const child = spawn(process.execPath, ["src/main.ts"], { env: whole(), stdio: ["ignore", "pipe", "inherit"] });
  const exited = once(child, "exit");
  for await (const text of createInterface({ input: child.stdout })) {
    const line = JSON.parse(text) as { msg: string; url?: string };
    if (line.msg !== "Faseport is running") continue;
    expect((await fetch(`${line.url}/readyz`)).status).toBe(200);
    child.stdout.resume();
    break;
  }
  child.kill("SIGTERM");
  expect(await exited).toEqual([0, null]);
});

it("while it still waits for a side that does not answer, it ends on SIGTERM with 0", async () => {
  const env = { ...whole(), NOTION_API_URL: "http://127.0.0.1:1" };
  const child = spawn(process.execPath, ["src/main.ts"], { env, stdio: ["ignore", "pipe", "inherit"] });
  const exited = once(child, "exit");
  for await (const text of createInterface({ input: child.stdout })) if (text.includes("Faseport waits for it")) break;
  child.kill("SIGTERM");
  expect(await exited).toEqual([0, null]);
});
