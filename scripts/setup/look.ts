// SPDX-License-Identifier: EUPL-1.2
/** What there is on both sides already. Reads only. */
import type { DataSourceObjectResponse } from "@notionhq/client";
import type { NotionAdministration } from "../../src/board/notion/administration.ts";
import { capabilityAdvice, fullAdvice } from "../../src/board/notion/capabilities.ts";
import type { SharedPage } from "../../src/board/notion/shared.ts";
import { sourceTitles } from "../../src/board/notion/wanted.ts";
import type { Model } from "../../src/model/model.ts";
import type { GithubAdministration } from "../../src/tracker/github/administration.ts";
import { type Hook, hookEvent } from "../../src/tracker/github/plan-hook.ts";

export type FoundSource = Readonly<{ id: string; title: string; schema: DataSourceObjectResponse }>;

export type Found = Readonly<{
  workspace: string;
  /** null: none is needed, or which one is not clear (an obstacle). */
  page: SharedPage | null;
  projects: FoundSource | null;
  decisions: FoundSource | null;
  hasBoard: boolean;
  labels: readonly string[];
  /** null: not for the token to see. */
  hooks: readonly Hook[] | null;
  isApp: boolean;
  /** Whether the app is subscribed to the events that the service reads. */
  isAppTold: boolean;
  obstacles: readonly string[];
}>;

export type LookWish = Readonly<{
  notion: NotionAdministration;
  github: GithubAdministration;
  model: Model;
  /** Ids that are given; null: the data sources are looked for by their titles. */
  projects: string | null;
  decisions: string | null;
  page: string | null;
}>;

export async function look({ notion, github, model, ...given }: LookWish): Promise<Found> {
  const { workspace } = await notion.self();
  const allowed = await notion.lacking();
  const lacking = [
    ...allowed.lacking.map((it) => `the Notion connection may not ${it}. ${capabilityAdvice}`),
    ...(allowed.isFull ? [`Notion: ${fullAdvice}`] : []),
  ];
  // What follows needs these two; without them the rest cannot be looked at, and is not guessed.
  const isBlind = lacking.some((it) => /may not (read|update) content/u.test(it));
  const nothing = { id: null, obstacles: [] };
  const projects = isBlind ? nothing : await chosen(notion, "projects", given.projects);
  const decisions = isBlind ? nothing : await chosen(notion, "decisions", given.decisions);
  const isMade = projects.id === null || decisions.id === null;
  const place = isMade && !isBlind ? await placeFor(notion, given.page) : { page: null, obstacles: [] };
  const [cards, rows] = [await sourceOf(notion, projects.id), await sourceOf(notion, decisions.id)];
  const tracker = await lookAtTracker(github);
  return {
    workspace,
    page: place.page,
    projects: cards,
    decisions: rows,
    hasBoard: cards !== null && (await boardIn(notion, cards, model)),
    ...tracker,
    obstacles: [...lacking, ...projects.obstacles, ...decisions.obstacles, ...place.obstacles, ...tracker.obstacles],
  };
}

type Chosen = Readonly<{ id: string | null; obstacles: readonly string[] }>;

/**
 * The data source that is given, or the only one of the title: an earlier setup that was broken off has made it. Two of
 * them are a person's to choose from.
 */
async function chosen(
  notion: NotionAdministration,
  key: "projects" | "decisions",
  given: string | null,
): Promise<Chosen> {
  if (given !== null) return { id: given, obstacles: [] };
  const [first, ...others] = await notion.sourcesCalled(sourceTitles[key]);
  if (first === undefined) return { id: null, obstacles: [] };
  if (others.length === 0) return { id: first, obstacles: [] };
  const all = [first, ...others].join(", ");
  return {
    id: null,
    obstacles: [`there is more than one «${sourceTitles[key]}» in Notion: say which one with --${key} (${all})`],
  };
}

async function placeFor(
  notion: NotionAdministration,
  given: string | null,
): Promise<Readonly<{ page: SharedPage | null; obstacles: readonly string[] }>> {
  const pages = await notion.sharedPages();
  const page = given === null ? (pages.length === 1 ? pages[0] : undefined) : pages.find(({ id }) => id === given);
  if (page) return { page, obstacles: [] };
  const share = "Open a page in Notion, ··· → Connections, and add the connection";
  if (pages.length === 0) return { page: null, obstacles: [`no page is shared with the Notion connection. ${share}`] };
  const choice = pages.map(({ id, title }) => `«${title}» ${id}`).join(", ");
  if (given === null)
    return { page: null, obstacles: [`say with --page in which page the databases are to be made: ${choice}`] };
  return {
    page: null,
    obstacles: [`the page ${given} is not shared with the Notion connection. ${share}, or choose another: ${choice}`],
  };
}

async function sourceOf(notion: NotionAdministration, id: string | null): Promise<FoundSource | null> {
  if (id === null) return null;
  const schema = await notion.source(id);
  return { id, title: schema.title.map((it) => it.plain_text).join(""), schema };
}

async function boardIn(notion: NotionAdministration, { schema }: FoundSource, { rules }: Model): Promise<boolean> {
  const phase = schema.properties[rules.card.phase.name];
  if (!phase || schema.parent.type !== "database_id") return false;
  return notion.hasBoard(schema.parent.database_id, phase.id);
}

async function lookAtTracker(github: GithubAdministration) {
  const repository = await github.look();
  const app = await github.app();
  const obstacles = [
    ...(repository.hasIssues ? [] : [`${repository.name} has no issues: Settings → General → Features → Issues`]),
    ...(repository.isArchived ? [`${repository.name} is archived and cannot be written to`] : []),
    ...((await github.mayWrite())
      ? []
      : [
          `GitHub: issues and labels of ${repository.name} may not be written. Give the token or the app «Issues: read and write»`,
        ]),
    ...(app && app.permissions.issues !== "write"
      ? ["the GitHub App lacks the permission Issues: read and write"]
      : []),
  ];
  return {
    labels: await github.labels(),
    hooks: app ? [] : await github.hooks(),
    isApp: app !== null,
    isAppTold: app?.events.includes(hookEvent) ?? false,
    obstacles,
  };
}
