// SPDX-License-Identifier: EUPL-1.2
/** The two data sources and their pages in Notion's own shapes (recorded ones of 2026-03-11), made from the rules. */
import type { DataSourceObjectResponse, PageObjectResponse } from "@notionhq/client";
import { type Binding, bindSource } from "../../../src/board/notion/binding.ts";
import { type Sheet, sheetOf } from "../../../src/board/notion/sheet.ts";
import { type WantedProperty, wantedOfCards, wantedOfDecisions } from "../../../src/board/notion/wanted.ts";
import { loadModel } from "../../../src/model/load.ts";

export const model = loadModel({
  rulesPath: "config/furesoe.yaml",
  municipalityPath: "config/kommune.example.yaml",
});

export const ids = {
  self: "0ef2e755-4912-8096-91c1-00376a88a5ca",
  projects: "98024f3c-b1d3-4aec-a301-f01e0dacf023",
  decisions: "36cc9195-760f-4fff-a67e-3a46c559b176",
  card: "153104cd-477e-809d-8dc4-ff2d96ae3090",
  row: "153104cd-477e-8001-935c-c4b11828dfbd",
  person: "c7c11cca-1d73-471d-9b6e-bdef51470190",
  other: "556a1abf-4f08-40c6-878a-75890d2a88ba",
} as const;

type Schema = DataSourceObjectResponse["properties"][string];

/** Ids as Notion makes them: four characters, URL-encoded when they are shown. The title's is always "title". */
function propertyId(key: string, index: number): string {
  return key === "title" ? "title" : encodeURIComponent(`@${String(index).padStart(2, "0")}[`);
}

export function optionIdOf(property: string, option: string): string {
  return `opt-${property}-${option}`;
}

function schemaOf(want: WantedProperty, index: number): Schema {
  const options = want.options.map(({ key, name }) => ({ id: optionIdOf(want.key, key), name, color: "default" }));
  const relation = { data_source_id: want.key === "card" ? ids.projects : ids.decisions, type: "single_property" };
  const details = { select: { options }, multi_select: { options }, relation };
  const detail = want.type in details ? details[want.type as keyof typeof details] : {};
  const schema = { id: propertyId(want.key, index), name: want.name, description: null, type: want.type };
  return { ...schema, [want.type]: detail } as unknown as Schema;
}

function sourceOf(id: string, title: string, wanted: readonly WantedProperty[]): DataSourceObjectResponse {
  const properties = Object.fromEntries(wanted.map((want, index) => [want.name, schemaOf(want, index)]));
  return {
    object: "data_source",
    id,
    title: [{ plain_text: title }],
    properties,
  } as unknown as DataSourceObjectResponse;
}

export const projects = (): DataSourceObjectResponse =>
  structuredClone(sourceOf(ids.projects, "Innovationsprojekter", wantedOfCards(model)));
export const decisions = (): DataSourceObjectResponse =>
  structuredClone(sourceOf(ids.decisions, "Politiske beslutninger", wantedOfDecisions(model)));

export const binding: Binding = {
  self: ids.self,
  projects: bindSource("projects", projects(), wantedOfCards(model), null).source,
  decisions: bindSource("decisions", decisions(), wantedOfDecisions(model), null).source,
};
export const cards: Sheet = sheetOf(binding.projects, wantedOfCards(model));
export const rows: Sheet = sheetOf(binding.decisions, wantedOfDecisions(model));

export const text = (content: string) => ({
  type: "text",
  text: { content, link: null },
  plain_text: content,
  href: null,
});

const empty: Readonly<Record<string, unknown>> = {
  title: [],
  rich_text: [],
  select: null,
  multi_select: [],
  people: [],
  number: null,
  checkbox: false,
  date: null,
  url: null,
  relation: [],
  unique_id: { prefix: "INNO", number: 12 },
};

/** A page of a data source: every property empty but the given ones, which are named by key. */
export function pageOf(sheet: Sheet, id: string, given: Readonly<Record<string, unknown>> = {}): PageObjectResponse {
  const properties = Object.fromEntries(
    sheet.columns.map(({ want, bound }) => {
      const value = want.key in given ? given[want.key] : empty[want.type];
      const more = want.type === "relation" ? { has_more: false } : {};
      return [bound?.name, { id: bound?.id, type: want.type, [want.type]: value, ...more }];
    }),
  );
  const stamp = { created_time: "2026-11-02T09:09:00.000Z", last_edited_time: "2026-11-03T10:10:00.000Z" };
  return {
    object: "page",
    id,
    ...stamp,
    in_trash: false,
    is_archived: false,
    url: "https://app.notion.com/p/x",
    parent: { type: "data_source_id", data_source_id: sheet.id, database_id: ids.other },
    properties,
    created_by: { object: "user", id: ids.person },
    last_edited_by: { object: "user", id: ids.other },
  } as unknown as PageObjectResponse;
}
