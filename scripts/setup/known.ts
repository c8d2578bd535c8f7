// SPDX-License-Identifier: EUPL-1.2
/** What is known before anything is asked: answers first, then the environment, then .env; and what is still missing. */
import { type Environment, parseGithubAuth, parseSome } from "../../src/config.ts";
import { Permanent } from "../../src/core/errors.ts";
import type { Values } from "./env-file.ts";

export type Known = Readonly<{
  /** Everything of the contract that is given, wherever. */
  environment: Environment;
  isGiven(name: string): boolean;
}>;

export function knownFrom(answers: Values, process: Environment, file: Values): Known {
  const environment: Record<string, string | undefined> = { ...file };
  for (const [name, value] of Object.entries(process)) if (value?.trim()) environment[name] = value;
  Object.assign(environment, answers);
  return {
    environment,
    isGiven: (name) => Boolean(environment[name]?.trim() || environment[`${name}_FILE`]?.trim()),
  };
}

const github = ["GITHUB_TOKEN", "GITHUB_APP_ID"] as const;

/** What setup cannot do without, each with the flag that gives it. */
export function missing({ isGiven }: Known): readonly string[] {
  return [
    ...(isGiven("NOTION_TOKEN")
      ? []
      : ["--notion-token (or NOTION_TOKEN in .env): the secret on the connection's page in Notion"]),
    ...(github.some(isGiven)
      ? []
      : ["--github-token (or GITHUB_TOKEN in .env), or the three --github-app flags: how GitHub is reached"]),
    ...(isGiven("GITHUB_REPO") ? [] : ["--repo owner/name (or GITHUB_REPO in .env): the repository with the issues"]),
  ];
}

const always = [
  "NOTION_TOKEN",
  "NOTION_API_URL",
  "GITHUB_API_URL",
  "GITHUB_REPO",
  "FASEPORT_MODEL",
  "FASEPORT_KOMMUNE",
] as const;
const place = ["PORT", "HOST", "FASEPORT_CLOCK"] as const;

export type Basics = ReturnType<typeof basics>;

/** The settings that setup works with. Throws SettingsError for whatever is given wrongly. */
export function basics({ environment, isGiven }: Known) {
  const settings = parseSome(environment, [...always, ...place]);
  const id = (name: "NOTION_PROJECTS" | "NOTION_DECISIONS") =>
    isGiven(name) ? parseSome(environment, [name])[name] : null;
  return {
    ...settings,
    auth: parseGithubAuth(environment),
    projects: id("NOTION_PROJECTS"),
    decisions: id("NOTION_DECISIONS"),
  };
}

export function isAddress(given: string): boolean {
  return /^https?:$/u.test(URL.parse(given)?.protocol ?? "");
}

/** A public address, without a slash at its end. Throws Permanent for what is none. */
export function baseUrl(given: string): string {
  const url = URL.parse(given);
  if (!url || !isAddress(given))
    throw new Permanent(`--url needs an address such as https://faseport.example.dk, not «${given}»`);
  return `${url.origin}${url.pathname}`.replace(/\/+$/u, "");
}

/** The id in a Notion address, or the id itself, with hyphens. Throws Permanent for what holds none. */
export function pageId(given: string): string {
  const hex = /([0-9a-f]{32})(?:[?#].*)?$/iu.exec(given.trim().replaceAll("-", ""))?.[1]?.toLowerCase();
  if (hex === undefined) throw new Permanent(`--page needs the address or the id of a Notion page, not «${given}»`);
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/u, "$1-$2-$3-$4-$5");
}
