// SPDX-License-Identifier: EUPL-1.2
/** What setup was asked for on the command line: every answer of the wizard is a flag too. */
import { parseArgs } from "node:util";
import type { VariableName } from "../../src/variables.ts";
import type { Values } from "./env-file.ts";

export const usage = `Usage: npm run setup [-- --dry-run] [-- --yes …]

Makes Faseport ready to start: checks the Notion connection and GitHub, makes what is missing of the board, the labels and
the webhooks, and writes .env and config/kommune.yaml. It shows what it will do and asks first. Nothing is ever deleted or
renamed; run again, it does only what is still missing.

What it asks is not asked when it is given:
  --notion-token T     the connection's secret (NOTION_TOKEN)
  --page P             address or id of the Notion page to make the databases in; the only one shared needs no naming
  --projects ID        take over a data source with the cards that is there (NOTION_PROJECTS)
  --decisions ID       take over a data source with the decisions that is there (NOTION_DECISIONS)
  --repo O/N           the repository with the issues (GITHUB_REPO)
  --github-token T     a GitHub token (GITHUB_TOKEN), or instead of it a GitHub App:
  --github-app-id N --github-app-installation N --github-app-key FILE
  --url U              where Notion and GitHub reach the service, such as https://faseport.example.dk
  --kommune FILE       take over a file with people, bodies and meetings as it is
  --person "K=N[, L]"  somebody: a short key, who it is in Notion (name, e-mail or id), and a GitHub login; repeat
  --secretariat K      key of a person who may change track and bodies; repeat
  --leader K           key of the person to whom reminders are passed on
  --body "K=N"         a body that decides: a short key and its name; repeat
  --approver "B=K[, from[, to]]"  who may tick for a body, by keys, from today unless a date is given; repeat
  --meetings "B=dates" when a body meets: 16.12.2026, 13. januar 2027 and 2027-02-10 are all understood; repeat

How:
  --yes                do it without asking
  --dry-run            say what would be done, and do nothing
  --skip-webhook       do not wait for Notion's verification token now
  --wait MINUTES       how long to wait for it (default and at most 10)
  --env FILE           another file than .env
  --json               the plan as data, and nothing done; no secret is in it
  --help               this text

A secret on a command line stays in the shell's history: rather put it into .env, or answer the question. Variables of
the environment count as answered and are not written to .env. Ends with 0 when all is done or nothing is to be done.`;

const text = { type: "string" } as const;
const texts = { type: "string", multiple: true, default: [] as string[] } as const;
const flag = { type: "boolean", default: false } as const;

const options = {
  "notion-token": text,
  page: text,
  projects: text,
  decisions: text,
  repo: text,
  "github-token": text,
  "github-app-id": text,
  "github-app-installation": text,
  "github-app-key": text,
  url: text,
  kommune: text,
  person: texts,
  secretariat: texts,
  leader: text,
  body: texts,
  approver: texts,
  meetings: texts,
  yes: flag,
  "dry-run": flag,
  "skip-webhook": flag,
  wait: { type: "string", default: "10" },
  env: { type: "string", default: ".env" },
  json: flag,
  help: flag,
} as const;

/** The flags whose answers are variables of the contract. */
const variableOf = {
  "notion-token": "NOTION_TOKEN",
  projects: "NOTION_PROJECTS",
  decisions: "NOTION_DECISIONS",
  repo: "GITHUB_REPO",
  "github-token": "GITHUB_TOKEN",
  "github-app-id": "GITHUB_APP_ID",
  "github-app-installation": "GITHUB_APP_INSTALLATION_ID",
  "github-app-key": "GITHUB_APP_PRIVATE_KEY_FILE",
} as const satisfies Readonly<Record<string, VariableName | `${VariableName}_FILE`>>;

export type Wish = ReturnType<typeof readWish>;

/** Throws what parseArgs throws for a flag that there is not. */
export function readWish(args: readonly string[]) {
  const { values } = parseArgs({ args: [...args], options });
  return values;
}

/** The answers among the flags that belong into .env. */
export function answersIn(wish: Wish): Values {
  const given = Object.entries(variableOf).flatMap(([name, variable]) => {
    const value = wish[name as keyof typeof variableOf]?.trim();
    return value ? [[variable, value] as const] : [];
  });
  return Object.fromEntries(given);
}
