// SPDX-License-Identifier: EUPL-1.2
/** The settings, from the environment: parsed once, with every mistake named at once and no secret in any message. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { ChannelSettings } from "./channels/open.ts";
import { concealed, envelope } from "./concealed.ts";
import { projectRoot, type Values, type Variable, type VariableName, variables } from "./variables.ts";

export type GithubAuth =
  | Readonly<{ kind: "token"; token: string }>
  | Readonly<{ kind: "app"; appId: number; privateKey: string; installationId: number }>;

/**
 * Secrets are plain text here; printing the settings, or a part of them, hides them. Only a part that is itself the
 * object of a log line, `log.info(settings.board)`, is taken apart by pino: log it under a key.
 */
export type Settings = Readonly<{
  board: Readonly<{ token: string; apiUrl: string; webhookSecret: string; projects: string; decisions: string }>;
  tracker: Readonly<{ auth: GithubAuth; apiUrl: string; webhookSecret: string; owner: string; repo: string }>;
  channels: ChannelSettings;
  /** null: a Redis of its own in `dataDir`. */
  redisUrl: string | null;
  /** Absolute. */
  dataDir: string;
  /**
   * `adminToken` null: nobody sees what only an administrator may. `workerPort` null: a worker alone listens nowhere.
   */
  web: Readonly<{
    port: number;
    workerPort: number | null;
    host: string;
    adminToken: string | null;
    drainMs: number;
  }>;
  /** Absolute. */
  modelPath: string;
  /** Absolute. */
  municipalityPath: string;
  role: "all" | "web" | "worker";
  clock: Values["FASEPORT_CLOCK"];
  logLevel: Values["LOG_LEVEL"];
}>;

export type Environment = Readonly<Record<string, string | undefined>>;

/** Everything wrong with the environment, one line each. For the administrator: print the message without the stack. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(["The environment is not complete (npm start -- --help lists every variable):", ...problems].join("\n  "));
    this.problems = problems;
  }
}

/** The settings of this process. Throws SettingsError. */
export function readEnvironment(): Settings {
  return parseSettings(process.env);
}

/** The environment of this process as it stands, for setup, which completes it. */
export function processEnvironment(): Environment {
  return process.env;
}

/** The settings of an environment. An empty variable counts as unset. Throws one SettingsError that names every mistake. */
export function parseSettings(environment: Environment): Settings {
  const { values, problems } = parseValues(environment, namesIn(variables));
  const auth = githubAuth(environment, values);
  const all = [...problems, ...(typeof auth === "string" ? [auth] : [])];
  if (all.length > 0 || typeof auth === "string") throw new SettingsError(all);
  return settingsOf(values as Values, auth);
}

/**
 * Some variables only, for a script that runs before all of them can be known: `npm run setup` makes the data sources.
 * Throws one SettingsError that names every mistake in them.
 */
export function parseSome<Name extends VariableName>(
  environment: Environment,
  names: readonly Name[],
): Pick<Values, Name> {
  const { values, problems } = parseValues(environment, names);
  if (problems.length > 0) throw new SettingsError(problems);
  return values as Pick<Values, Name>;
}

/** How an environment reaches GitHub. Throws SettingsError, saying what is missing or too much. */
export function parseGithubAuth(environment: Environment): GithubAuth {
  const { values, problems } = parseValues(environment, ["GITHUB_TOKEN", ...appNames]);
  const auth = githubAuth(environment, values);
  if (problems.length > 0 || typeof auth === "string")
    throw new SettingsError([...problems, ...(typeof auth === "string" ? [auth] : [])]);
  return auth;
}

/** Some settings of this process, for a script that needs no others. Throws one SettingsError. */
export function readSome<Name extends VariableName>(names: readonly Name[]): Pick<Values, Name> {
  return parseSome(process.env, names);
}

/** The table of variables as text, for `--help`. */
export function describeSettings(): string {
  const rows = namesIn(variables).map((name) => {
    const { meaning, preset, secret }: Variable = variables[name];
    return [secret ? `${name} *` : name, preset ?? "required", meaning] as const;
  });
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)) + 2);
  const lines = rows.map(
    ([name, preset, meaning]) => `  ${name.padEnd(widths[0] ?? 0)}${preset.padEnd(widths[1] ?? 0)}${meaning}`,
  );
  return [
    "Faseport is set up by environment variables: name, default, meaning.",
    "",
    ...lines,
    "",
    "  * a secret: may also be given as NAME_FILE, the path of a file that holds it.",
    "  GitHub is reached by GITHUB_TOKEN, or by the three GITHUB_APP variables instead.",
    "  Relative paths count from the project's folder. An empty variable counts as unset.",
  ].join("\n");
}

