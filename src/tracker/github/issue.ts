// SPDX-License-Identifier: EUPL-1.2
/** Between a task in domain words and an issue in GitHub's: pure, one table for each direction. */
import type { RestEndpointMethodTypes } from "@octokit/rest";
import type { TaskSeen, TaskWanted } from "../tracker.ts";
import { putBlock, renderBlock } from "./block.ts";
import { plainLine } from "./inert.ts";

export type Issue = RestEndpointMethodTypes["issues"]["get"]["response"]["data"];
type Update = RestEndpointMethodTypes["issues"]["update"]["parameters"];
export type IssuePatch = Pick<Update, "title" | "body" | "labels" | "state" | "state_reason">;

/** GitHub's limit. */
const TITLE = 256;

export function taskOf(issue: Issue): TaskSeen {
  return {
    id: issue.id,
    number: issue.number,
    url: issue.html_url,
    title: issue.title,
    body: issue.body ?? "",
    labels: issue.labels.map((it) => (typeof it === "string" ? it : (it.name ?? ""))),
    closed: closedOf(issue),
  };
}

function closedOf({ state, state_reason: reason }: Issue): TaskSeen["closed"] {
  if (state !== "closed") return null;
  return reason === "completed" || reason === "not_planned" ? reason : "other";
}

export function newIssue(wanted: TaskWanted): { title: string; body: string; labels: string[] } {
  return { title: titleOf(wanted), body: renderBlock(wanted), labels: [...wanted.labels] };
}

/** What differs between an issue and what is wanted of it; null when nothing does. */
export function patchFor(seen: TaskSeen, wanted: TaskWanted): IssuePatch | null {
  const title = titleOf(wanted);
  const body = putBlock(seen.body, wanted.card, renderBlock(wanted));
  const labels = mergedLabels(seen.labels, wanted);
  const patch: IssuePatch = {
    ...(title === seen.title ? {} : { title }),
    ...(body === seen.body ? {} : { body }),
    ...(sameNames(labels, seen.labels) ? {} : { labels }),
    ...(wanted.closed === seen.closed ? {} : stateOf(wanted.closed)),
  };
  return Object.keys(patch).length === 0 ? null : patch;
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

function sameNames(one: readonly string[], other: readonly string[]): boolean {
  return folded(one).symmetricDifference(folded(other)).size === 0;
}

/** A repository has no two labels that differ only in case. */
function folded(names: readonly string[]): Set<string> {
  return new Set(names.map(fold));
}

function fold(name: string): string {
  return name.toLowerCase();
}
