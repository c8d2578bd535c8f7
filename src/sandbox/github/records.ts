// SPDX-License-Identifier: EUPL-1.2
/** What the stand-in stores, and what it announces after a change. */
import type { Account } from "./people.ts";

export type LabelRecord = { readonly id: number; readonly name: string; color: string; description: string | null };

export type CommentRecord = Readonly<{ id: number; author: Account; body: string; createdAt: string }>;

export type CloseReason = "completed" | "not_planned" | "duplicate";

/** Where a number leads after its issue is gone. */
export type Gone =
  | Readonly<{ kind: "deleted" }>
  | Readonly<{ kind: "transferred"; repositoryId: number; number: number }>;

export type IssueRecord = {
  readonly id: number;
  readonly number: number;
  readonly author: Account;
  readonly createdAt: string;
  readonly comments: CommentRecord[];
  /** Pull requests are issues too, and are listed among them. */
  readonly pullRequest: boolean;
  title: string;
  body: string | null;
  labels: LabelRecord[];
  assignees: string[];
  state: "open" | "closed";
  stateReason: CloseReason | "reopened" | null;
  updatedAt: string;
  closedAt: string | null;
  closedBy: string | null;
  /** It has become a discussion: it can still be read, and never be opened again. */
  converted: boolean;
  gone: Gone | null;
};

/** What a write to an issue may change. Absent: leave as it is. */
export type IssueChange = Readonly<{
  title?: string | undefined;
  body?: string | null | undefined;
  labels?: readonly string[] | undefined;
  assignees?: readonly string[] | undefined;
  state?: "open" | "closed" | undefined;
  stateReason?: CloseReason | "reopened" | null | undefined;
  /** Becomes a discussion, which is no part of the stand-in: what is left is closed and locked. */
  converted?: true;
}>;

/** A webhook. `lastCode`: what its last delivery was answered with; null: nothing was sent, or nobody answered. */
export type HookRecord = {
  readonly id: number;
  url: string;
  secret: string;
  contentType: string;
  events: readonly string[];
  active: boolean;
  readonly createdAt: string;
  lastCode: number | null;
  /** Made on the repository's page, or by the API. */
  readonly by: string;
};

export type RepositoryRecord = {
  readonly id: number;
  owner: string;
  name: string;
  /** Whether issues are switched on. */
  hasIssues: boolean;
  /** What the token may do: see and change webhooks, and write issues and labels. */
  readonly rights: { admin: boolean; push: boolean };
  /** Earlier owner/name pairs: requests to them are redirected. */
  readonly formerNames: string[];
  readonly createdAt: string;
};

type IssueNews =
  | Readonly<{ action: "opened" | "closed" | "reopened" | "locked" | "deleted" }>
  | Readonly<{ action: "edited"; from: Readonly<{ title?: string; body?: string | null }> }>
  | Readonly<{ action: "labeled" | "unlabeled"; label: LabelRecord }>
  | Readonly<{ action: "assigned" | "unassigned"; assignee: string }>
  | Readonly<{ action: "transferred"; to: Readonly<{ repository: RepositoryRecord; issue: IssueRecord }> }>;

/** One change, by whom: what becomes one webhook delivery. */
export type News =
  | (Readonly<{ event: "issues"; issue: IssueRecord; by: Account }> & IssueNews)
  | Readonly<{ event: "issue_comment"; action: "created"; issue: IssueRecord; comment: CommentRecord; by: Account }>;
