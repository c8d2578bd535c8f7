// SPDX-License-Identifier: EUPL-1.2
/** Everything that changes pages. A write is read and judged completely before the first cell changes. */
import type { NotionPerson } from "../world.ts";
import { fields } from "./checks.ts";
import { invalid } from "./problem.ts";
import { type Reading, readValue } from "./read-value.ts";
import { plainItem, plainTitle } from "./rich-text.ts";
import { cellOf, isSame } from "./show-value.ts";
import {
  type DataSource,
  findProperty,
  type Page,
  type Property,
  sourceOf,
  type Value,
  type Workspace,
} from "./workspace.ts";

type Readings = ReadonlyMap<Property, Reading>;

/** Reads the `properties` of a write; keys are names or ids. */
export function readProperties(workspace: Workspace, source: DataSource, raw: unknown): Readings {
  const readings = new Map<Property, Reading>();
  for (const [key, write] of Object.entries(fields(raw, "body.properties"))) {
    const property = findProperty(source, key);
    if (!property) throw invalid(`${key} is not a property that exists.`);
    readings.set(property, readValue(workspace, property, write, `body.properties.${key}`));
  }
  return readings;
}

/** A new row. `at` back-dates it; the event is of now. */
export function createPage(
  workspace: Workspace,
  source: DataSource,
  readings: Readings,
  by: NotionPerson,
  at: Date = workspace.clock.now(),
): Page {
  const page: Page = {
    id: workspace.ids.uuid("page"),
    source: source.id,
    createdAt: at,
    createdBy: by.id,
    editedAt: at,
    editedBy: by.id,
    inTrash: false,
    isArchived: false,
    isLocked: false,
    emoji: null,
    values: new Map(),
  };
  workspace.pages.set(page.id, page);
  numberRow(source, page);
  setCells(workspace, page, readings, by);
  page.editedAt = at;
  workspace.record({ kind: "lifecycle", page, by, was: "absent" });
  return page;
}

/** Gives a row the next number of its data source, where that has a unique_id. */
export function numberRow(source: DataSource, page: Page): void {
  const property = source.properties.find((it) => it.type === "unique_id");
  if (!property) return;
  page.values.set(property.id, { type: "unique_id", number: source.nextNumber });
  source.nextNumber += 1;
}

/** An edit of an existing row: one change, whatever the number of properties. */
export function editPage(workspace: Workspace, page: Page, readings: Readings, by: NotionPerson): void {
  if (page.inTrash) {
    throw invalid("Can't edit page that is in the trash. You must restore the page before editing.");
  }
  const before = setCells(workspace, page, readings, by);
  if (before.size > 0) workspace.record({ kind: "properties", page, by, before });
}

/** Sets the cells, the other ends of relations included; answers what the changed ones held. */
function setCells(workspace: Workspace, page: Page, readings: Readings, by: NotionPerson): ReadonlyMap<string, Value> {
  const before = new Map<string, Value>();
  for (const [property, { value, newOptions }] of readings) {
    addOptions(workspace, sourceOf(workspace, page.source), property, newOptions, by);
    const old = cellOf(page, property);
    if (isSame(old, value)) continue;
    before.set(property.id, old);
    page.values.set(property.id, value);
    if (old.type === "relation" && value.type === "relation")
      follow(workspace, page, property, old.pages, value.pages, by);
  }
  if (before.size > 0) touch(workspace, page, by);
  return before;
}

function touch(workspace: Workspace, page: Page, by: NotionPerson): void {
  page.editedAt = workspace.clock.now();
  page.editedBy = by.id;
}

function addOptions(
  workspace: Workspace,
  source: DataSource,
  property: Property,
  options: Reading["newOptions"],
  by: NotionPerson,
): void {
  if (options.length === 0) return;
  property.options.push(...options);
  source.editedAt = workspace.clock.now();
  source.editedBy = by.id;
  workspace.record({ kind: "schema", source, by, property, action: "updated" });
}

/** Keeps the other side of a dual relation in step: those no longer named lose the page, those newly named get it. */
function follow(
  workspace: Workspace,
  page: Page,
  property: Property,
  old: readonly string[],
  now: readonly string[],
  by: NotionPerson,
): void {
  for (const id of old.filter((it) => !now.includes(it))) relate(workspace, id, property, page.id, false, by);
  for (const id of now.filter((it) => !old.includes(it))) relate(workspace, id, property, page.id, true, by);
}

function relate(
  workspace: Workspace,
  other: string,
  property: Property,
  self: string,
  present: boolean,
  by: NotionPerson,
): void {
  const page = workspace.pages.get(other);
  const synced =
    page && sourceOf(workspace, page.source).properties.find((it) => it.id === property.relation?.syncedId);
  if (!page || !synced) return;
  const old = cellOf(page, synced);
  if (old.type !== "relation" || old.pages.includes(self) === present) return;
  const pages = present ? [...old.pages, self] : old.pages.filter((it) => it !== self);
  page.values.set(synced.id, { type: "relation", pages });
  touch(workspace, page, by);
  workspace.record({ kind: "properties", page, by, before: new Map([[synced.id, old]]) });
}

/** Copies a row as the menu does: every cell, relations too, under a new number and «… (1)». */
export function duplicatePage(workspace: Workspace, page: Page, by: NotionPerson): Page {
  const source = sourceOf(workspace, page.source);
  const readings = new Map<Property, Reading>();
  for (const property of source.properties) {
    const value = cellOf(page, property);
    if (value.type === "unique_id") continue;
    const copied: Value =
      value.type === "title" ? { ...value, text: [plainItem(`${plainTitle(workspace, page.id)} (1)`)] } : value;
    readings.set(property, { value: copied, newOptions: [] });
  }
  return createPage(workspace, source, readings, by);
}

/** Puts a page into the trash or takes it out; a page already there stays as it is. */
export function setTrash(workspace: Workspace, page: Page, inTrash: boolean, by: NotionPerson): void {
  if (page.inTrash === inTrash) return;
  page.inTrash = inTrash;
  touch(workspace, page, by);
  workspace.record({ kind: "lifecycle", page, by, was: inTrash ? "live" : "trashed" });
}
