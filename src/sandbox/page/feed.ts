// SPDX-License-Identifier: EUPL-1.2
/**
 * «Hvad Faseport gør lige nu»: the lines the service tells itself, and what its hand has visibly done in the two worlds.
 * People's own acts are not told: they know what they did.
 */
import type { PageObjectResponse } from "@notionhq/client";
import type { Issue } from "../world.ts";
import type { PageWorld } from "./build-view.ts";
import { wordsOf } from "./comment-words.ts";
import { shortTime } from "./danish-dates.ts";
import { nameOf } from "./people-view.ts";
import { readList, readProperty, readText } from "./property-values.ts";
import type { FeedEntry } from "./view.ts";

/** A line of the service's own log: what and why, and the card by its number (INNO-3) or title. Absent `at` (ISO): now. */
export type Told = Readonly<{ text: string; projectId?: string; cardTitle?: string; at?: string }>;

export interface Feed {
  tell(told: Told): void;
  /** Looks at both worlds and tells what the service has changed since the last look. */
  observe(): void;
  /** Newest first. */
  entries(): readonly FeedEntry[];
}

/** Enough to scroll back through a demo; older lines are in the log. */
const KEEP = 120;
/** A line that repeats one of the newest few is the same event seen twice: told by the service, and seen in the world. */
const SAME_EVENT = 12;

export function createFeed(world: PageWorld): Feed {
  let entries: FeedEntry[] = [];
  let count = 0;
  let before = look(world);
  const add = (line: Line) => {
    const at = line.at ?? world.clock.now().toISOString();
    const seen = entries.slice(0, SAME_EVENT).some((it) => it.cardTitle === line.cardTitle && it.text === line.text);
    if (seen) return;
    count += 1;
    const time = shortTime(new Date(at), world.rules.timeZone);
    entries = [{ id: count, at, time, kind: line.kind, cardTitle: line.cardTitle, text: line.text }, ...entries].slice(
      0,
      KEEP,
    );
  };
  return {
    tell({ text, at, projectId = "", cardTitle = titleByNumber(world, projectId) }) {
      add({ kind: "Faseport", text, cardTitle, ...(at === undefined ? {} : { at }) });
    },
    observe() {
      const after = look(world);
      for (const line of differences(world, before, after)) add(line);
      before = after;
    },
    entries: () => entries,
  };
}

type Line = Readonly<{ kind: string; cardTitle: string; text: string; at?: string }>;
type IssueSeen = Readonly<{ issue: Issue; labels: readonly string[] }>;
type Look = Readonly<{
  cards: ReadonlyMap<string, PageObjectResponse>;
  rows: ReadonlyMap<string, PageObjectResponse>;
  issues: ReadonlyMap<number, IssueSeen>;
  comments: ReadonlySet<string>;
  calls: number;
}>;

/** Page objects are made anew by each reading, so two looks can be compared. */
function look(world: PageWorld): Look {
  const { notion, github } = world;
  // A card that was moved away is still spoken to.
  const cards = [...notion.pages(notion.projects), ...notion.pages(notion.elsewhere)];
  const issues = github.issues();
  return {
    cards: new Map(cards.map((card) => [card.id, card])),
    rows: new Map(notion.pages(notion.decisions).map((row) => [row.id, row])),
    issues: new Map(issues.map((issue) => [issue.number, { issue, labels: labelsOf(issue) }])),
    comments: new Set([
      ...cards.flatMap((card) => notion.commentsOf(card.id).map((comment) => comment.id)),
      ...issues.flatMap((issue) => github.commentsOf(issue.number).map((comment) => `issue-${comment.id}`)),
    ]),
    calls: github.calls.length,
  };
}

const labelsOf = (issue: Issue): string[] =>
  issue.labels.map((label) => (typeof label === "string" ? label : (label.name ?? "")));

function differences(world: PageWorld, before: Look, after: Look): readonly Line[] {
  return [
    ...issueLines(world, before, after),
    ...[...after.rows.values()].flatMap((row) => rowLines(world, before.rows.get(row.id), row, after)),
    ...[...after.cards.values()].flatMap((card) => cardLines(world, before, card)),
  ];
}

