// SPDX-License-Identifier: EUPL-1.2
/** `npm run setup` as an administrator's script runs it, against a workspace and a repository where nothing has been made. */
import { generateKeyPairSync } from "node:crypto";
import { EventEmitter, once } from "node:events";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readValues } from "../../scripts/setup/env-file.ts";
import { setup } from "../../scripts/setup/run.ts";
import { readWish } from "../../scripts/setup/wish.ts";
import { createSandbox, type Sandbox } from "../../src/sandbox/sandbox.ts";
import { errorText } from "../../src/service/said.ts";
import { freePort } from "../free-port.ts";
import { model, municipalityPath, start } from "./house.ts";

let sandbox: Sandbox;
let folder: string;
let port: number;
beforeEach(async () => {
  sandbox = await createSandbox({ ...model, start, seed: "setup", empty: true });
  folder = await mkdtemp(join(tmpdir(), "faseport-setup-"));
  port = await freePort();
});
afterEach(async () => {
  await sandbox.close();
  await rm(folder, { recursive: true, force: true });
});

const env = () => join(folder, ".env");
const kommune = () => join(folder, "kommune.yaml");
const url = () => `http://127.0.0.1:${port}`;
const takeOver = () => ["--kommune", municipalityPath, "--url", url()];

/** What the sandbox prints goes into .env, as a person would put it there. */
async function giveTokens(leaveOut: readonly string[] = []): Promise<void> {
  const lines = Object.entries(sandbox.environment()).filter(([name]) => !leaveOut.includes(name));
  await writeFile(env(), lines.map(([name, value]) => `${name}=${value}\n`).join(""), { mode: 0o644 });
}

/** As the command does it, in this process: what it prints, and how it ends. */
function begin(...args: readonly string[]) {
  const said: string[] = [];
  const heard = new EventEmitter();
  const say = (line: string) => {
    said.push(line);
    heard.emit("line");
  };
  const environment = { FASEPORT_KOMMUNE: kommune(), HOST: "127.0.0.1", PORT: String(port) };
  const ended = setup(readWish(["--env", env(), ...args]), { environment, say, ask: null }).then(
    (code) => ({ code, stdout: said.join("\n"), stderr: "" }),
    (error: unknown) => ({ code: 1, stdout: said.join("\n"), stderr: errorText(error) }),
  );
  const untilSaid = async (words: string) => {
    while (!said.join("\n").includes(words)) await once(heard, "line");
  };
  return { untilSaid, ended };
}

const run = (...args: readonly string[]) => begin(...args).ended;

const writes = () =>
  [...sandbox.notion.calls, ...sandbox.github.calls].filter(
    ({ method, path, status }) => method !== "GET" && status < 300 && !path.endsWith("/search"),
  );

const labels = () => writes().filter(({ path }) => path.endsWith("/labels")).length;
const databases = () => writes().filter(({ path }) => path === "/v1/databases").length;

it("without what it needs it names all of it at once, with the flags, and asks nobody anything", async () => {
  const { code, stderr } = await run("--yes");
  expect(code).toBe(1);
  for (const flag of ["--notion-token", "--github-token", "--repo"]) expect(stderr).toContain(flag);
  expect([sandbox.notion.calls, sandbox.github.calls]).toEqual([[], []]);
});

it("--dry-run and --json tell the plan and write nothing, anywhere; without --yes nothing is done either", async () => {
  await giveTokens();
  const before = readFileSync(env(), "utf8");
  const dry = await run(...takeOver(), "--dry-run");
  expect([dry.code, dry.stderr]).toEqual([0, ""]);
  expect(dry.stdout).toContain("make the database «Innovationsprojekter» on the page «Innovation»");
  expect(dry.stdout).toContain("Nothing was done");
  const data = await run(...takeOver(), "--json");
  expect(JSON.parse(data.stdout)).toMatchObject({ done: false, obstacles: [] });
  const unasked = await run(...takeOver());
  expect([unasked.code, unasked.stderr]).toEqual([1, expect.stringContaining("--yes")]);
  expect(writes()).toEqual([]);
  expect(readFileSync(env(), "utf8")).toBe(before);
  expect(readdirSync(folder)).toEqual([".env"]);
});

