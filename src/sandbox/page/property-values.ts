// SPDX-License-Identifier: EUPL-1.2
/** Between Notion's property objects and the plain values the page works with. */
import type { PageObjectResponse } from "@notionhq/client";
import type { PropertyType } from "../../model/rules.ts";
import type { PropertyWrite } from "../world.ts";

/** Text, choice, date (ISO) and url as string; choices, people and relations as a list; empty as null, "" or []. */
export type PlainValue = string | number | boolean | null | readonly string[];

type Property = PageObjectResponse["properties"][string];

/** The plain value of a property as the API answers it. Kinds the page never shows (formula, files …) read as null. */
export function readProperty(property: Property | undefined): PlainValue {
  switch (property?.type) {
    case "title":
      return property.title.map((part) => part.plain_text).join("");
    case "rich_text":
      return property.rich_text.map((part) => part.plain_text).join("");
    case "select":
      return property.select?.name ?? null;
    case "multi_select":
      return property.multi_select.map((option) => option.name);
    case "people":
      return property.people.map((person) => person.id);
    case "relation":
      return property.relation.map((page) => page.id);
    case "number":
      return property.number;
    case "checkbox":
      return property.checkbox;
    case "date":
      return property.date?.start ?? null;
    case "url":
      return property.url;
    case "unique_id":
      return [property.unique_id.prefix, property.unique_id.number].filter((part) => part !== null).join("-");
    default:
      return null;
  }
}

/** The value as text: "" when empty, a list joined by commas. */
export function readText(property: Property | undefined): string {
  const value = readProperty(property);
  if (value === null || typeof value === "boolean") return "";
  return Array.isArray(value) ? value.join(", ") : String(value);
}

/** The value as a list; [] for everything that is no list. */
export function readList(property: Property | undefined): readonly string[] {
  const value = readProperty(property);
  return Array.isArray(value) ? value : [];
}

const asText = (value: PlainValue) => (typeof value === "string" && value !== "" ? [{ text: { content: value } }] : []);
const asList = (value: PlainValue): readonly string[] => (Array.isArray(value) ? value : []);

/** Notion's limit for one piece of text; longer text goes in several pieces. */
const PIECE = 2000;

function asPieces(value: PlainValue): { text: { content: string } }[] {
  return asText(value).flatMap(({ text }) =>
    Array.from({ length: Math.ceil(text.content.length / PIECE) }, (_, index) => ({
      text: { content: text.content.slice(index * PIECE, (index + 1) * PIECE) },
    })),
  );
}

type Writer = (value: PlainValue) => PropertyWrite;

const writers: Partial<Record<PropertyType, Writer>> = {
  title: (value) => ({ title: asPieces(value) }),
  rich_text: (value) => ({ rich_text: asPieces(value) }),
  select: (value) => ({ select: typeof value === "string" && value !== "" ? { name: value } : null }),
  multi_select: (value) => ({ multi_select: asList(value).map((name) => ({ name })) }),
  people: (value) => ({ people: asList(value).map((id) => ({ object: "user", id })) }),
  number: (value) => ({ number: typeof value === "number" ? value : null }),
  checkbox: (value) => ({ checkbox: value === true }),
  date: (value) => ({ date: typeof value === "string" && value !== "" ? { start: value } : null }),
  url: (value) => ({ url: typeof value === "string" && value !== "" ? value : null }),
};

/** The write that gives a property this value. Throws a TypeError on a kind that people do not type into (relation, unique_id). */
export function writeProperty(type: PropertyType, value: PlainValue): PropertyWrite {
  const writer = writers[type];
  if (!writer) throw new TypeError(`a ${type} property is not written by hand`);
  return writer(value);
}
