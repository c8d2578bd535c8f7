// SPDX-License-Identifier: EUPL-1.2
/** Data sources and databases as Notion's API answers them. */
import type { DatabaseObjectResponse, DataSourceObjectResponse } from "@notionhq/client";
import { plainItem, showRichText } from "./rich-text.ts";
import { partialUser } from "./users.ts";
import { type DataSource, type Property, sourceOf, toMinute, type Workspace } from "./workspace.ts";

type Column = DataSourceObjectResponse["properties"][string];

export function showSource(workspace: Workspace, source: DataSource) {
  const columns = source.properties.map((it) => [it.name, showColumn(workspace, it)] as const);
  const shown: Omit<DataSourceObjectResponse, "archived"> = {
    object: "data_source",
    id: source.id,
    cover: null,
    icon: null,
    created_time: toMinute(source.createdAt),
    created_by: partialUser(source.createdBy),
    last_edited_by: partialUser(source.editedBy),
    last_edited_time: toMinute(source.editedAt),
    title: showRichText(workspace, [plainItem(source.title)]),
    description: [],
    is_inline: false,
    properties: Object.fromEntries(columns),
    parent: { type: "database_id", database_id: source.databaseId },
    database_parent: { type: "page_id", page_id: workspace.rootPage },
    url: `https://www.notion.so/${source.databaseId.replaceAll("-", "")}`,
    public_url: null,
    in_trash: false,
  };
  // As with pages: version 2026-03-11 answers no `archived`.
  return shown as DataSourceObjectResponse;
}

function showColumn(workspace: Workspace, property: Property): Column {
  const { id, name, description } = property;
  const common = { id, name, description };
  switch (property.type) {
    case "select":
      return { ...common, type: "select", select: { options: property.options.map((it) => ({ ...it })) } };
    case "multi_select":
      return { ...common, type: "multi_select", multi_select: { options: property.options.map((it) => ({ ...it })) } };
    case "number":
      return { ...common, type: "number", number: { format: property.format } };
    case "unique_id":
      return { ...common, type: "unique_id", unique_id: { prefix: property.prefix } };
    case "relation":
      return { ...common, type: "relation", relation: showRelation(workspace, property) };
    case "title":
      return { ...common, type: "title", title: {} };
    case "rich_text":
      return { ...common, type: "rich_text", rich_text: {} };
    case "people":
      return { ...common, type: "people", people: {} };
    case "checkbox":
      return { ...common, type: "checkbox", checkbox: {} };
    case "date":
      return { ...common, type: "date", date: {} };
    case "url":
      return { ...common, type: "url", url: {} };
  }
}

function showRelation(workspace: Workspace, property: Property) {
  const target = sourceOf(workspace, property.relation?.source ?? "");
  const ends = { database_id: target.databaseId, data_source_id: target.id };
  const synced = target.properties.find((it) => it.id === property.relation?.syncedId);
  if (!synced) return { ...ends, type: "single_property" as const, single_property: {} };
  return {
    ...ends,
    type: "dual_property" as const,
    dual_property: { synced_property_name: synced.name, synced_property_id: synced.id },
  };
}

/** Databases answer their times to the millisecond, unlike everything else (recorded). */
export function showDatabase(workspace: Workspace, source: DataSource) {
  const shown: Omit<DatabaseObjectResponse, "archived"> = {
    object: "database",
    id: source.databaseId,
    title: showRichText(workspace, [plainItem(source.title)]),
    description: [],
    parent: { type: "page_id", page_id: workspace.rootPage },
    is_inline: false,
    in_trash: false,
    is_locked: false,
    created_time: toMillisecond(source.createdAt),
    last_edited_time: toMillisecond(source.editedAt),
    data_sources: [{ id: source.id, name: source.title }],
    icon: null,
    cover: null,
    url: `https://www.notion.so/${source.databaseId.replaceAll("-", "")}`,
    public_url: null,
  };
  return shown as DatabaseObjectResponse;
}

function toMillisecond(date: Date): string {
  return date.toISOString().replace("Z", "+00:00");
}
