// SPDX-License-Identifier: EUPL-1.2
/** One run of setup: plan first, show it, then do it. */
import { randomBytes } from "node:crypto";
import { resolve } from "node:path";
import { administerNotion } from "../../src/board/notion/administration.ts";
import { type Environment, parseGithubAuth, parseSome } from "../../src/config.ts";
import { Permanent } from "../../src/core/errors.ts";
import { clockOf } from "../../src/service/clock.ts";
import { administerGithub } from "../../src/tracker/github/administration.ts";
import { hookPath, ownHooks } from "../../src/tracker/github/plan-hook.ts";
import { projectRoot } from "../../src/variables.ts";
import { apply } from "./apply.ts";
import type { Ask } from "./ask.ts";
import { envChanges, mergeEnv, modes, readText, readValues, type Values, writePrivately } from "./env-file.ts";
import { type Basics, baseUrl, basics, type Known, knownFrom, missing, pageId } from "./known.ts";
import { bodiesInRules, isKommuneGiven, kommuneOf } from "./kommune.ts";
import { type Found, look } from "./look.ts";
import { byHand, isDone, type Plan, planSetup, steps } from "./plan.ts";
import { askForAddress, askForBasics, askForKommune, type Reach } from "./questions.ts";
import { catchToken } from "./webhook.ts";
import { answersIn, type Wish } from "./wish.ts";

type Say = (line: string) => void;

export type Around = Readonly<{
  /** What is given beside .env. */
  environment: Environment;
  /** One line, or several, for the administrator. */
  say: Say;
  /** Asks a person; null: there is nobody to ask. */
  ask: Ask | null;
}>;

/** The .env file of this run. A copy of what was there is made once, before the first change. */
function envFile(path: string, say: Say) {
  let copied: string | null = null;
  const values = () => readValues(readText(path));
  return {
    values,
    text: () => readText(path),
    keep(wanted: Values): void {
      const changes = envChanges(readText(path), wanted);
      if (changes.length === 0) return;
      const copy = writePrivately(path, mergeEnv(readText(path), changes), modes.secret, copied === null, new Date());
      copied ??= copy ?? "";
      if (copy !== null) say(`${path} was kept as ${copy}`);
    },
  };
}

type EnvFile = ReturnType<typeof envFile>;

/**
 * Plans, shows the plan, and does it. Answers the exit code. Throws what an administrator can act on: Permanent,
 * SettingsError, ModelError; and RetryLater, Refused for what a remote side says.
 */
export async function setup(wish: Wish, { environment, say, ask }: Around): Promise<number> {
  const env = envFile(resolve(projectRoot, wish.env), say);
  const given = knownFrom(answersIn(wish), environment, env.values());
  const answers = { ...answersIn(wish), ...(ask === null ? {} : await askForBasics(given, ask, reaching(given))) };
  const known = knownFrom(answers, environment, env.values());
  const lacking = missing(known);
  if (lacking.length > 0) throw new Permanent(["Setup needs to be told:", ...lacking].join("\n  "));
  const settings = basics(known);
  const { NOTION_TOKEN: token, NOTION_API_URL: apiUrl } = settings;
  const notion = administerNotion({ token, apiUrl });
  const github = await administerGithub({
    auth: settings.auth,
    apiUrl: settings.GITHUB_API_URL,
    ...settings.GITHUB_REPO,
  });
  const today = (await clockOf(settings.FASEPORT_CLOCK)()).toISOString().slice(0, 10);
  const asked =
    ask === null || isKommuneGiven(settings, wish)
      ? null
      : await askForKommune(ask, {
          users: await notion.users(),
          logins: await github.assignees(),
          today,
          inRules: bodiesInRules(settings),
        });
  const kommune = await kommuneOf({ settings, wish, answers: asked, users: notion.users, today });
  const { model } = kommune;
  const page = wish.page === undefined ? null : pageId(wish.page);
  const found = await look({ notion, github, model, projects: settings.projects, decisions: settings.decisions, page });
  const wanted = { ...answers, ...generated(known) };
  const url = await addressOf(wish, known, found, ask);
  const plan = planSetup({
    model,
    found,
    url,
    isHookSecretKnown: known.isGiven("GITHUB_WEBHOOK_SECRET"),
    webhook: known.isGiven("NOTION_WEBHOOK_SECRET") ? "kept" : wish["skip-webhook"] ? "skipped" : "catch",
    env: envChanges(env.text(), wanted),
    kommune: kommune.changes,
  });
  if (wish.json) return showAsData(plan, say);
  show(plan, found.workspace, say);
  if (plan.obstacles.length === 0 && isDone(plan)) return 0;
  if (!(await isAgreed(plan, wish, { ask, say }))) {
    const keep = () => {
      kommune.write();
      env.keep(answers);
    };
    if (!wish["dry-run"] && ask && asked) await offerToKeep(ask, keep);
    return plan.obstacles.length > 0 ? 1 : 0;
  }
  kommune.write();
  env.keep(wanted);
  await apply(plan, { notion, github, model, keep: env.keep, hookSecret: hookSecretOf(wanted, known), tell: say });
  if (plan.webhook === "catch") await catchOne(settings, wish, env, url, say);
  say("\nSetup is done. npm run doctor looks at everything; npm start starts the service.");
  return 0;
}

