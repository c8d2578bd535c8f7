// SPDX-License-Identifier: EUPL-1.2
/** What a sandbox workspace is built from. Plain data: the sandbox knows neither the model nor the service. */
import type { NotionPerson, NotionWorld, SandboxClock } from "../world.ts";
import type { Capability } from "./capabilities.ts";

export const propertyKinds = [
  "title",
  "rich_text",
  "select",
  "multi_select",
  "people",
  "number",
  "checkbox",
  "date",
  "url",
  "relation",
  "unique_id",
] as const;
export type PropertyKind = (typeof propertyKinds)[number];

/** A column of a data source. `options` for select and multi_select, `prefix` for unique_id. */
export type PropertyDefinition = Readonly<{
  name: string;
  type: PropertyKind;
  options?: readonly string[];
  prefix?: string;
}>;

export type NotionWorldOptions = Readonly<{
  clock: SandboxClock;
  /** Everybody in the workspace besides the integration's own user. */
  people: readonly NotionPerson[];
  /** Columns of the two data sources, relation columns included. */
  projects: readonly PropertyDefinition[];
  decisions: readonly PropertyDefinition[];
  /** Columns of a third data source that is none of the service's; pages can be moved there. Absent: a title. */
  elsewhere?: readonly PropertyDefinition[];
  /** The relation column on each side; the two are kept in step, as Notion's dual_property is. */
  relation: Readonly<{ projects: string; decisions: string }>;
  /** The column that a board view is grouped by; absent: nobody has made one. */
  columns?: string;
  /** True: nobody has made the two data sources yet. There is a page that is shared with the connection. */
  empty?: boolean;
  /** Default 800. */
  aggregationMs?: number;
  /** Given: every id, in the order of creation, is the same in each run. Absent: random ids. */
  seed?: string;
  token?: string;
  botName?: string;
  workspaceName?: string;
  /** Pause before the second attempt at a delivery, doubled for each further one. Default 50. */
  retryBaseMs?: number;
  /** How events are sent. Default: the global fetch. */
  fetch?: (url: string, init: RequestInit) => Promise<Response>;
}>;

export interface NotionSandbox extends NotionWorld {
  /** The GUID of the database that holds each data source, as `parent` shows it. */
  readonly databases: Readonly<{ projects: string; decisions: string }>;
  /** The page that is shared with the connection. */
  readonly rootPage: string;
  /**
   * An administrator makes a webhook subscription on the connection's page: its verification token is sent there, once
   * more each time this is done, and it stays pending until the token is typed in. Answers the receiver's status; null: nobody answered.
   */
  proposeSubscription(url: string): Promise<number | null>;
  /** The administrator types in the token; false for any other than the pending subscription's. */
  verifySubscription(token: string): boolean;
  /** What the connection is allowed is ticked, or no longer. */
  allow(capability: Capability, isAllowed: boolean): void;
  /** A free plan's blocks are used up. */
  fill(isFull: boolean): void;
  /** Somebody leaves the workspace. */
  removePerson(id: string): void;
  /** Sends the one-time verification request to every subscriber, each signed with the token it carries; answers their statuses. */
  sendHandshake(): Promise<readonly number[]>;
}
