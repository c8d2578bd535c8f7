// SPDX-License-Identifier: EUPL-1.2
/** The environment as the contract has it: what is read, what is refused and in which words, and what never shows. */
import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { inspect } from "node:util";
import fc from "fast-check";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { describeSettings, type Environment, parseSettings, parseSome, SettingsError } from "../../src/config.ts";
import { variables } from "../../src/variables.ts";

const pem = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs1", format: "pem" },
}).privateKey.trim();
const root = join(import.meta.dirname, "../..");
const complete = {
  NOTION_TOKEN: "notion-secret",
  NOTION_WEBHOOK_SECRET: "notion-hook-secret",
  NOTION_PROJECTS: "0123456789ABCDEF0123456789abcdef",
  NOTION_DECISIONS: "11111111-2222-3333-4444-555555555555",
  GITHUB_TOKEN: "github-secret",
  GITHUB_WEBHOOK_SECRET: "github-hook-secret",
  GITHUB_REPO: "furesoe/innovation",
} satisfies Environment;
const { GITHUB_TOKEN: _, ...withoutAuth } = complete;
const app = { GITHUB_APP_ID: "12", GITHUB_APP_PRIVATE_KEY: pem, GITHUB_APP_INSTALLATION_ID: "34" };

const channels = {
  SMTP_URL: "smtp://faseport:mail-secret@mail.kommune.dk:587",
  MAIL_FROM: "Faseport <faseport@kommune.dk>",
  TEAMS_WEBHOOKS: "innovation=https://teams.example/invoke?sig=teams-secret",
};

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "faseport-config-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function fileWith(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

