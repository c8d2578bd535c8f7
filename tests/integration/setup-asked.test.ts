// SPDX-License-Identifier: EUPL-1.2
/**
 * `npm run setup` as an administrator types it in a terminal, wrong answers and all; `script` of util-linux is the terminal.
 */
import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { parse } from "yaml";
import { readValues } from "../../scripts/setup/env-file.ts";
import { createSandbox, type Sandbox, type SandboxOptions } from "../../src/sandbox/sandbox.ts";
import { freePort } from "../free-port.ts";
import { model, municipalityPath, start } from "./house.ts";

const hasTerminal = /util-linux/u.test(spawnSync("script", ["--version"], { encoding: "utf8" }).stdout ?? "");

let sandbox: Sandbox;
let folder: string;
let typed: Typed | null = null;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "faseport-asked-"));
  await begin({ start });
});

async function begin(options: Pick<SandboxOptions, "start" | "app">): Promise<void> {
  sandbox = await createSandbox({ ...model, ...options, seed: "asked", empty: true });
  const { NOTION_API_URL, GITHUB_API_URL, FASEPORT_CLOCK } = sandbox.environment();
  const given = { NOTION_API_URL, GITHUB_API_URL, FASEPORT_CLOCK, PORT: String(await freePort()), HOST: "127.0.0.1" };
  await writeFile(
    env(),
    Object.entries(given)
      .map(([name, value]) => `${name}=${value}\n`)
      .join(""),
  );
}

afterEach(async () => {
  await typed?.end();
  await sandbox.close();
  await rm(folder, { recursive: true, force: true });
});

const env = () => join(folder, ".env");
const kommune = () => join(folder, "kommune.yaml");

const ENTER = "\r";
const DOWN = "\x1b[B";
const EMPTY = "\x15";
const CTRL_C = "\x03";

type Typed = Readonly<{
  /** Waits until the words are on the screen that were not there before, and types the keys. */
  at(words: string, ...keys: readonly string[]): Promise<void>;
  /** Everything that was on the screen. */
  screen(): string;
  ended: Promise<number | null>;
  end(): Promise<void>;
}>;

function setup(...args: readonly string[]): Typed {
  const command = `stty cols 140 rows 50; exec ${process.execPath} scripts/setup.ts --env ${env()} ${args.join(" ")}`;
  const child: ChildProcessWithoutNullStreams = spawn("script", ["-qec", command, "/dev/null"], {
    env: { PATH: "/usr/bin:/bin", TERM: "xterm", FASEPORT_KOMMUNE: kommune() },
  });
  const ended = once(child, "exit").then(([code]) => code as number | null);
  let seen = "";
  let from = 0;
  child.stdout.on("data", (chunk: Buffer) => {
    seen += chunk.toString();
  });
  const screen = () => stripVTControlCharacters(seen);
  typed = {
    screen,
    ended,
    async at(words, ...keys) {
      const isThere = () => screen().includes(words, from);
      await vi.waitUntil(isThere, { timeout: 20_000, interval: 20 }).catch(() => {
        throw new Error(`no «${words}» in ${screen().slice(from)}`);
      });
      from = screen().indexOf(words, from) + words.length;
      for (const key of keys) child.stdin.write(key);
    },
    async end() {
      child.kill("SIGKILL");
      await ended;
    },
  };
  return typed;
}

const databases = () =>
  sandbox.notion.calls.filter(
    ({ method, path, status }) => method === "POST" && path === "/v1/databases" && status === 200,
  ).length;

it.runIf(hasTerminal)("asks everything once, takes no wrong answer, and does it after a yes", async () => {
  const { NOTION_TOKEN = "", GITHUB_TOKEN = "" } = sandbox.environment();
  const asked = setup("--skip-webhook");
  await asked.at("Notion connection's secret", "wrong", ENTER);
  await asked.at("Notion does not accept the token");
  await asked.at("Notion connection's secret", NOTION_TOKEN, ENTER);
  await asked.at("The repository with the issues", "innovation", ENTER);
  await asked.at("such as kommune/innovation", EMPTY, "furesoe-kommune/innovation", ENTER);
  await asked.at("How does Faseport reach GitHub", ENTER);
  await asked.at("The GitHub token", GITHUB_TOKEN, ENTER);
  await asked.at("Who takes part", "a", ENTER);
  await asked.at("Is Lise Leder lise-leder on GitHub?", "y");
  await asked.at("Who is faseport-bot on GitHub", ENTER);
  await asked.at("Who is anders-dev on GitHub", ...Array<string>(6).fill(DOWN), ENTER);
  await asked.at("Who is ida-udvikler on GitHub", ENTER);
  await asked.at("Who is the secretariat", ENTER);
  await asked.at("at least one", ...Array<string>(4).fill(DOWN), " ", ENTER);
  await asked.at("Whom are reminders passed on to", ENTER);
  await asked.at("The rules let «byraad» decide in some cases. Its name", "Byråd", ENTER);
  await asked.at("Who may tick for Byråd", " ", ENTER);
  await asked.at("When does Byråd meet", "snart", ENTER);
  await asked.at("write it as", EMPTY, "16.12.2026 og 13. januar 2027", ENTER);
  await asked.at("another body that decides?", "y");
  await asked.at("A body that decides, by its name", "byråd", ENTER);
  await asked.at("is there already", EMPTY, "Kultur", ENTER);
  await asked.at("Who may tick for Kultur", " ", ENTER);
  await asked.at("When does Kultur meet", "10.2.2027", ENTER);
  await asked.at("another body that decides?", "n");
  await asked.at("Where Notion and GitHub reach the service", "faseport", ENTER);
  await asked.at("begins with https://", EMPTY, "https://faseport.example", ENTER);
  await asked.at("Do this?");
  expect([databases(), existsSync(kommune())]).toEqual([0, false]);
  await asked.at("", "y");
  expect(await asked.ended, asked.screen()).toBe(0);

  expect(databases()).toBe(2);
  expect(readValues(readFileSync(env(), "utf8"))).toMatchObject({ NOTION_TOKEN, GITHUB_TOKEN });
  const file = parse(readFileSync(kommune(), "utf8"));
  expect(file.people.map(({ key, github }: { key: string; github?: string }) => [key, github])).toContainEqual([
    "anders-projektejer",
    "anders-dev",
  ]);
  expect(file).toMatchObject({ secretariat: ["sanne-sekretaer"], leaders: { default: "mette-formand" } });
  expect(file.bodies.map(({ key, meetings }: { key: string; meetings: string[] }) => [key, meetings])).toEqual([
    ["byraad", ["2026-12-16", "2027-01-13"]],
    ["kultur", ["2027-02-10"]],
  ]);
  for (const secret of [NOTION_TOKEN, GITHUB_TOKEN]) expect(asked.screen()).not.toContain(secret);

  const again = setup("--skip-webhook");
  await again.at("nothing to do");
  expect(await again.ended).toBe(0);
});