describe("done", () => {
  it("everything is made once, in order; a second run changes nothing and says so", async () => {
    await giveTokens();
    const first = await run(...takeOver(), "--yes", "--skip-webhook");
    expect([first.code, first.stderr]).toEqual([0, ""]);
    const { notion, github } = sandbox;
    const said = readValues(readFileSync(env(), "utf8"));
    expect(said).toMatchObject({ NOTION_PROJECTS: notion.projects, NOTION_DECISIONS: notion.decisions });
    const { properties } = notion.dataSource(notion.projects);
    expect(properties.Fase).toMatchObject({
      type: "select",
      select: { options: model.rules.phases.map(({ name }) => expect.objectContaining({ name })) },
    });
    expect(properties.Beslutninger).toMatchObject({ type: "relation", relation: { data_source_id: notion.decisions } });
    expect(github.hooks).toMatchObject([
      { url: `${url()}/webhooks/github`, events: ["issues"], secret: said.GITHUB_WEBHOOK_SECRET },
    ]);
    // Secrets are for their owner alone, also in the copy of what was there.
    const files = readdirSync(folder).filter((name) => name.startsWith(".env"));
    expect(files).toHaveLength(2);
    for (const name of files) expect(statSync(join(folder, name)).mode & 0o777, name).toBe(0o600);
    expect(first.stdout).not.toContain(said.GITHUB_WEBHOOK_SECRET);
    expect(first.stdout).not.toContain(said.GITHUB_TOKEN);

    const [made, text] = [writes().length, readFileSync(env(), "utf8")];
    const second = await run("--yes", "--skip-webhook");
    expect([second.code, second.stdout]).toEqual([0, expect.stringContaining("nothing to do")]);
    expect([writes().length, readFileSync(env(), "utf8")]).toEqual([made, text]);
    expect(readdirSync(folder)).toHaveLength(3);
  });

  it("broken off after the first database, a run again makes the second and not another first", async () => {
    await giveTokens();
    let count = 0;
    sandbox.notion.faults(({ path }) =>
      path === "/v1/databases" && ++count === 2 ? { kind: "status", status: 500 } : null,
    );
    const broken = await run(...takeOver(), "--yes", "--skip-webhook");
    expect([broken.code, broken.stderr]).toEqual([1, expect.stringContaining("Politiske beslutninger")]);
    const again = await run(...takeOver(), "--yes", "--skip-webhook");
    expect([again.code, again.stderr]).toEqual([0, ""]);
    expect([databases(), labels()]).toEqual([2, 19]);
  });

  it("an answer that was lost after saving makes no second database either", async () => {
    await giveTokens();
    let count = 0;
    sandbox.notion.faults(({ path }) =>
      path === "/v1/databases" && ++count === 1 ? { kind: "drop-connection", afterSaving: true } : null,
    );
    expect((await run(...takeOver(), "--yes", "--skip-webhook")).code).toBe(1);
    expect((await run(...takeOver(), "--yes", "--skip-webhook")).code).toBe(0);
    const { results } = (await (
      await fetch(`${sandbox.notionUrl}/v1/search`, {
        method: "POST",
        headers: {
          authorization: `Bearer ${sandbox.notion.token}`,
          "notion-version": "2026-03-11",
          "content-type": "application/json",
        },
        body: JSON.stringify({ query: "Innovationsprojekter", filter: { property: "object", value: "data_source" } }),
      })
    ).json()) as { results: unknown[] };
    expect(results).toHaveLength(1);
  });
});

describe("as a GitHub App", () => {
  it("is let in by its key; its webhook, which setup cannot make, is told to be made; a second run changes nothing", async () => {
    await sandbox.close();
    const { publicKey, privateKey } = generateKeyPairSync("rsa", {
      modulusLength: 2048,
      publicKeyEncoding: { type: "spki", format: "pem" },
      privateKeyEncoding: { type: "pkcs1", format: "pem" },
    });
    const app = { id: 7, slug: "faseport", installationId: 42, publicKey };
    // A key's signature is good for minutes of the real time.
    sandbox = await createSandbox({ ...model, start: new Date(), seed: "setup", empty: true, app });
    const key = join(folder, "app.pem");
    await writeFile(key, privateKey, { mode: 0o600 });
    await giveTokens(["GITHUB_TOKEN"]);
    const flags = ["--github-app-id", "7", "--github-app-installation", "42", "--github-app-key", key];
    const wrong = await run(...takeOver(), ...flags.with(1, "8"), "--yes", "--skip-webhook");
    expect([wrong.code, wrong.stderr]).toEqual([1, expect.stringContaining("the app's key and ids")]);

    const { code, stdout, stderr } = await run(...takeOver(), ...flags, "--yes", "--skip-webhook");
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain(`in the GitHub App's settings: Webhook active, URL ${url()}/webhooks/github, secret`);
    expect([databases(), labels(), sandbox.github.hooks.length]).toEqual([2, 19, 0]);
    const kept = readValues(readFileSync(env(), "utf8"));
    expect(kept).toMatchObject({ GITHUB_APP_ID: "7", GITHUB_APP_INSTALLATION_ID: "42" });
    expect(kept).toMatchObject({ GITHUB_APP_PRIVATE_KEY_FILE: key });
    expect([kept.GITHUB_TOKEN, stdout.includes("PRIVATE KEY")]).toEqual([undefined, false]);

    const again = await run(...takeOver(), "--yes", "--skip-webhook");
    expect([again.code, again.stdout]).toEqual([0, expect.stringContaining("nothing to do")]);
  });
});