function cardLines(world: PageWorld, before: Look, card: PageObjectResponse): readonly Line[] {
  const cardTitle = titleOf(world, card);
  const earlier = before.cards.get(card.id);
  const phase = (page: PageObjectResponse) => readText(page.properties[world.rules.card.phase.name]) || "Idébank";
  const moved =
    earlier && phase(earlier) !== phase(card) && card.last_edited_by.id === world.notion.bot.id
      ? [{ kind: "Kort", cardTitle, text: `Satte kortet i ${phase(card)}.` }]
      : [];
  const comments = world.notion
    .commentsOf(card.id)
    .filter((comment) => comment.created_by.id === world.notion.bot.id && !before.comments.has(comment.id))
    .map((comment) => ({ kind: "Besked", cardTitle, text: wordsOf(comment) }));
  return [...moved, ...comments];
}

function rowLines(
  world: PageWorld,
  earlier: PageObjectResponse | undefined,
  row: PageObjectResponse,
  after: Look,
): Line[] {
  if (row.last_edited_by.id !== world.notion.bot.id) return [];
  const { decision } = world.rules;
  const read = (name: string) => readText(row.properties[name]);
  const card = after.cards.get(readList(row.properties[decision.card.name])[0] ?? "");
  if (!card) return [];
  const line = (text: string): Line => ({ kind: "Beslutning", cardTitle: titleOf(world, card), text });
  const [body, gate] = [read(decision.body.name), read(decision.gate.name)];
  if (!earlier) return [line(`Lagde en beslutning frem til ${body}: ${gate}.`)];
  const box = (page: PageObjectResponse) => readProperty(page.properties[decision.box.name]) === true;
  const status = (page: PageObjectResponse) => readText(page.properties[decision.status.name]);
  if (box(earlier) && !box(row)) return [line(`Fjernede fluebenet hos ${body} (${gate}).`)];
  return status(earlier) === status(row) ? [] : [line(`${body}, ${gate}: ${status(row)}.`)];
}

/** An issue shows no last editor: only a change of an issue that the service has just written to is told as the service's. */
function issueLines(world: PageWorld, before: Look, after: Look): readonly Line[] {
  const calls = world.github.calls.slice(before.calls, after.calls);
  const written = calls.filter((call) => call.by === world.github.bot && call.method !== "GET" && call.status < 300);
  if (written.length === 0) return [];
  return [...after.issues.values()].flatMap((seen) => {
    const earlier = before.issues.get(seen.issue.number);
    const path = new RegExp(`/issues/${seen.issue.number}(/|$|\\?)`);
    if (earlier && !written.some((call) => path.test(call.path))) return [];
    const cardTitle = cardTitleOf(world, after, seen.issue);
    return issueTexts(earlier, seen).map((text) => ({ kind: "GitHub", cardTitle, text }));
  });
}

function issueTexts(earlier: IssueSeen | undefined, { issue, labels }: IssueSeen): readonly string[] {
  const name = `opgave #${issue.number}`;
  if (!earlier) return [`Oprettede ${name} i GitHub.`];
  const added = labels.filter((label) => !earlier.labels.includes(label));
  const gone = earlier.labels.filter((label) => !labels.includes(label));
  return [
    ...(added.length > 0 ? [`Satte ${added.join(", ")} på ${name}.`] : []),
    ...(gone.length > 0 ? [`Fjernede ${gone.join(", ")} fra ${name}.`] : []),
    ...(earlier.issue.state === issue.state
      ? []
      : [issue.state === "closed" ? `Lukkede ${name}.` : `Genåbnede ${name}.`]),
  ];
}

function cardTitleOf(world: PageWorld, seen: Look, issue: Issue): string {
  const card = [...seen.cards.values()].find(
    (it) => readText(it.properties[world.rules.card.task.name]) === issue.html_url,
  );
  return card ? titleOf(world, card) : issue.title;
}

function titleByNumber(world: PageWorld, number: string): string {
  const { notion, rules } = world;
  const cards = notion.pages(notion.projects);
  const card = cards.find((it) => readText(it.properties[rules.card.projectId.name]) === number);
  return card ? titleOf(world, card) : number;
}

function titleOf(world: PageWorld, card: PageObjectResponse): string {
  const title = readText(card.properties[world.rules.card.title.name]);
  return title || `Uden titel (${nameOf(world, card.created_by.id)})`;
}