function problemsOf(environment: Environment): readonly string[] {
  try {
    parseSettings(environment);
    return [];
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
}

/** A getter of one setting, so that the table below can be read. */
const settingOf = (environment: Environment) => parseSettings({ ...complete, ...environment });

test("a complete environment becomes nested settings, with the contract's defaults", () => {
  const { board, tracker, redisUrl, dataDir, web, modelPath, municipalityPath, role, clock, logLevel } = settingOf({});
  expect({ board, tracker, redisUrl, dataDir, web, modelPath, municipalityPath, role, clock, logLevel }).toEqual({
    board: {
      token: "notion-secret",
      apiUrl: "https://api.notion.com",
      webhookSecret: "notion-hook-secret",
      projects: "01234567-89ab-cdef-0123-456789abcdef",
      decisions: "11111111-2222-3333-4444-555555555555",
    },
    tracker: {
      auth: { kind: "token", token: "github-secret" },
      apiUrl: "https://api.github.com",
      webhookSecret: "github-hook-secret",
      owner: "furesoe",
      repo: "innovation",
    },
    redisUrl: null,
    dataDir: join(root, "data"),
    web: { port: 3000, workerPort: null, host: "0.0.0.0", adminToken: null, drainMs: 1000 },
    modelPath: join(root, "config/furesoe.yaml"),
    municipalityPath: join(root, "config/kommune.yaml"),
    role: "all",
    clock: { kind: "system" },
    logLevel: "info",
  });
});

test.each<[given: Environment, pick: (settings: ReturnType<typeof settingOf>) => unknown, becomes: unknown]>([
  [{ PORT: "0" }, ({ web }) => web.port, 0],
  [{ PORT: " 8080 " }, ({ web }) => web.port, 8080],
  [{ PORT: "" }, ({ web }) => web.port, 3000],
  [{ HOST: "::1" }, ({ web }) => web.host, "::1"],
  [{ FASEPORT_ADMIN_TOKEN: "open" }, ({ web }) => web.adminToken, "open"],
  [{ FASEPORT_ADMIN_TOKEN: "  " }, ({ web }) => web.adminToken, null],
  [{ SMTP_URL: "smtp://mail.kommune.dk" }, ({ channels }) => channels.mail, null],
  [
    { SMTP_URL: "smtps://u:p@mail.kommune.dk:465", MAIL_FROM: "Innovation i Furesø <innovation@kommune.dk>" },
    ({ channels }) => channels.mail,
    { url: "smtps://u:p@mail.kommune.dk:465", from: { name: "Innovation i Furesø", address: "innovation@kommune.dk" } },
  ],
  [
    { SMTP_URL: "smtp://mail", MAIL_FROM: "innovation@kommune.dk" },
    ({ channels }) => channels.mail?.from,
    { name: "Faseport", address: "innovation@kommune.dk" },
  ],
  [{}, ({ channels }) => [...channels.teams], []],
  [
    { TEAMS_WEBHOOKS: "innovation=https://a.example/invoke?sig=x=y\n  drift=https://b.example/\n" },
    ({ channels }) => [...channels.teams],
    [
      ["innovation", "https://a.example/invoke?sig=x=y"],
      ["drift", "https://b.example/"],
    ],
  ],
  [{ FASEPORT_ROLE: "worker" }, ({ role }) => role, "worker"],
  [{ FASEPORT_CLOCK: "-3600000" }, ({ clock }) => clock, { kind: "offset", ms: -3_600_000 }],
  [{ FASEPORT_CLOCK: "+5" }, ({ clock }) => clock, { kind: "offset", ms: 5 }],
  [
    { FASEPORT_CLOCK: "http://127.0.0.1:4000/clock" },
    ({ clock }) => clock,
    { kind: "url", url: "http://127.0.0.1:4000/clock" },
  ],
  [{ FASEPORT_CLOCK: "" }, ({ clock }) => clock, { kind: "system" }],
  [{ NOTION_API_URL: "http://localhost:4001/" }, ({ board }) => board.apiUrl, "http://localhost:4001"],
  [{ REDIS_URL: "rediss://u:p@redis:6380/1" }, ({ redisUrl }) => redisUrl, "rediss://u:p@redis:6380/1"],
  [
    { FASEPORT_KOMMUNE: "config/kommune.example.yaml" },
    (it) => it.municipalityPath,
    join(root, "config/kommune.example.yaml"),
  ],
  [{ FASEPORT_MODEL: "/etc/faseport/rules.yaml" }, (it) => it.modelPath, "/etc/faseport/rules.yaml"],
  [{ FASEPORT_DATA: "/var/lib/faseport" }, (it) => it.dataDir, "/var/lib/faseport"],
  [{ LOG_LEVEL: "silent" }, (it) => it.logLevel, "silent"],
])("%j", (given, pick, becomes) => {
  expect(pick(settingOf(given))).toEqual(becomes);
});

test.each([
  ["as it is", pem],
  ["with the line break that ends it", `${pem}\n`],
  ["on one line", pem.replaceAll("\n", "\\n")],
])("a GitHub App, its key %s", (_way, key) => {
  const { auth } = settingOf({ GITHUB_TOKEN: "", ...app, GITHUB_APP_PRIVATE_KEY: key }).tracker;
  expect(auth).toEqual({ kind: "app", appId: 12, privateKey: pem, installationId: 34 });
});

describe("what is wrong is said in one line each", () => {
  const uuid = "needs a data source id: 32 hex digits, hyphens or not";
  const url = "an http or https address";
  const inFile = (name: string) => ` (or the path of a file that holds it in ${name}_FILE)`;

  test("an empty environment", () => {
    expect(problemsOf({})).toEqual([
      `NOTION_TOKEN is missing: needs the secret on the connection's page in Notion${inFile("NOTION_TOKEN")}`,
      `NOTION_WEBHOOK_SECRET is missing: needs the verification token that Notion sent when the webhook was made${inFile("NOTION_WEBHOOK_SECRET")}`,
      `NOTION_PROJECTS is missing: ${uuid}`,
      `NOTION_DECISIONS is missing: ${uuid}`,
      `GITHUB_WEBHOOK_SECRET is missing: needs the secret that was typed in when the webhook was made${inFile("GITHUB_WEBHOOK_SECRET")}`,
      "GITHUB_REPO is missing: needs owner/name",
      "GITHUB_TOKEN is missing: needs a token that may read and write the repository's issues, or GITHUB_APP_ID, GITHUB_APP_PRIVATE_KEY, GITHUB_APP_INSTALLATION_ID instead",
    ]);
  });

  test.each<[given: Environment, says: string]>([
    [{ NOTION_PROJECTS: "https://notion.so/x" }, `NOTION_PROJECTS holds something else: ${uuid}`],
    [{ NOTION_DECISIONS: "0123" }, `NOTION_DECISIONS holds something else: ${uuid}`],
    [{ NOTION_API_URL: "api.notion.com" }, `NOTION_API_URL holds something else: needs ${url} without /v1`],
    [{ GITHUB_API_URL: "ftp://github.com" }, `GITHUB_API_URL holds something else: needs ${url}`],
    [{ GITHUB_REPO: "innovation" }, "GITHUB_REPO holds something else: needs owner/name"],
    [{ PORT: "65536" }, "PORT holds something else: needs a whole number from 0 to 65535"],
    [{ PORT: "80a" }, "PORT holds something else: needs a whole number from 0 to 65535"],
    [{ HOST: "http://x" }, "HOST holds something else: needs an address or a host name"],
    [{ FASEPORT_ROLE: "both" }, "FASEPORT_ROLE holds something else: needs one of: all, web, worker"],
    [
      { LOG_LEVEL: "loud" },
      "LOG_LEVEL holds something else: needs one of: fatal, error, warn, info, debug, trace, silent",
    ],
    [
      { FASEPORT_CLOCK: "tomorrow" },
      'FASEPORT_CLOCK holds something else: needs milliseconds to add, or an http address that answers {"now": "…"}',
    ],
    [
      { FASEPORT_CLOCK: "1.5" },
      'FASEPORT_CLOCK holds something else: needs milliseconds to add, or an http address that answers {"now": "…"}',
    ],
    [
      { REDIS_URL: "localhost:6379" },
      `REDIS_URL holds something else: needs an address such as redis://user:password@host:6379, redis+sentinel://host,host,host/name or unix:///path/of/a/socket${inFile("REDIS_URL")}`,
    ],
    [{ GITHUB_APP_ID: "12" }, "GITHUB_TOKEN and GITHUB_APP_ID are set: needs the token or the app, not both"],
    [
      { GITHUB_TOKEN: "", GITHUB_APP_ID: "12" },
      "GITHUB_APP_PRIVATE_KEY, GITHUB_APP_INSTALLATION_ID missing beside GITHUB_APP_ID: a GitHub App needs all three",
    ],
    [
      { NOTION_TOKEN_FILE: "/run/secrets/notion" },
      "NOTION_TOKEN and NOTION_TOKEN_FILE are both set: needs one of them",
    ],
    [
      { SMTP_URL: "mail.kommune.dk" },
      `SMTP_URL holds something else: needs an address such as smtp://user:password@host:587 or smtps://host:465${inFile("SMTP_URL")}`,
    ],
    [
      { MAIL_FROM: "Faseport" },
      "MAIL_FROM holds something else: needs an address such as Faseport <faseport@kommune.dk>",
    ],
    [
      { TEAMS_WEBHOOKS: "https://teams.example/invoke?sig=1" },
      `TEAMS_WEBHOOKS holds something else: needs a line such as innovation=https://… for each channel, the name as in kommune.yaml${inFile("TEAMS_WEBHOOKS")}`,
    ],
    [
      { NOTION_TOKEN: "", NOTION_TOKEN_FILE: "/run/secrets/not-there" },
      "NOTION_TOKEN_FILE names a file that cannot be read (ENOENT): needs a file that this user may read",
    ],
  ])("%j", (given, says) => {
    expect(problemsOf({ ...complete, ...given })).toEqual([says]);
  });

  test.each<[wrong: Environment, says: string]>([
    [{ GITHUB_APP_ID: "faseport" }, "GITHUB_APP_ID holds something else: needs the number on the app's settings page"],
    [
      { GITHUB_APP_INSTALLATION_ID: "0" },
      "GITHUB_APP_INSTALLATION_ID holds something else: needs the number that ends the address of the installation's page",
    ],
    [
      { GITHUB_APP_PRIVATE_KEY: "-----BEGIN RSA PRIVATE KEY-----" },
      `GITHUB_APP_PRIVATE_KEY holds something else: needs the whole .pem file, from -----BEGIN to the last line (line breaks may be written \\n)${inFile("GITHUB_APP_PRIVATE_KEY")}`,
    ],
  ])("a GitHub App with %j", (wrong, says) => {
    expect(problemsOf({ ...withoutAuth, ...app, ...wrong })).toEqual([says]);
  });

  test("several at once, in one message", () => {
    const error = new SettingsError(problemsOf({ ...complete, PORT: "x", GITHUB_REPO: "", LOG_LEVEL: "x" }));
    expect(error.message.split("\n")).toEqual([
      "The environment is not complete (npm start -- --help lists every variable):",
      "  GITHUB_REPO is missing: needs owner/name",
      "  PORT holds something else: needs a whole number from 0 to 65535",
      "  LOG_LEVEL holds something else: needs one of: fatal, error, warn, info, debug, trace, silent",
    ]);
  });
});

const secrets = Object.entries(variables).filter(([, { secret }]) => secret);

test("the secrets are those of the contract", () => {
  expect(secrets.map(([name]) => name).toSorted()).toEqual([
    "FASEPORT_ADMIN_TOKEN",
    "GITHUB_APP_PRIVATE_KEY",
    "GITHUB_TOKEN",
    "GITHUB_WEBHOOK_SECRET",
    "NOTION_TOKEN",
    "NOTION_WEBHOOK_SECRET",
    "REDIS_URL",
    "SMTP_URL",
    "TEAMS_WEBHOOKS",
  ]);
});

test("every secret can be given as a file, without the line break that ends it", () => {
  const values = {
    ...complete,
    FASEPORT_ADMIN_TOKEN: "admin-secret",
    REDIS_URL: "redis://:redis-secret@host:6379",
    ...channels,
  };
  const direct = { ...values, GITHUB_TOKEN: "", ...app, GITHUB_APP_PRIVATE_KEY: pem.trim() };
  const byFile: Record<string, string> = { ...direct };
  for (const [name] of secrets.filter(([it]) => it !== "GITHUB_TOKEN")) {
    byFile[`${name}_FILE`] = fileWith(name, `${byFile[name]}\n`);
    byFile[name] = "";
  }
  const { redisUrl, web, board, tracker, channels: opened } = parseSettings(byFile);
  const expected = parseSettings(direct);
  expect({ redisUrl, web, board, tracker, opened }).toEqual({
    opened: expected.channels,
    redisUrl: "redis://:redis-secret@host:6379",
    web: expected.web,
    board: expected.board,
    tracker: expected.tracker,
  });
  const token = parseSettings({ ...withoutAuth, GITHUB_TOKEN_FILE: fileWith("GITHUB_TOKEN", "github-secret\n") });
  expect(token.tracker.auth).toEqual({ kind: "token", token: "github-secret" });
});

test("a relative path of a secret file counts from the project's folder", () => {
  const before = process.cwd();
  process.chdir("/");
  try {
    const { board } = settingOf({ NOTION_TOKEN: "", NOTION_TOKEN_FILE: "package.json" });
    expect(board.token).toContain('"faseport"');
  } finally {
    process.chdir(before);
  }
});

test("an empty secret file is named", () => {
  const problems = problemsOf({ ...complete, NOTION_TOKEN: "", NOTION_TOKEN_FILE: fileWith("empty", "\n") });
  expect(problems).toEqual(["NOTION_TOKEN_FILE names an empty file: needs a file that holds the secret"]);
});

describe("no secret shows", () => {
  const all = {
    ...complete,
    FASEPORT_ADMIN_TOKEN: "admin-secret",
    REDIS_URL: "redis://:redis-secret@host:6379",
    ...channels,
  };
  const withApp = { ...all, GITHUB_TOKEN: "", ...app };

  function logged(entry: object): string {
    const lines: string[] = [];
    const write = (chunk: unknown, _encoding: string, done: () => void) => {
      lines.push(String(chunk));
      done();
    };
    pino({ level: "info" }, new Writable({ write })).info(entry, "settings");
    return lines.join("");
  }

  test.each<[way: string, print: (settings: ReturnType<typeof settingOf>) => string]>([
    ["JSON", (it) => JSON.stringify(it)],
    ["inspection", (it) => inspect(it, { depth: 9, showHidden: false })],
    ["inspection of a part", ({ board, tracker, web }) => inspect({ board, tracker, web }, { depth: 9 })],
    ["inspection of the channels", ({ channels: opened }) => inspect([opened, opened.mail], { depth: 9 })],
    ["a log line that is the settings", logged],
    ["a log line with the settings", (settings) => logged({ settings })],
    ["a log line with a part", ({ board, tracker, web, channels: opened }) => logged({ board, tracker, web, opened })],
    ["text", (it) => `${it}`],
  ])("in %s", (_way, print) => {
    for (const environment of [all, withApp]) {
      const printed = print(parseSettings(environment));
      expect(printed).not.toMatch(/-secret|PRIVATE KEY/u);
    }
  });

  test("whatever stands in whichever variable, a message never repeats it", () => {
    const pasted = fc.uuid().map((it) => `secret_${it}`);
    const names = Object.keys(variables).flatMap((name) => [name, `${name}_FILE`]);
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), pasted), (environment) => {
        const text = problemsOf(environment).join("\n");
        for (const value of Object.values(environment)) expect(text).not.toContain(value);
      }),
    );
  });

  test("a copy of the settings is empty rather than open", () => {
    expect({ ...settingOf({ REDIS_URL: "redis://host:6379" }) }).toEqual({});
  });
});

test("a script asks for some variables only", () => {
  expect(parseSome({ NOTION_TOKEN: "t" }, ["NOTION_TOKEN", "NOTION_API_URL"])).toEqual({
    NOTION_TOKEN: "t",
    NOTION_API_URL: "https://api.notion.com",
  });
  expect(() => parseSome({}, ["GITHUB_REPO"])).toThrow("GITHUB_REPO is missing");
});

test("the help names every variable with its default, and only those", () => {
  const rows = describeSettings()
    .split("\n")
    .map((line) => /^ {2}([A-Z_]+)(?: \*)? {2,}(\S.*?) {2,}\S/u.exec(line))
    .filter((row) => row !== null);
  expect(rows.map(([, name]) => name)).toEqual(Object.keys(variables));
  expect(rows.map(([, , preset]) => preset)).toEqual(
    Object.values(variables).map(({ preset }) => preset ?? "required"),
  );
});