function settingsOf(values: Values, auth: GithubAuth): Settings {
  const board = {
    token: values.NOTION_TOKEN,
    apiUrl: values.NOTION_API_URL,
    webhookSecret: values.NOTION_WEBHOOK_SECRET,
    projects: values.NOTION_PROJECTS,
    decisions: values.NOTION_DECISIONS,
  };
  const webhookSecret = values.GITHUB_WEBHOOK_SECRET;
  const tracker = { auth, apiUrl: values.GITHUB_API_URL, webhookSecret, ...values.GITHUB_REPO };
  const web = {
    port: values.PORT,
    workerPort: values.FASEPORT_WORKER_PORT,
    host: values.HOST,
    adminToken: values.FASEPORT_ADMIN_TOKEN,
    drainMs: values.FASEPORT_DRAIN_MS,
  };
  const settings: Settings = {
    board: concealed(board, ["token", "webhookSecret"]),
    tracker: concealed(tracker, ["webhookSecret"]),
    channels: channelSettings(values),
    redisUrl: values.REDIS_URL,
    dataDir: values.FASEPORT_DATA,
    web: concealed(web, ["adminToken"]),
    modelPath: values.FASEPORT_MODEL,
    municipalityPath: values.FASEPORT_KOMMUNE,
    role: values.FASEPORT_ROLE,
    clock: values.FASEPORT_CLOCK,
    logLevel: values.LOG_LEVEL,
  };
  return envelope(settings, ["redisUrl"]);
}

/** The variables that channelSettings is made of. */
export const channelVariables = ["SMTP_URL", "MAIL_FROM", "TEAMS_WEBHOOKS"] as const;

/** The way to the channels outside the board. A mail server without a sender is none. */
export function channelSettings(values: Pick<Values, (typeof channelVariables)[number]>): ChannelSettings {
  const { SMTP_URL: url, MAIL_FROM: from, TEAMS_WEBHOOKS: teams } = values;
  const mail = url !== null && from !== null ? concealed({ url, from }, ["url"]) : null;
  return concealed({ mail, teams: teams ?? new Map<string, string>() }, ["teams"]);
}

const appNames = ["GITHUB_APP_ID", "GITHUB_APP_PRIVATE_KEY", "GITHUB_APP_INSTALLATION_ID"] as const;

/** How to reach GitHub, or what is wrong with what was given. A variable that is there but wrong is told elsewhere. */
function githubAuth(environment: Environment, values: Partial<Values>): GithubAuth | string {
  const isGiven = (name: VariableName) => Boolean(givenIn(environment, name) || givenIn(environment, `${name}_FILE`));
  const ofApp = appNames.filter(isGiven);
  const others = appNames.filter((name) => !isGiven(name));
  if (isGiven("GITHUB_TOKEN") && ofApp.length > 0)
    return `GITHUB_TOKEN and ${ofApp.join(", ")} are set: needs the token or the app, not both`;
  if (isGiven("GITHUB_TOKEN"))
    return concealed({ kind: "token" as const, token: values.GITHUB_TOKEN ?? "" }, ["token"]);
  if (ofApp.length === 0)
    return `GITHUB_TOKEN is missing: needs ${variables.GITHUB_TOKEN.needs}, or ${appNames.join(", ")} instead`;
  if (others.length > 0) return `${others.join(", ")} missing beside ${ofApp.join(", ")}: a GitHub App needs all three`;
  const {
    GITHUB_APP_ID: appId,
    GITHUB_APP_PRIVATE_KEY: privateKey,
    GITHUB_APP_INSTALLATION_ID: installationId,
  } = values;
  const app = {
    kind: "app" as const,
    appId: appId ?? 0,
    privateKey: privateKey ?? "",
    installationId: installationId ?? 0,
  };
  return concealed(app, ["privateKey"]);
}

type Parsed = Readonly<{ values: Partial<Values>; problems: readonly string[] }>;

/** Never puts a value into a problem: what was pasted into the wrong variable may be a secret. */
function parseValues(environment: Environment, names: readonly VariableName[]): Parsed {
  const values: Partial<Record<VariableName, unknown>> = {};
  const problems: string[] = [];
  for (const name of names) {
    const { schema, needs, secret }: Variable = variables[name];
    const given = secret ? secretOf(environment, name) : { text: givenIn(environment, name) };
    const result = schema.safeParse(given.text);
    const also = secret ? ` (or the path of a file that holds it in ${name}_FILE)` : "";
    if (given.problem !== undefined) problems.push(given.problem);
    else if (result.success) values[name] = result.data;
    else
      problems.push(
        `${name} ${given.text === undefined ? "is missing" : "holds something else"}: needs ${needs}${also}`,
      );
  }
  return { values: values as Partial<Values>, problems };
}

type Given = Readonly<{ text?: string | undefined; problem?: string }>;

function secretOf(environment: Environment, name: VariableName): Given {
  const text = givenIn(environment, name);
  const file = givenIn(environment, `${name}_FILE`);
  if (file === undefined) return { text };
  if (text !== undefined) return { problem: `${name} and ${name}_FILE are both set: needs one of them` };
  try {
    const held = readFileSync(resolve(projectRoot, file), "utf8").trim();
    return held === ""
      ? { problem: `${name}_FILE names an empty file: needs a file that holds the secret` }
      : { text: held };
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : "unknown";
    return { problem: `${name}_FILE names a file that cannot be read (${code}): needs a file that this user may read` };
  }
}

/** Without the spaces around it; undefined when nothing is left. */
function givenIn(environment: Environment, name: string): string | undefined {
  return environment[name]?.trim() || undefined;
}

function namesIn(table: typeof variables): readonly VariableName[] {
  return Object.keys(table).filter((name): name is VariableName => name in table);
}