function showAsData(plan: Plan, say: Say): number {
  const { obstacles } = plan;
  say(JSON.stringify({ done: isDone(plan), steps: steps(plan), byHand: byHand(plan), obstacles }, null, 2));
  return obstacles.length > 0 ? 1 : 0;
}

/** Whether the plan is to be carried out. */
async function isAgreed(plan: Plan, wish: Wish, { ask, say }: Pick<Around, "ask" | "say">): Promise<boolean> {
  if (plan.obstacles.length > 0) return false;
  if (wish["dry-run"]) {
    say("\nNothing was done (--dry-run).");
    return false;
  }
  if (wish.yes) return true;
  if (ask === null) throw new Permanent("Nothing was done. Say --yes to have it done without being asked");
  if (await ask.confirm("Do this?")) return true;
  say("Nothing was done.");
  return false;
}

/** Whoever has answered twenty questions is not asked them again because a page was not shared. */
async function offerToKeep(ask: Ask, keep: () => void): Promise<void> {
  if (await ask.confirm("Keep your answers in .env and the municipality's file, for the next time?")) keep();
}

/** How an answer is tried, with all else as it is known. */
function reaching({ environment }: Known): Reach {
  const { NOTION_API_URL, GITHUB_API_URL } = parseSome(environment, ["NOTION_API_URL", "GITHUB_API_URL"]);
  return {
    notion: ({ NOTION_TOKEN: token = "" }) => administerNotion({ token, apiUrl: NOTION_API_URL }).self(),
    github(answers) {
      const all = { ...environment, ...answers };
      const { GITHUB_REPO } = parseSome(all, ["GITHUB_REPO"]);
      return administerGithub({ auth: parseGithubAuth(all), apiUrl: GITHUB_API_URL, ...GITHUB_REPO });
    },
  };
}

/**
 * Where the service is reached from outside: as it was said, or where the webhook leads that an earlier run has made; else it
 * is asked for. null: nobody has to know.
 */
async function addressOf({ url }: Wish, { isGiven }: Known, { hooks }: Found, ask: Ask | null): Promise<string | null> {
  if (url !== undefined) return baseUrl(url);
  const isMade = isGiven("GITHUB_WEBHOOK_SECRET");
  const [hook] = isMade ? ownHooks(hooks ?? [], null) : [];
  if (hook) return hook.url.slice(0, -hookPath.length);
  return ask === null || (isMade && isGiven("NOTION_WEBHOOK_SECRET")) ? null : baseUrl(await askForAddress(ask));
}

/** While a secret is changed two stand there, the new one first. */
function hookSecretOf({ GITHUB_WEBHOOK_SECRET: made }: Values, { environment }: Known): string {
  const secret = made ?? parseSome(environment, ["GITHUB_WEBHOOK_SECRET"]).GITHUB_WEBHOOK_SECRET;
  return secret.split(",")[0]?.trim() ?? secret;
}

/** What nobody has to think of. */
function generated({ isGiven }: Known): Values {
  const random = () => randomBytes(32).toString("base64url");
  return {
    ...(isGiven("GITHUB_WEBHOOK_SECRET") ? {} : { GITHUB_WEBHOOK_SECRET: random() }),
    ...(isGiven("FASEPORT_ADMIN_TOKEN") ? {} : { FASEPORT_ADMIN_TOKEN: random() }),
  };
}

function show(plan: Plan, workspace: string, say: Say): void {
  say(`Notion workspace: ${workspace}`);
  const lines = steps(plan);
  if (plan.obstacles.length > 0) {
    say("\nThis has to be put right first:");
    for (const line of plan.obstacles) say(`  - ${line}`);
    return;
  }
  if (lines.length === 0) say("Everything is as it should be: nothing to do.");
  else {
    say("\nSetup will:");
    for (const line of lines) say(`  - ${line}`);
  }
  const left = byHand(plan);
  if (left.length === 0) return;
  say("\nLeft for you to do:");
  for (const line of left) say(`  - ${line}`);
}

async function catchOne(
  { PORT: port, HOST: host }: Basics,
  wish: Wish,
  env: EnvFile,
  url: string | null,
  say: Say,
): Promise<void> {
  const minutes = Math.min(10, Math.max(0.01, Number(wish.wait) || 10));
  const token = await catchToken({ place: { port, host }, minutes, url, say });
  if (token !== null) env.keep({ NOTION_WEBHOOK_SECRET: token });
}
