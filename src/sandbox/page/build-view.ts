// SPDX-License-Identifier: EUPL-1.2
/** Builds the view from the two worlds as they stand: a reading, nothing is remembered between two views. */
import type { CommentObjectResponse, PageObjectResponse } from "@notionhq/client";
import type { Municipality } from "../../model/municipality.ts";
import type { Rules } from "../../model/rules.ts";
import type { GithubWorld, Issue, IssueComment, NotionWorld, SandboxClock } from "../world.ts";
import { clockSteps } from "./clock-steps.ts";
import { commentParts } from "./comment-words.ts";
import { longDate, plainDate, shortTime, timeOfDay } from "./danish-dates.ts";
import type { Downtime } from "./downtime.ts";
import { cardFields, decisionFields, fieldGroups, optionsOf } from "./form.ts";
import { markdownText } from "./markdown-text.ts";
import { nameOf, people } from "./people-view.ts";
import { readList, readProperty, readText } from "./property-values.ts";
import { sentMessages } from "./sent.ts";
import type { CardView, ColumnView, CommentView, DecisionView, FeedEntry, FieldView, IssueView, View } from "./view.ts";

/** Everything the page stands on. */
export type PageWorld = Readonly<{
  notion: NotionWorld;
  github: GithubWorld;
  clock: SandboxClock;
  rules: Rules;
  municipality: Municipality;
  /** The login that acts for the developers. */
  developer: string;
  /** null: there is no process of the service to end. */
  downtime: Downtime | null;
}>;

/** What the service writes when nothing is missing, in either language. */
const nothing = new Set(["", "Intet", "Nothing"]);
const IDEAS: ColumnView = { phase: "", title: "Idébank", purpose: "Idéer, der venter på et ja til at gå i gang." };

export function buildView(world: PageWorld, version: number, feed: readonly FeedEntry[]): View {
  const { rules, notion, github } = world;
  const source = notion.dataSource(notion.projects);
  const fields = cardFields(rules, source);
  const rowFields = decisionFields(rules, notion.dataSource(notion.decisions));
  const now = world.clock.now();
  return {
    version,
    today: longDate(now, rules.timeZone),
    time: timeOfDay(now, rules.timeZone),
    steps: clockSteps({ municipality: world.municipality, timeZone: rules.timeZone, now }),
    service: world.downtime?.state() ?? null,
    people: people(world.municipality),
    columns: columns(rules, optionsOf(source, rules.card.phase.name)),
    groups: fieldGroups(fields),
    decisionFields: rowFields,
    names: names(rules),
    developer: world.developer,
    repo: github.repo,
    phaseLabels: rules.phases.map((phase) => phase.label),
    labels: knownLabels(rules, github.issues()),
    cards: cards(world, fields, rowFields),
    trash: offBoard(
      world,
      notion.pages(notion.projects).filter((page) => page.in_trash),
    ),
    elsewhere: {
      name: notion
        .dataSource(notion.elsewhere)
        .title.map((part) => part.plain_text)
        .join(""),
      cards: offBoard(world, notion.pages(notion.elsewhere)),
    },
    sent: sentMessages(world),
    feed,
  };
}

function names(rules: Rules): View["names"] {
  const { title, phase, track, missing, approvals, wish } = rules.card;
  return {
    title: title.name,
    phase: phase.name,
    track: track.name,
    box: rules.decision.box.name,
    item: rules.decision.item.name,
    missing: missing.name,
    approvals: approvals.name,
    wish: wish.name,
  };
}

/** The board's own options, so that a column somebody adds or renames in Notion is here too. */
function columns(rules: Rules, options: readonly string[]): readonly ColumnView[] {
  const purposes = new Map(rules.phases.map((phase) => [phase.name, phase.purpose]));
  return [IDEAS, ...options.map((phase) => ({ phase, title: phase, purpose: purposes.get(phase) ?? "" }))];
}

/** The labels a developer can choose between: the model's, and those already in use. */
function knownLabels(rules: Rules, issues: readonly Issue[]): readonly string[] {
  const own = [...rules.phases, ...rules.tracks].map((it) => it.label);
  const used = issues.flatMap(labelsOf);
  return [...new Set([...own, ...Object.values(rules.labels), ...used, "bug", "dokumentation"])];
}

const labelsOf = (issue: Issue): string[] =>
  issue.labels.map((label) => (typeof label === "string" ? label : (label.name ?? ""))).filter((name) => name !== "");

