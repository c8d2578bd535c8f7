// SPDX-License-Identifier: EUPL-1.2
/** Between a task in domain words and an issue in GitHub's: pure, one table for each direction. */
import type { RestEndpointMethodTypes } from "@octokit/rest";
import { plainLine } from "../../core/plain-text.ts";
import type { TaskChange, TaskSeen, TaskWanted } from "../tracker.ts";
import { putBlock, renderBlock } from "./block.ts";

export type Issue = RestEndpointMethodTypes["issues"]["get"]["response"]["data"];
type Update = RestEndpointMethodTypes["issues"]["update"]["parameters"];
export type IssuePatch = Pick<Update, "title" | "body" | "labels" | "assignees" | "state" | "state_reason">;

/** GitHub's limits. */
const TITLE = 256;
const ASSIGNEES = 10;

export function taskOf(issue: Issue): TaskSeen {
  return {
    id: issue.id,
    number: issue.number,
    url: issue.html_url,
    title: issue.title,
    body: issue.body ?? "",
    labels: issue.labels.map((it) => (typeof it === "string" ? it : (it.name ?? ""))),
    closed: closedOf(issue),
    assignees: (issue.assignees ?? []).map((it) => it.login),
    author: { login: issue.user?.login ?? "", isPerson: issue.user?.type === "User" },
  };
}

function closedOf({ state, state_reason: reason }: Issue): TaskSeen["closed"] {
  if (state !== "closed") return null;
  return reason === "completed" || reason === "not_planned" ? reason : "other";
}

export type NewIssue = { title: string; body: string; labels: string[]; assignees?: string[] };

export function newIssue(wanted: TaskWanted): NewIssue {
  const assignees = wanted.assignees.slice(0, ASSIGNEES);
  return {
    title: titleOf(wanted),
    body: renderBlock(wanted),
    labels: [...wanted.labels],
    ...(assignees.length > 0 ? { assignees } : {}),
  };
}

/** What differs between an issue and what is wanted of it; null when nothing does. */
export function patchFor(seen: TaskSeen, wanted: TaskWanted): IssuePatch | null {
  const title = titleOf(wanted);
  const body = putBlock(seen.body, wanted.card, renderBlock(wanted));
  const labels = mergedLabels(seen.labels, wanted);
  const assignees = mergedAssignees(seen.assignees, wanted);
  const patch: IssuePatch = {
    ...(title === seen.title ? {} : { title }),
    ...(body === seen.body ? {} : { body }),
    ...(sameNames(labels, seen.labels) ? {} : { labels }),
    ...(sameNames(assignees, seen.assignees) ? {} : { assignees }),
    ...(wanted.closed === seen.closed ? {} : stateOf(wanted.closed)),
  };
  return Object.keys(patch).length === 0 ? null : patch;
}

/** What a patch changes, in the port's words. */
export function changesOf({ title, body, labels, assignees, state }: IssuePatch): readonly TaskChange[] {
  return [
    ...(title === undefined ? [] : (["title"] as const)),
    ...(body === undefined ? [] : (["text"] as const)),
    ...(labels === undefined ? [] : (["labels"] as const)),
    ...(assignees === undefined ? [] : (["assignees"] as const)),
    ...(state === undefined ? [] : ([state === "open" ? "reopen" : "close"] as const)),
  ];
}

function titleOf({ title }: TaskWanted): string {
  return plainLine(title, TITLE);
}

function stateOf(closed: TaskWanted["closed"]): Pick<IssuePatch, "state" | "state_reason"> {
  return closed === null ? { state: "open" } : { state: "closed", state_reason: closed };
}

/** Labels that are not the service's own are kept, in their order (I10). */
function mergedLabels(seen: readonly string[], { labels, ownLabels }: TaskWanted): string[] {
  const own = folded([...ownLabels, ...labels]);
  return [...seen.filter((name) => !own.has(fold(name))), ...labels];
}

/** Assignees that the service did not set are kept, and come first when there are more than GitHub takes. */
function mergedAssignees(seen: readonly string[], { assignees, formerAssignees }: TaskWanted): string[] {
  const former = folded(formerAssignees);
  const kept = seen.filter((login) => !former.has(fold(login)));
  const there = folded(kept);
  return [...kept, ...assignees.filter((login) => !there.has(fold(login)))].slice(0, ASSIGNEES);
}

function sameNames(one: readonly string[], other: readonly string[]): boolean {
  return folded(one).symmetricDifference(folded(other)).size === 0;
}

/** A repository has no two labels, and GitHub no two logins, that differ only in case. */
function folded(names: readonly string[]): Set<string> {
  return new Set(names.map(fold));
}

function fold(name: string): string {
  return name.toLowerCase();
}
