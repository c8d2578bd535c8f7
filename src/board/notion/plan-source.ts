// SPDX-License-Identifier: EUPL-1.2
/**
 * What a data source lacks of what the rules want, as a plan: properties to make, options to add. Nothing is ever deleted,
 * renamed or retyped; what only that could mend is left to a person, with the words to do it by.
 */
import type { DataSourceObjectResponse } from "@notionhq/client";
import { plainId } from "./ids.ts";
import type { WantedProperty } from "./wanted.ts";

type Schema = DataSourceObjectResponse["properties"][string];
type Option = Readonly<{ id: string; name: string }>;

export type SourcePlan = Readonly<{
  /** Properties that are missing, in the order of the rules; a new data source gets all of them. */
  create: readonly WantedProperty[];
  /** Options that are missing, by property, in the order of the rules. */
  options: readonly Readonly<{ property: string; add: readonly string[] }>[];
  /** What a person has to change in Notion, each a sentence. `hinders`: the service does not start before. */
  byHand: readonly Readonly<{ what: string; hinders: boolean }>[];
}>;

/** The plan for one data source; null: there is none yet. */
export function planSource(wanted: readonly WantedProperty[], found: DataSourceObjectResponse | null): SourcePlan {
  if (found === null) return { create: wanted, options: [], byHand: [] };
  const schemas = Object.values(found.properties);
  const named = (want: WantedProperty) => schemas.find(({ name }) => name === want.name);
  const missing = wanted.filter((want) => named(want) === undefined);
  return {
    create: missing.filter(({ type }) => type !== "title"),
    options: wanted.flatMap((want) => {
      const schema = named(want);
      if (schema?.type !== want.type) return [];
      const add = want.options.filter(({ name }) => !listed(schema).some((it) => it.name === name));
      return add.length === 0 ? [] : [{ property: want.name, add: add.map(({ name }) => name) }];
    }),
    byHand: [
      ...missing.filter(({ type }) => type === "title").map((want) => renameTitle(want, schemas)),
      ...wanted.flatMap((want) => retype(want, named(want))),
    ],
  };
}

/** Every data source has exactly one title, so a missing one has another name. */
function renameTitle(want: WantedProperty, schemas: readonly Schema[]): SourcePlan["byHand"][number] {
  const title = schemas.find(({ type }) => type === "title")?.name ?? "";
  return { what: `rename the title property «${title}» to «${want.name}» in Notion`, hinders: true };
}

function retype({ name, type, needed }: WantedProperty, schema: Schema | undefined): SourcePlan["byHand"] {
  if (schema === undefined || schema.type === type) return [];
  return [
    { what: `«${name}» is of type ${schema.type} and must be ${type}: change its type in Notion`, hinders: needed },
  ];
}

type Nothing = Record<string, never>;
type OptionWrite = { id: string } | { name: string };

/** A property as a request makes or changes it. */
export type Configuration =
  | { title: Nothing }
  | { rich_text: Nothing }
  | { select: { options: { name: string }[] } }
  | { multi_select: { options: { name: string }[] } }
  | { people: Nothing }
  | { number: { format: string } }
  | { checkbox: Nothing }
  | { date: Nothing }
  | { url: Nothing }
  | { unique_id: { prefix: string } }
  | {
      relation: { data_source_id: string; type: "dual_property"; dual_property: { synced_property_name: string } };
    };

/** What makes a property. A relation is not made by this: it needs the other data source. */
export function configurationOf({ type, options }: WantedProperty, prefix: string): Configuration {
  const named = options.map(({ name }) => ({ name }));
  switch (type) {
    case "title":
      return { title: {} };
    case "rich_text":
      return { rich_text: {} };
    case "select":
      return { select: { options: named } };
    case "multi_select":
      return { multi_select: { options: named } };
    case "people":
      return { people: {} };
    case "number":
      return { number: { format: "number" } };
    case "checkbox":
      return { checkbox: {} };
    case "date":
      return { date: {} };
    case "url":
      return { url: {} };
    case "unique_id":
      return { unique_id: { prefix } };
    case "relation":
      throw new TypeError("a relation is made with the data source that it leads to");
  }
}

/**
 * The whole list of options for a PATCH, which replaces it: every option that is there, by its id and without anything
 * that could change it, then the new ones. Null when nothing is to be added.
 */
export function withOptions(
  schema: Schema,
  add: readonly string[],
): { select: { options: OptionWrite[] } } | { multi_select: { options: OptionWrite[] } } | null {
  const there = listed(schema);
  const fresh = add.filter((name) => !there.some((it) => it.name === name));
  if (fresh.length === 0) return null;
  const options = [...there.map(({ id }) => ({ id })), ...fresh.map((name) => ({ name }))];
  if (schema.type === "select") return { select: { options } };
  return schema.type === "multi_select" ? { multi_select: { options } } : null;
}

/** The options that were there before and are not there after: none, unless somebody else edited the list meanwhile. */
export function lostOptions(before: Schema, after: Schema | undefined): readonly string[] {
  const kept = new Set(listed(after).map(({ id }) => plainId(id)));
  return listed(before)
    .filter(({ id }) => !kept.has(plainId(id)))
    .map(({ name }) => name);
}

/** The options of a property; none for one that has none. */
function listed(schema: Schema | undefined): readonly Option[] {
  if (schema?.type === "select") return schema.select.options;
  return schema?.type === "multi_select" ? schema.multi_select.options : [];
}
