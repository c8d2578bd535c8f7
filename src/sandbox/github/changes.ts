// SPDX-License-Identifier: EUPL-1.2
/** Applies one change to one issue and tells, in GitHub's order, what became of it. */
import { type Account, sameLogin } from "./people.ts";
import type { IssueChange, IssueRecord, LabelRecord, News } from "./records.ts";

/** What a change needs from around the issue. */
export type Around = Readonly<{ by: Account; at: string; label: (name: string) => LabelRecord }>;

/** Changes the issue in place; the news are empty when nothing differed, and `updated_at` then stays. */
export function applyChange(issue: IssueRecord, change: IssueChange, around: Around): News[] {
  const news = [
    ...rewrite(issue, change, around),
    ...relabel(issue, change, around),
    ...reassign(issue, change, around),
    ...restate(issue, change, around),
    ...convert(issue, change, around),
  ];
  if (news.length > 0) issue.updatedAt = around.at;
  return news;
}

function rewrite(issue: IssueRecord, change: IssueChange, { by }: Around): News[] {
  const from: { title?: string; body?: string | null } = {};
  if (change.title !== undefined && change.title !== issue.title) {
    from.title = issue.title;
    issue.title = change.title;
  }
  if (change.body !== undefined && change.body !== issue.body) {
    from.body = issue.body;
    issue.body = change.body;
  }
  return Object.keys(from).length === 0 ? [] : [{ event: "issues", action: "edited", issue, by, from }];
}

function relabel(issue: IssueRecord, change: IssueChange, { by, label }: Around): News[] {
  if (change.labels === undefined) return [];
  const wanted = unique(change.labels.map((name) => label(name)));
  const removed = issue.labels.filter((it) => !wanted.includes(it));
  const added = wanted.filter((it) => !issue.labels.includes(it));
  issue.labels = wanted;
  return [
    ...removed.map((it): News => ({ event: "issues", action: "unlabeled", issue, by, label: it })),
    ...added.map((it): News => ({ event: "issues", action: "labeled", issue, by, label: it })),
  ];
}

function reassign(issue: IssueRecord, change: IssueChange, { by }: Around): News[] {
  if (change.assignees === undefined) return [];
  const wanted = unique(change.assignees);
  const before = issue.assignees;
  const has = (list: readonly string[], login: string) => list.some((it) => sameLogin(it, login));
  issue.assignees = wanted;
  return [
    ...before
      .filter((it) => !has(wanted, it))
      .map((assignee): News => ({ event: "issues", action: "unassigned", issue, by, assignee })),
    ...wanted
      .filter((it) => !has(before, it))
      .map((assignee): News => ({ event: "issues", action: "assigned", issue, by, assignee })),
  ];
}

function restate(issue: IssueRecord, change: IssueChange, around: Around): News[] {
  if (change.state === "open" && issue.state === "closed") return reopen(issue, around);
  if (change.state !== "closed") return [];
  const reason = change.stateReason === "reopened" ? null : (change.stateReason ?? null);
  if (issue.state === "open") return close(issue, reason ?? "completed", around);
  if (reason === null || reason === issue.stateReason) return [];
  return close(issue, reason, around);
}

function reopen(issue: IssueRecord, { by }: Around): News[] {
  Object.assign(issue, { state: "open", stateReason: "reopened", closedAt: null, closedBy: null });
  return [{ event: "issues", action: "reopened", issue, by }];
}

function close(issue: IssueRecord, stateReason: IssueRecord["stateReason"], { by, at }: Around): News[] {
  Object.assign(issue, { state: "closed", stateReason, closedAt: at, closedBy: by.login });
  return [{ event: "issues", action: "closed", issue, by }];
}

function convert(issue: IssueRecord, { converted }: IssueChange, { by }: Around): News[] {
  if (!converted || issue.converted) return [];
  issue.converted = true;
  return [{ event: "issues", action: "locked", issue, by }];
}

function unique<T>(list: readonly T[]): T[] {
  return [...new Set(list)];
}