describe("a board that is there", () => {
  it("is taken over: what is missing is added, and every option, cell and name of people's stays", async () => {
    await giveTokens();
    await run(...takeOver(), "--yes", "--skip-webhook");
    const { notion } = sandbox;
    const anders = model.municipality.people[5]?.notion[0] ?? "";
    notion.addOption(notion.projects, "Spor", "4 Andet");
    notion.deleteOption(notion.projects, "Fase", "4. Implementer");
    notion.changeColumns(anders, notion.projects, { Læring: null, Indsigter: { name: "Indsigt" } });
    const card = notion.create(anders, notion.projects, { Spor: { select: { name: "4 Andet" } } });
    const ids = optionIds("Fase");
    const plan = await run("--dry-run", "--skip-webhook");
    expect(plan.stdout.match(/ {2}- .*/gu)?.slice(0, 3)).toEqual([
      expect.stringContaining("add the property «Læring»"),
      expect.stringContaining("add the property «Indsigter»"),
      expect.stringContaining("add to «Fase» of «Innovationsprojekter»: «4. Implementer»"),
    ]);
    expect((await run("--yes", "--skip-webhook")).code).toBe(0);
    expect(optionIds("Fase").slice(0, 4)).toEqual(ids);
    expect(notion.page(card).properties.Spor).toMatchObject({ select: { name: "4 Andet" } });
    expect(Object.keys(notion.dataSource(notion.projects).properties)).toEqual(
      expect.arrayContaining(["Indsigt", "Indsigter", "Læring"]),
    );
  });

  function optionIds(property: string): readonly string[] {
    const schema = sandbox.notion.dataSource(sandbox.notion.projects).properties[property];
    return schema?.type === "select" ? schema.select.options.map(({ id }) => id) : [];
  }
});

describe("what stands in the way is said with what to do, and nothing is done", () => {
  it.each([
    ["a capability", () => sandbox.notion.allow("insertComments", false), "insert comments. In Notion: Settings"],
    ["no page", () => sandbox.notion.withdraw(sandbox.notion.rootPage), "no page is shared with the Notion connection"],
    ["issues that are off", () => sandbox.github.switchIssues(false), "has no issues: Settings"],
    ["a token that may only read", () => sandbox.github.grant({ push: false }), "Issues: read and write"],
  ])("%s", async (_, prepare, words) => {
    await giveTokens();
    prepare();
    const { code, stdout } = await run(...takeOver(), "--yes", "--skip-webhook");
    expect([code, stdout]).toEqual([1, expect.stringContaining(words)]);
    expect(writes()).toEqual([]);
    expect(existsSync(kommune())).toBe(false);
  });

  it("a token that may not see webhooks: all else is done, and the webhook is told to be made by hand", async () => {
    await giveTokens();
    sandbox.github.grant({ admin: false });
    const { code, stdout } = await run(...takeOver(), "--yes", "--skip-webhook");
    expect([code, stdout]).toEqual([0, expect.stringContaining("admin:repo_hook")]);
    expect(databases()).toBe(2);
  });
});

describe("Notion's verification token", () => {
  it("is caught once, shown once, kept, and no later one takes its place", async () => {
    await giveTokens();
    const { untilSaid, ended } = begin(...takeOver(), "--yes");
    await untilSaid("Waiting at");
    expect(await send({ verification_token: "secret_of-somebody-who-cannot-sign" }, "sha256=00")).toBe(401);
    expect(await send({ type: "page.created" }, undefined)).toBe(401);
    expect(await sandbox.notion.proposeSubscription(`${url()}/webhooks/notion`)).toBe(200);
    const { code, stdout, stderr } = await ended;
    expect([code, stderr]).toEqual([0, ""]);
    const { NOTION_WEBHOOK_SECRET: secret = "none" } = readValues(readFileSync(env(), "utf8"));
    expect(stdout.split(secret)).toHaveLength(2);
    expect(sandbox.notion.verifySubscription(secret)).toBe(true);

    const again = await run("--yes");
    expect(again.stdout).toContain("nothing to do");
    expect(again.stdout).not.toContain("Waiting");
    expect(readValues(readFileSync(env(), "utf8")).NOTION_WEBHOOK_SECRET).toBe(secret);
  });

  it("that does not come in time stops nothing else, and nobody listens any more", async () => {
    await giveTokens();
    const { code, stdout } = await run(...takeOver(), "--yes", "--wait", "0.01");
    expect([code, stdout]).toEqual([0, expect.stringContaining("No token came")]);
    expect(await sandbox.notion.proposeSubscription(`${url()}/webhooks/notion`)).toBeNull();
    expect(readFileSync(env(), "utf8")).not.toContain("NOTION_WEBHOOK_SECRET");
  });

  const send = async (body: object, signature: string | undefined) =>
    (
      await fetch(`${url()}/webhooks/notion`, {
        method: "POST",
        body: JSON.stringify(body),
        headers: { "content-type": "application/json", ...(signature && { "x-notion-signature": signature }) },
      })
    ).status;
});
