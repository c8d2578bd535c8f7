// SPDX-License-Identifier: EUPL-1.2
/**
 * The other side of the wire: what a stand-in offers besides its public API. People act through it as they would in
 * Notion's or GitHub's own pages; the sandbox board, the demo and the tests use nothing else.
 */

import type { CommentObjectResponse, DataSourceObjectResponse, PageObjectResponse } from "@notionhq/client";
import type { components } from "@octokit/openapi-types";
import type { Hono } from "hono";

export type Issue = components["schemas"]["issue"];
export type IssueComment = components["schemas"]["issue-comment"];

/** The sandbox's clock: every timestamp a stand-in writes comes from it. */
export interface SandboxClock {
  now(): Date;
  /** Moves the clock forward. */
  advance(ms: number): void;
}

/** One request that reached a stand-in's public API. */
export type Call = Readonly<{ at: string; method: string; path: string; status: number; by: string | null }>;

/** Where a stand-in sends its signed events. */
export type Subscription = Readonly<{ url: string; secret: string }>;

/** Faults to be switched on, each the real thing: see NOTION.md and QUEUE-AND-GITHUB.md. Returning null means: behave. */
export type Fault =
  | Readonly<{ kind: "status"; status: number; retryAfter?: number; afterSaving?: boolean }>
  | Readonly<{ kind: "drop-connection"; afterSaving: boolean }>
  /** A query of Notion's answers from an index that is `ms` milliseconds behind; any other call behaves. */
  | Readonly<{ kind: "stale"; ms: number }>;
export type FaultPlan = (call: { method: string; path: string }) => Fault | null;

interface StandIn {
  /** The public API, to be served on a port of its own or called in-process. */
  readonly api: Hono;
  readonly calls: readonly Call[];
  subscribe(subscription: Subscription): void;
  /** Holds every event back, or lets them flow (and sends what was held). `lose` throws them away instead. */
  deliveries(mode: "flow" | "hold" | "lose"): void;
  /** Resolves when every event due so far has been sent and answered. */
  delivered(): Promise<void>;
  /** null: no budget. Requests over it get the real side's 429. */
  limit(perMinute: number | null): void;
  faults(plan: FaultPlan | null): void;
  /** Calls back after every change of state, by whomever; returns the way to stop. */
  onChange(listener: () => void): () => void;
  /** Stops timers; nothing is sent any more. */
  close(): void;
}

export type NotionPerson = Readonly<{ id: string; name: string; kind: "person" | "bot" | "agent"; email?: string }>;

/** A property's value as a write to Notion's API has it: {select:{name}}, {rich_text:[…]}, {checkbox:true} … */
export type PropertyWrite = Record<string, unknown>;

export interface NotionWorld extends StandIn {
  readonly token: string;
  /** "" as long as there is no such data source. */
  readonly projects: string;
  readonly decisions: string;
  /** A data source that the integration sees and that is none of the service's. */
  readonly elsewhere: string;
  /** The integration's own user. */
  readonly bot: NotionPerson;
  readonly people: readonly NotionPerson[];
  /** Full page objects as the API would answer them, trashed ones too, oldest first. */
  pages(dataSource: string): readonly PageObjectResponse[];
  page(id: string): PageObjectResponse;
  dataSource(id: string): DataSourceObjectResponse;
  /** Comments of a page, oldest first, as the API would answer them. */
  commentsOf(page: string): readonly CommentObjectResponse[];
  /** A person edits properties by name, as in Notion's own page: one edit, one merged event. */
  edit(by: string, page: string, properties: Record<string, PropertyWrite>): void;
  create(by: string, dataSource: string, properties: Record<string, PropertyWrite>, at?: Date): string;
  duplicate(by: string, page: string): string;
  trash(by: string, page: string): void;
  restore(by: string, page: string): void;
  /** Moves a page to another data source, as the page's menu does. */
  move(by: string, page: string, dataSource: string): void;
  comment(by: string, page: string, text: string): void;
  /** Adds, renames or deletes a select option, as a person would in the board's menu; deleting empties it on every page. */
  addOption(dataSource: string, property: string, name: string): void;
  renameOption(dataSource: string, property: string, from: string, to: string): void;
  deleteOption(dataSource: string, property: string, name: string): void;
  /** A person changes columns: the body is that of the API's PATCH, so `{ Fase: { name: "Trin" }, Læring: null }`. */
  changeColumns(by: string, dataSource: string, properties: Record<string, PropertyWrite | null>): void;
  /** The connection loses a data source or a page, or gets it back: without it everything there is 404, and no event comes. */
  withdraw(id: string): void;
  giveBack(id: string): void;
  /** A person leaves the workspace, or comes back. */
  deactivate(person: string): void;
  reactivate(person: string): void;
  /** A member becomes a guest: still there, and listed no more. */
  makeGuest(person: string): void;
  /** Edits by several people within this many milliseconds become one event with several authors. */
  readonly aggregationMs: number;
}

export interface GithubWorld extends StandIn {
  readonly token: string;
  /** owner/name */
  readonly repo: string;
  /** The login behind the token. */
  readonly bot: string;
  /** Full issue objects as the API would answer them, oldest first. */
  issues(): readonly Issue[];
  issue(number: number): Issue;
  commentsOf(number: number): readonly IssueComment[];
  /** A developer acts, as on GitHub's own page. */
  create(by: string, issue: { title: string; body?: string; labels?: string[] }): number;
  edit(by: string, number: number, change: { title?: string; body?: string }): void;
  label(by: string, number: number, label: string): void;
  unlabel(by: string, number: number, label: string): void;
  closeIssue(by: string, number: number, reason: "completed" | "not_planned"): void;
  reopenIssue(by: string, number: number): void;
  comment(by: string, number: number, text: string): void;
}
