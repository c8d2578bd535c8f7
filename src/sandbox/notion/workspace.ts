// SPDX-License-Identifier: EUPL-1.2
/** What a Notion workspace holds, as nouns. Everything that acts on it gets the whole workspace. */
import type { NotionPerson, SandboxClock } from "../world.ts";
import type { Capability } from "./capabilities.ts";
import type { Ids } from "./ids.ts";
import type { PropertyKind } from "./options.ts";
import type { Cursors } from "./paging.ts";
import type { PlainPage } from "./plain-pages.ts";
import { notFound } from "./problem.ts";

export const colors = [
  "default",
  "gray",
  "brown",
  "orange",
  "yellow",
  "green",
  "blue",
  "purple",
  "pink",
  "red",
] as const;
type Color = (typeof colors)[number];

export interface Option {
  readonly id: string;
  name: string;
  readonly color: Color;
  readonly description: string | null;
}

/** A column. The id is URL-encoded, stays through a rename and is never given out again. */
export interface Property {
  readonly id: string;
  name: string;
  type: PropertyKind;
  description: string | null;
  /** select and multi_select */
  options: Option[];
  /** relation; `syncedId` is the column on the other side, null for a one-way relation */
  relation: { source: string; syncedId: string | null } | null;
  /** unique_id */
  prefix: string | null;
  /** number */
  format: string;
}

export interface DataSource {
  readonly id: string;
  readonly databaseId: string;
  title: string;
  readonly createdAt: Date;
  readonly createdBy: string;
  editedAt: Date;
  editedBy: string;
  properties: Property[];
  /** The number the next row's unique_id gets. */
  nextNumber: number;
}

export interface Annotations {
  bold: boolean;
  italic: boolean;
  strikethrough: boolean;
  underline: boolean;
  code: boolean;
  color: "default";
}

export type DateValue = Readonly<{ start: string; end: string | null }>;

/** One piece of rich text. A mention keeps the id only: names are looked up when it is shown. */
export type TextItem = Readonly<
  { annotations: Annotations } & (
    | { type: "text"; content: string; link: string | null }
    | { type: "user"; user: string }
    | { type: "page"; page: string }
    | { type: "date"; date: DateValue }
  )
>;

/** A cell. Options, people and pages are ids. */
export type Value =
  | Readonly<{ type: "title" | "rich_text"; text: readonly TextItem[] }>
  | Readonly<{ type: "select"; option: string | null }>
  | Readonly<{ type: "multi_select"; options: readonly string[] }>
  | Readonly<{ type: "people"; people: readonly string[] }>
  | Readonly<{ type: "number"; number: number | null }>
  | Readonly<{ type: "checkbox"; checked: boolean }>
  | Readonly<{ type: "date"; date: DateValue | null }>
  | Readonly<{ type: "url"; url: string | null }>
  | Readonly<{ type: "relation"; pages: readonly string[] }>
  | Readonly<{ type: "unique_id"; number: number }>;

export interface Page {
  readonly id: string;
  /** Changes when the page is moved; the id stays. */
  source: string;
  readonly createdAt: Date;
  readonly createdBy: string;
  editedAt: Date;
  editedBy: string;
  inTrash: boolean;
  isArchived: boolean;
  isLocked: boolean;
  emoji: string | null;
  /** By property id; a property without an entry is empty. */
  readonly values: Map<string, Value>;
}

export type DisplayName =
  | Readonly<{ type: "user" | "integration" }>
  | Readonly<{ type: "custom"; custom: { name: string } }>;

export interface Comment {
  readonly id: string;
  readonly page: string;
  readonly discussion: string;
  readonly createdAt: Date;
  readonly createdBy: string;
  readonly text: readonly TextItem[];
  readonly displayName: DisplayName;
}

/** Something that happened, with what was there before, so that an edit taken back can be recognised. */
export type Change =
  | Readonly<{ kind: "properties"; page: Page; by: NotionPerson; before: ReadonlyMap<string, Value> }>
  | Readonly<{ kind: "lifecycle"; page: Page; by: NotionPerson; was: "absent" | "live" | "trashed" }>
  | Readonly<{ kind: "moved"; page: Page; by: NotionPerson; from: string }>
  | Readonly<{ kind: "comment"; comment: Comment; by: NotionPerson }>
  | Readonly<{
      kind: "schema";
      source: DataSource;
      by: NotionPerson;
      property: Readonly<{ id: string; name: string }>;
      action: "created" | "updated" | "deleted";
    }>;