function cards(world: PageWorld, fields: readonly FieldView[], rowFields: readonly FieldView[]): readonly CardView[] {
  const { notion, github, rules } = world;
  const rows = notion.pages(notion.decisions).filter((row) => !row.in_trash);
  const issues = new Map(github.issues().map((issue) => [issue.html_url, issue]));
  return notion
    .pages(notion.projects)
    .filter((page) => !page.in_trash)
    .map((page) => {
      const own = rows.filter((row) => readList(row.properties[rules.decision.card.name]).includes(page.id));
      const issue = issues.get(readText(page.properties[rules.card.task.name]));
      return {
        ...cardFace(world, page),
        values: valuesOf(page, fields),
        service: serviceFields(rules, page),
        decisions: own.map((row) => decision(world, row, rowFields)),
        comments: notion.commentsOf(page.id).map((comment) => pageComment(world, comment)),
        issue: issue ? issueView(world, issue) : null,
      };
    })
    .sort((a, b) => Number(a.parked) - Number(b.parked) || a.number.localeCompare(b.number, "da", { numeric: true }));
}

function offBoard(world: PageWorld, pages: readonly PageObjectResponse[]): View["trash"] {
  return pages.map((page) => cardFace(world, page)).map(({ id, number, title }) => ({ id, number, title }));
}

type Face = Omit<CardView, "values" | "service" | "decisions" | "comments" | "issue">;

function cardFace(world: PageWorld, page: PageObjectResponse): Face {
  const { card, states } = world.rules;
  const read = (name: string) => readText(page.properties[name]);
  const state = read(card.state.name);
  const missing = read(card.missing.name);
  return {
    id: page.id,
    number: read(card.projectId.name),
    title: read(card.title.name) || "Uden titel",
    phase: read(card.phase.name),
    state,
    parked: state === states.parked,
    closed: state === states.closed,
    track: read(card.track.name),
    bodies: readList(page.properties[card.bodies.name]),
    owners: readList(page.properties[card.owner.name]).map((id) => nameOf(world, id)),
    missing: nothing.has(missing) ? "" : missing,
    approvals: read(card.approvals.name),
    wish: read(card.wish.name),
  };
}

function valuesOf(page: PageObjectResponse, fields: readonly FieldView[]): CardView["values"] {
  return Object.fromEntries(fields.map((field) => [field.name, readProperty(page.properties[field.name])]));
}

function serviceFields(rules: Rules, page: PageObjectResponse): CardView["service"] {
  return Object.values(rules.card)
    .filter((property) => property.owner === "service" && property.type !== "relation" && property.type !== "unique_id")
    .map((property) => ({ name: property.name, text: readText(page.properties[property.name]) }))
    .map(({ name, text }) => ({ name, text: name === rules.card.nextMeasurement.name ? dateText(rules, text) : text }))
    .filter(({ text }) => text !== "");
}

const dateText = (rules: Rules, iso: string) => (iso === "" ? "" : plainDate(iso, rules.timeZone));

function decision(world: PageWorld, row: PageObjectResponse, fields: readonly FieldView[]): DecisionView {
  const { decision: props, decisionStatus: status, timeZone } = world.rules;
  const read = (name: string) => readText(row.properties[name]);
  const by = readList(row.properties[props.registeredBy.name]).map((id) => nameOf(world, id));
  const at = read(props.registeredAt.name);
  return {
    id: row.id,
    gate: read(props.gate.name),
    body: read(props.body.name),
    question: read(props.question.name),
    status: read(props.status.name),
    settled: [status.used, status.void, status.expired].includes(read(props.status.name)),
    registered: by.length > 0 ? `${by.join(" og ")}${at ? `, ${plainDate(at, timeZone)}` : ""}` : "",
    values: valuesOf(row, fields),
  };
}

function pageComment(world: PageWorld, comment: CommentObjectResponse): CommentView {
  return {
    id: comment.id,
    author: nameOf(world, comment.created_by.id),
    byService: comment.created_by.id === world.notion.bot.id,
    at: shortTime(new Date(comment.created_time), world.rules.timeZone),
    parts: commentParts(comment),
  };
}

function issueView(world: PageWorld, issue: Issue): IssueView {
  return {
    number: issue.number,
    url: issue.html_url,
    title: issue.title,
    body: markdownText(issue.body ?? ""),
    open: issue.state === "open",
    reason: issue.state_reason ?? null,
    labels: labelsOf(issue),
    comments: world.github.commentsOf(issue.number).map((comment) => issueComment(world, comment)),
  };
}

function issueComment(world: PageWorld, comment: IssueComment): CommentView {
  const author = comment.user?.login ?? "ukendt";
  return {
    id: String(comment.id),
    author,
    byService: author === world.github.bot,
    at: shortTime(new Date(comment.created_at), world.rules.timeZone),
    parts: [{ text: markdownText(comment.body ?? ""), kind: "text" }],
  };
}
