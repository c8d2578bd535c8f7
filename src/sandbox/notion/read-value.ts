// SPDX-License-Identifier: EUPL-1.2
/** Reads a property's value from a write, as strictly as Notion does. Changes nothing: new options are handed back. */
import { type Fields, fields, flag, list, oneOf, only, text, uuid } from "./checks.ts";
import { propertyKinds } from "./options.ts";
import { invalid, unexpected } from "./problem.ts";
import { readDate, readRichText } from "./rich-text.ts";
import { colors, type Option, type Property, pageOf, personOf, type Value, type Workspace } from "./workspace.ts";

/** The value, and the options it names that the property does not have yet. */
export type Reading = Readonly<{ value: Value; newOptions: readonly Option[] }>;

/** Reads `write` for `property`; `where` is its place in the request. */
export function readValue(workspace: Workspace, property: Property, write: unknown, where: string): Reading {
  const given = fields(write, where);
  only(given, where, ["id", "name", "type", "has_more", ...propertyKinds]);
  const otherKind = propertyKinds.find((kind) => kind !== property.type && given[kind] !== undefined);
  const otherType = given.type !== undefined && given.type !== property.type;
  if (otherKind || otherType) throw invalid(`${property.name} is expected to be ${property.type}.`);
  const raw = given[property.type];
  const at = `${where}.${property.type}`;
  if (raw === undefined) throw unexpected(at, "defined", undefined);
  if (property.type === "select" || property.type === "multi_select") return readOptions(workspace, property, raw, at);
  return { value: readPlain(workspace, property, raw, at), newOptions: [] };
}

function readPlain(workspace: Workspace, property: Property, raw: unknown, at: string): Value {
  switch (property.type) {
    case "title":
    case "rich_text":
      return { type: property.type, text: readRichText(workspace, raw, at) };
    case "people":
      return { type: "people", people: readIds(raw, at, (id) => personOf(workspace, id).id) };
    case "relation":
      return { type: "relation", pages: readIds(raw, at, (id) => related(workspace, property, id)) };
    case "number":
      return { type: "number", number: readNumber(raw, at) };
    case "checkbox":
      return { type: "checkbox", checked: flag(raw, at) };
    case "date":
      return { type: "date", date: raw === null ? null : readDate(raw, at) };
    case "url":
      return { type: "url", url: readUrl(raw, at) };
    default:
      throw unexpected(at, "not present", raw);
  }
}

function readNumber(raw: unknown, at: string): number | null {
  if (raw !== null && (typeof raw !== "number" || !Number.isFinite(raw))) throw unexpected(at, "a number or null", raw);
  return raw;
}

function readUrl(raw: unknown, at: string): string | null {
  if (raw === null) return null;
  const url = text(raw, at);
  if (url === "") throw unexpected(`${at}.length`, "≥ `1`", 0);
  return url;
}

/** The ids of an array of objects; named twice is kept once. */
function readIds(raw: unknown, at: string, known: (id: string) => string): readonly string[] {
  const ids = list(raw, at).map((item, index) => {
    const given = fields(item, `${at}[${index}]`);
    return known(uuid(given.id, `${at}[${index}].id`));
  });
  return [...new Set(ids)];
}

function related(workspace: Workspace, property: Property, id: string): string {
  const page = pageOf(workspace, id);
  if (page.source !== property.relation?.source) {
    throw invalid(`Page ${id} does not belong to the data source that ${property.name} is related to.`);
  }
  return page.id;
}

function readOptions(workspace: Workspace, property: Property, raw: unknown, at: string): Reading {
  const newOptions: Option[] = [];
  const pick = (item: unknown, where: string): string => {
    const option = readOption(workspace, [...property.options, ...newOptions], fields(item, where), where);
    if (![...property.options, ...newOptions].includes(option)) newOptions.push(option);
    return option.id;
  };
  if (property.type === "select") {
    return { value: { type: "select", option: raw === null ? null : pick(raw, at) }, newOptions };
  }
  const options = list(raw, at).map((item, index) => pick(item, `${at}[${index}]`));
  return { value: { type: "multi_select", options: [...new Set(options)] }, newOptions };
}

/** An id must exist; a name that does not becomes a new option, which is a new column on a board. */
function readOption(workspace: Workspace, known: readonly Option[], given: Fields, where: string): Option {
  only(given, where, ["id", "name", "color", "description"]);
  if (given.id !== undefined) {
    const id = text(given.id, `${where}.id`);
    const found = known.find((option) => option.id === id);
    if (!found) throw invalid(`${id} is an invalid select option.`);
    return found;
  }
  const name = optionName(given.name, `${where}.name`);
  const color = given.color === undefined ? "default" : oneOf(given.color, `${where}.color`, colors);
  return (
    known.find((option) => option.name === name) ?? {
      id: workspace.ids.uuid("option"),
      name,
      color,
      description: null,
    }
  );
}

/** A name an option may have: 1 to 100 characters, no comma. */
export function optionName(raw: unknown, where: string): string {
  const name = text(raw, where, 100);
  if (name === "") throw unexpected(`${where}.length`, "≥ `1`", 0);
  if (name.includes(",")) throw invalid(`Invalid select option, commas not allowed: ${name}`);
  return name;
}
