// SPDX-License-Identifier: EUPL-1.2
/** Which issues a list request asks for, and in which order. */

import { sinceOf } from "./pages.ts";
import { sameLogin } from "./people.ts";
import type { IssueRecord } from "./records.ts";
import { validationFailed } from "./replies.ts";

type Test = (issue: IssueRecord) => boolean;

/** Parameters that GitHub knows and the stand-in does not: silence would be a wrong answer. */
const notOffered = ["milestone", "assignee", "mentioned", "type"];

const sortKeys = {
  created: (issue: IssueRecord) => issue.createdAt,
  updated: (issue: IssueRecord) => issue.updatedAt,
} as const;

/** Gone issues are never listed; without `state` only open ones are. */
export function listed(url: URL, issues: readonly IssueRecord[]): IssueRecord[] {
  for (const field of notOffered) {
    if (url.searchParams.has(field)) throw validationFailed({ resource: "Issue", code: "invalid", field });
  }
  const tests = [byState(url), byCreator(url), byLabels(url), bySince(url)];
  const found = issues.filter((issue) => issue.gone === null && tests.every((test) => test(issue)));
  return sorted(url, found);
}

function byState(url: URL): Test {
  const state = oneOf(url, "state", ["open", "closed", "all"], "open");
  return (issue) => state === "all" || issue.state === state;
}

function byCreator(url: URL): Test {
  const creator = url.searchParams.get("creator");
  return (issue) => creator === null || sameLogin(issue.author.login, creator);
}

function byLabels(url: URL): Test {
  const wanted = (url.searchParams.get("labels") ?? "").split(",").filter((it) => it !== "");
  const has = (issue: IssueRecord, name: string) =>
    issue.labels.some((it) => it.name.toLowerCase() === name.toLowerCase());
  return (issue) => wanted.every((name) => has(issue, name));
}

/** `since` looks at the last change, not at the creation. */
function bySince(url: URL): Test {
  const since = sinceOf(url);
  return (issue) => since === null || Date.parse(issue.updatedAt) >= since;
}

function sorted(url: URL, issues: IssueRecord[]): IssueRecord[] {
  const key = sortKeys[oneOf(url, "sort", ["created", "updated"], "created")];
  const direction = oneOf(url, "direction", ["asc", "desc"], "desc") === "asc" ? 1 : -1;
  return issues.toSorted((a, b) => direction * (key(a).localeCompare(key(b)) || a.number - b.number));
}

function oneOf<const T extends string>(url: URL, name: string, allowed: readonly T[], otherwise: T): T {
  const value = url.searchParams.get(name);
  if (value === null) return otherwise;
  const found = allowed.find((it) => it === value);
  if (!found) throw validationFailed({ resource: "Issue", code: "invalid", field: name, value });
  return found;
}