/** How a database shows a data source. `groupedBy` is the id of the select property that makes a board's columns. */
export interface View {
  readonly id: string;
  readonly databaseId: string;
  readonly source: string;
  readonly name: string;
  readonly type: "table" | "board";
  readonly groupedBy: string | null;
  readonly hideEmptyGroups: boolean;
  readonly createdAt: Date;
}

export interface Workspace {
  readonly id: string;
  readonly name: string;
  /** The page that is shared with the connection and holds the databases. */
  readonly rootPage: string;
  readonly rootTitle: string;
  readonly rootMadeAt: Date;
  readonly clock: SandboxClock;
  readonly ids: Ids;
  readonly bot: NotionPerson;
  readonly people: NotionPerson[];
  readonly sources: Map<string, DataSource>;
  readonly views: View[];
  /** What the connection is allowed. */
  readonly capabilities: Set<Capability>;
  /** Whether a free plan's blocks are used up. */
  isFull: boolean;
  readonly pages: Map<string, Page>;
  /** Pages that are rows of nothing. */
  readonly plainPages: Map<string, PlainPage>;
  readonly comments: Comment[];
  /** Data sources and pages that the connection has lost: to the API they are not there, and nothing is told of them. */
  readonly withdrawn: Set<string>;
  /** People who have left the workspace or were deactivated: to the API they are not there, and pages show their ids only. */
  readonly departed: Set<string>;
  /** People who are let in to single pages: found by their id, never listed. */
  readonly guests: Set<string>;
  readonly cursors: Cursors;
  /** Told of every change, after it. */
  readonly record: (change: Change) => void;
}

export function personOf(workspace: Workspace, id: string): NotionPerson {
  const found = id === workspace.bot.id ? workspace.bot : workspace.people.find((person) => person.id === id);
  if (!found) throw notFound("user", id, workspace.bot);
  return found;
}

export function sourceOf(workspace: Workspace, id: string): DataSource {
  const found = workspace.sources.get(id);
  if (!found) throw notFound("data_source", id, workspace.bot);
  return found;
}

export function pageOf(workspace: Workspace, id: string): Page {
  const found = workspace.pages.get(id);
  if (!found) throw notFound("page", id, workspace.bot);
  return found;
}

/** Whether the connection may see the page: neither it nor its data source has been taken away. */
export function isShared({ withdrawn }: Workspace, { id, source }: Page): boolean {
  return !withdrawn.has(id) && !withdrawn.has(source);
}

/** Whether an event tells of the change: only of what the connection may see. */
export function isTold(workspace: Workspace, change: Change): boolean {
  if (change.kind === "schema") return !workspace.withdrawn.has(change.source.id);
  return isShared(workspace, change.kind === "comment" ? pageOf(workspace, change.comment.page) : change.page);
}

/** As `sourceOf`, through the connection: what it has lost is not there. */
export function sharedSource(workspace: Workspace, id: string): DataSource {
  if (workspace.withdrawn.has(id)) throw notFound("data_source", id, workspace.bot);
  return sourceOf(workspace, id);
}

/** As `pageOf`, through the connection: what it has lost is not there. */
export function sharedPage(workspace: Workspace, id: string): Page {
  const page = pageOf(workspace, id);
  if (!isShared(workspace, page)) throw notFound("page", id, workspace.bot);
  return page;
}

/** A property by name, or by its id with or without URL-encoding: a caller may use any of the three. */
export function findProperty(source: DataSource, key: string): Property | undefined {
  return (
    source.properties.find((property) => property.name === key) ??
    source.properties.find((property) => property.id === key || decodeURIComponent(property.id) === key)
  );
}

export function propertyNamed(source: DataSource, name: string): Property {
  const found = source.properties.find((property) => property.name === name);
  if (!found) throw new RangeError(`The sandbox has no property "${name}"`);
  return found;
}

export function rowsOf(workspace: Workspace, source: DataSource) {
  return [...workspace.pages.values()].filter((page) => page.source === source.id);
}

/** Marks a data source's schema as edited and tells of it. */
export function schemaChanged(
  workspace: Workspace,
  source: DataSource,
  property: Property,
  action: "created" | "updated" | "deleted",
  by: NotionPerson,
): void {
  source.editedAt = workspace.clock.now();
  source.editedBy = by.id;
  workspace.record({ kind: "schema", source, by, property: { id: property.id, name: property.name }, action });
}

/** Cuts seconds away, as Notion does with every created and last edited time. */
export function toMinute(date: Date): string {
  return `${date.toISOString().slice(0, 16)}:00.000Z`;
}
