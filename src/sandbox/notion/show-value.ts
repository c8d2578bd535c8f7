// SPDX-License-Identifier: EUPL-1.2
/** Cells and pages as Notion's API answers them. */
import type { PageObjectResponse } from "@notionhq/client";
import { plainTitle, showRichText } from "./rich-text.ts";
import { partialUser, showMentioned } from "./users.ts";
import { type Option, type Page, type Property, sourceOf, toMinute, type Value, type Workspace } from "./workspace.ts";

/** A page object shows no more people, relations or mentions of one property than this. */
const shownInPage = 25;

type PageProperty = PageObjectResponse["properties"][string];

/** What a property holds before anybody wrote it. */
function emptyValue(property: Property): Value {
  switch (property.type) {
    case "title":
    case "rich_text":
      return { type: property.type, text: [] };
    case "select":
      return { type: "select", option: null };
    case "multi_select":
      return { type: "multi_select", options: [] };
    case "people":
      return { type: "people", people: [] };
    case "relation":
      return { type: "relation", pages: [] };
    case "number":
      return { type: "number", number: null };
    case "checkbox":
      return { type: "checkbox", checked: false };
    case "date":
      return { type: "date", date: null };
    case "url":
      return { type: "url", url: null };
    case "unique_id":
      return { type: "unique_id", number: 0 };
  }
}

export function cellOf(page: Page, property: Property): Value {
  return page.values.get(property.id) ?? emptyValue(property);
}

export function isSame(one: Value, other: Value): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** A cell, cut to what a page object shows. */
export function showValue(workspace: Workspace, property: Property, value: Value): PageProperty {
  const { id } = property;
  switch (value.type) {
    case "title":
      return { id, type: "title", title: showRichText(workspace, value.text) };
    case "rich_text":
      return { id, type: "rich_text", rich_text: showRichText(workspace, value.text) };
    case "select":
      return { id, type: "select", select: value.option === null ? null : showOption(property, value.option) };
    case "multi_select":
      return { id, type: "multi_select", multi_select: value.options.map((it) => showOption(property, it)) };
    case "people": {
      const people = value.people.slice(0, shownInPage).map((it) => showMentioned(workspace, it));
      return { id, type: "people", people };
    }
    case "relation":
      return showRelation(id, value.pages);
    case "number":
      return { id, type: "number", number: value.number };
    case "checkbox":
      return { id, type: "checkbox", checkbox: value.checked };
    case "date":
      return { id, type: "date", date: value.date === null ? null : { ...value.date, time_zone: null } };
    case "url":
      return { id, type: "url", url: value.url };
    case "unique_id":
      return { id, type: "unique_id", unique_id: { prefix: property.prefix, number: value.number } };
  }
}

/** `has_more` is answered but missing in the SDK's type, which is why it comes through a variable. */
function showRelation(id: string, pages: readonly string[]): PageProperty {
  const shown = {
    id,
    type: "relation" as const,
    relation: pages.slice(0, shownInPage).map((page) => ({ id: page })),
    has_more: pages.length > shownInPage,
  };
  return shown;
}

function showOption(property: Property, id: string): Pick<Option, "id" | "name" | "color"> {
  const option = property.options.find((it) => it.id === id);
  if (!option) throw new Error(`A page holds option ${id}, which "${property.name}" does not have`);
  return { id: option.id, name: option.name, color: option.color };
}

/** The page with all its properties, or with those whose ids are asked for. */
export function showPage(workspace: Workspace, page: Page, wanted: readonly string[] | null = null) {
  const source = sourceOf(workspace, page.source);
  const properties = source.properties
    .filter((property) => wanted === null || wanted.includes(property.id))
    .map((property) => [property.name, showValue(workspace, property, cellOf(page, property))] as const);
  const shown: Omit<PageObjectResponse, "archived"> = {
    object: "page",
    id: page.id,
    created_time: toMinute(page.createdAt),
    last_edited_time: toMinute(page.editedAt),
    created_by: partialUser(page.createdBy),
    last_edited_by: partialUser(page.editedBy),
    cover: null,
    icon: page.emoji === null ? null : { type: "emoji", emoji: page.emoji },
    parent: { type: "data_source_id", data_source_id: source.id, database_id: source.databaseId },
    in_trash: page.inTrash,
    is_archived: page.isArchived,
    is_locked: page.isLocked,
    properties: Object.fromEntries(properties),
    url: pageUrl(workspace, page),
    public_url: null,
  };
  // The SDK's type serves older API versions too; version 2026-03-11 answers no `archived`.
  return shown as PageObjectResponse;
}

function pageUrl(workspace: Workspace, page: Page): string {
  const words = plainTitle(workspace, page.id).match(/[A-Za-z0-9]+/g) ?? [];
  return `https://www.notion.so/${[...words, page.id.replaceAll("-", "")].join("-")}`;
}
