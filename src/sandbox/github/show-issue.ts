// SPDX-License-Identifier: EUPL-1.2
/** Issues, labels and comments as the API shows them. */
import type { components } from "@octokit/openapi-types";
import type { Issue, IssueComment } from "../world.ts";
import { type Account, nodeId } from "./people.ts";
import type { CommentRecord, IssueRecord, LabelRecord, RepositoryRecord } from "./records.ts";
import { type Sites, showUser } from "./show-people.ts";
import { fullName } from "./store.ts";

type App = components["schemas"]["nullable-integration"];

/** Where an object belongs: the repository's addresses are part of everything shown. */
export type Place = Readonly<{ sites: Sites; repository: RepositoryRecord; app: App }>;

export function repositoryUrl({ sites, repository }: Place): string {
  return `${sites.api}/repos/${fullName(repository)}`;
}

export function showLabel(place: Place, label: LabelRecord): components["schemas"]["label"] {
  return {
    id: label.id,
    node_id: nodeId("Label", label.id),
    url: `${repositoryUrl(place)}/labels/${encodeURIComponent(label.name)}`,
    name: label.name,
    color: label.color,
    default: false,
    description: label.description,
  };
}

export function showIssue(place: Place, issue: IssueRecord): Issue {
  const assignees = issue.assignees.map((it) => showUser(place.sites, it));
  return {
    ...addresses(place, issue),
    id: issue.id,
    node_id: nodeId("Issue", issue.id),
    number: issue.number,
    title: issue.title,
    user: showUser(place.sites, issue.author.login),
    labels: issue.labels.map((it) => showLabel(place, it)),
    state: issue.state,
    state_reason: issue.stateReason,
    locked: issue.converted,
    active_lock_reason: null,
    assignee: assignees[0] ?? null,
    assignees,
    milestone: null,
    comments: issue.comments.length,
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
    closed_at: issue.closedAt,
    closed_by: issue.closedBy === null ? null : showUser(place.sites, issue.closedBy),
    author_association: association(issue.author),
    body: issue.body,
    performed_via_github_app: issue.author.viaApp ? place.app : null,
    sub_issues_summary: { total: 0, completed: 0, percent_completed: 0 },
    ...(issue.pullRequest ? { pull_request: pullRequestLinks(place, issue), draft: false } : {}),
  };
}

export function showComment(place: Place, issue: IssueRecord, comment: CommentRecord): IssueComment {
  const url = `${repositoryUrl(place)}/issues/comments/${comment.id}`;
  return {
    url,
    html_url: `${webUrl(place, issue)}#issuecomment-${comment.id}`,
    issue_url: `${repositoryUrl(place)}/issues/${issue.number}`,
    id: comment.id,
    node_id: nodeId("IssueComment", comment.id),
    user: showUser(place.sites, comment.author.login),
    created_at: comment.createdAt,
    updated_at: comment.createdAt,
    author_association: association(comment.author),
    body: comment.body,
    reactions: noReactions(url),
    performed_via_github_app: comment.author.viaApp ? place.app : null,
  };
}

function addresses(place: Place, issue: IssueRecord) {
  const url = `${repositoryUrl(place)}/issues/${issue.number}`;
  return {
    url,
    repository_url: repositoryUrl(place),
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    timeline_url: `${url}/timeline`,
    html_url: webUrl(place, issue),
    reactions: noReactions(url),
  };
}

function webUrl({ sites, repository }: Place, issue: IssueRecord): string {
  return `${sites.web}/${fullName(repository)}/${issue.pullRequest ? "pull" : "issues"}/${issue.number}`;
}

function pullRequestLinks(place: Place, issue: IssueRecord) {
  const html = webUrl(place, issue);
  const url = `${repositoryUrl(place)}/pulls/${issue.number}`;
  return { url, html_url: html, diff_url: `${html}.diff`, patch_url: `${html}.patch`, merged_at: null };
}

function association(author: Account): components["schemas"]["author-association"] {
  return author.viaApp ? "NONE" : "COLLABORATOR";
}

function noReactions(of: string): components["schemas"]["reaction-rollup"] {
  const none = { "+1": 0, "-1": 0, laugh: 0, hooray: 0, confused: 0, heart: 0, rocket: 0, eyes: 0 };
  return { url: `${of}/reactions`, total_count: 0, ...none };
}