it.runIf(hasTerminal)("ended by Ctrl-C it has done nothing; a no may keep the answers for the next time", async () => {
  const before = readFileSync(env(), "utf8");
  const { NOTION_TOKEN = "", GITHUB_TOKEN = "" } = sandbox.environment();
  const broken = setup("--skip-webhook");
  await broken.at("Notion connection's secret", NOTION_TOKEN, ENTER);
  await broken.at("The repository with the issues", CTRL_C);
  expect([await broken.ended, broken.screen()]).toEqual([1, expect.stringContaining("nothing was done")]);
  expect([readFileSync(env(), "utf8"), existsSync(kommune())]).toEqual([before, false]);

  sandbox.notion.withdraw(sandbox.notion.rootPage);
  const flags = ["--github-token", GITHUB_TOKEN, "--repo", "furesoe-kommune/innovation", "--url", "https://f.example"];
  const refused = setup("--skip-webhook", "--notion-token", NOTION_TOKEN, ...flags);
  await refused.at("Who takes part", " ", ENTER);
  await refused.at("Who is faseport-bot", ENTER);
  await refused.at("Who is anders-dev", ENTER);
  await refused.at("Who is lise-leder", ENTER);
  await refused.at("Who is ida-udvikler", ENTER);
  await refused.at("Who is the secretariat", " ", ENTER);
  await refused.at("Whom are reminders passed on to", ENTER);
  await refused.at("Its name", "Byråd", ENTER);
  await refused.at("Who may tick for Byråd", " ", ENTER);
  await refused.at("When does Byråd meet", "10.2.2027", ENTER);
  await refused.at("another body", "n");
  await refused.at("no page is shared");
  await refused.at("Keep your answers", "y");
  expect(await refused.ended).toBe(1);
  expect(parse(readFileSync(kommune(), "utf8")).people).toHaveLength(1);
  expect(readValues(readFileSync(env(), "utf8"))).toMatchObject({ NOTION_TOKEN });
});

it.runIf(hasTerminal)("as a GitHub App: its numbers and its key's file are asked for until it is let in", async () => {
  await sandbox.close();
  const { publicKey, privateKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs1", format: "pem" },
  });
  // A key's signature is good for minutes of the real time.
  await begin({ start: new Date(), app: { id: 7, slug: "faseport", installationId: 42, publicKey } });
  const key = join(folder, "app.pem");
  await writeFile(key, privateKey, { mode: 0o600 });
  const { NOTION_TOKEN = "" } = sandbox.environment();
  const asked = setup("--skip-webhook", "--kommune", municipalityPath, "--notion-token", NOTION_TOKEN);
  await asked.at("The repository with the issues", "furesoe-kommune/innovation", ENTER);
  await asked.at("How does Faseport reach GitHub", DOWN, ENTER);
  await asked.at("The App's id", "faseport", ENTER);
  await asked.at("A whole number", EMPTY, "8", ENTER);
  await asked.at("The installation's id", "42", ENTER);
  await asked.at("private key", "/nowhere.pem", ENTER);
  await asked.at("There is no such file", EMPTY, key, ENTER);
  await asked.at("the app's key and ids");
  await asked.at("The repository with the issues", "furesoe-kommune/innovation", ENTER);
  await asked.at("How does Faseport reach GitHub", DOWN, ENTER);
  await asked.at("The App's id", "7", ENTER);
  await asked.at("The installation's id", "42", ENTER);
  await asked.at("private key", key, ENTER);
  await asked.at("Where Notion and GitHub reach the service", "https://faseport.example", ENTER);
  await asked.at("in the GitHub App's settings: Webhook active, URL https://faseport.example/webhooks/github");
  await asked.at("Do this?", "y");
  expect(await asked.ended, asked.screen()).toBe(0);
  expect(readValues(readFileSync(env(), "utf8"))).toMatchObject({
    GITHUB_APP_ID: "7",
    GITHUB_APP_INSTALLATION_ID: "42",
    GITHUB_APP_PRIVATE_KEY_FILE: key,
  });
});
