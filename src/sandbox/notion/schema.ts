// SPDX-License-Identifier: EUPL-1.2
/** Changes to a data source's columns and options, by the API and by people. */
import type { NotionPerson } from "../world.ts";
import { type Fields, fields, oneOf, only, text, uuid } from "./checks.ts";
import { type PropertyDefinition, type PropertyKind, propertyKinds } from "./options.ts";
import { invalid, unexpected } from "./problem.ts";
import { newOption, replaceOptions } from "./select-options.ts";
import {
  type DataSource,
  findProperty,
  type Property,
  rowsOf,
  schemaChanged,
  sourceOf,
  type Workspace,
} from "./workspace.ts";
import { numberRow } from "./write-page.ts";

/** A column from its definition; relations are joined afterwards, when both sides are there. */
export function newProperty(workspace: Workspace, definition: PropertyDefinition): Property {
  return {
    id: definition.type === "title" ? "title" : workspace.ids.property(),
    name: definition.name,
    type: definition.type,
    description: null,
    options: (definition.options ?? []).map((name, index) => newOption(workspace, name, index)),
    relation: null,
    prefix: definition.prefix ?? null,
    format: "number",
  };
}

/** The `properties` of PATCH /v1/data_sources: null deletes, an unknown key creates, a known one is changed. */
export function patchProperties(workspace: Workspace, source: DataSource, raw: unknown, by: NotionPerson): void {
  for (const [key, change] of Object.entries(fields(raw, "body.properties"))) {
    const where = `body.properties.${key}`;
    const property = findProperty(source, key);
    if (change === null) {
      if (!property) throw invalid(`${key} is not a property that exists.`);
      deleteProperty(workspace, source, property, by);
    } else if (property) {
      changeProperty(workspace, source, property, readColumn(change, where), where, by);
    } else {
      createProperty(workspace, source, key, readColumn(change, where), where, by);
    }
  }
}

type Column = Readonly<{ given: Fields; kind: PropertyKind | undefined; config: Fields }>;

function readColumn(raw: unknown, where: string): Column {
  const given = fields(raw, where);
  only(given, where, ["id", "name", "type", "description", ...propertyKinds]);
  const kinds = propertyKinds.filter((kind) => given[kind] !== undefined);
  if (kinds.length > 1) throw unexpected(`${where}.${kinds[1]}`, "not present", given[kinds[1] ?? ""]);
  const kind = kinds[0];
  if (kind !== undefined && given.type !== undefined) oneOf(given.type, `${where}.type`, [kind]);
  return { given, kind, config: kind === undefined ? {} : fields(given[kind], `${where}.${kind}`) };
}

function createProperty(
  workspace: Workspace,
  source: DataSource,
  name: string,
  { kind, config }: Column,
  where: string,
  by: NotionPerson,
): void {
  if (kind === undefined) throw unexpected(`${where}.type`, "defined", undefined);
  if (kind === "title") throw invalid("Cannot create a new title property: a data source has exactly one.");
  const property = newProperty(workspace, { name: text(name, where), type: kind });
  source.properties.push(property);
  configure(workspace, source, property, config, `${where}.${kind}`, by);
  schemaChanged(workspace, source, property, "created", by);
}

function changeProperty(
  workspace: Workspace,
  source: DataSource,
  property: Property,
  { given, kind, config }: Column,
  where: string,
  by: NotionPerson,
): void {
  if (given.name !== undefined) renameProperty(source, property, text(given.name, `${where}.name`));
  if (given.description !== undefined) {
    property.description = given.description === null ? null : text(given.description, `${where}.description`);
  }
  if (kind !== undefined && kind !== property.type) changeType(workspace, source, property, kind);
  if (kind !== undefined) configure(workspace, source, property, config, `${where}.${kind}`, by);
  schemaChanged(workspace, source, property, "updated", by);
}

function renameProperty(source: DataSource, property: Property, name: string): void {
  const other = source.properties.find((it) => it.name === name);
  if (other && other !== property) throw invalid(`Property name "${name}" is already in use.`);
  property.name = name;
}

/** The id stays, the cells are emptied: no conversion of values is modelled. */
function changeType(workspace: Workspace, source: DataSource, property: Property, kind: PropertyKind): void {
  if (property.type === "title" || kind === "title") throw invalid("Cannot change the type of the title property.");
  property.type = kind;
  property.options = [];
  property.relation = null;
  property.prefix = null;
  for (const page of rowsOf(workspace, source)) page.values.delete(property.id);
}

function configure(
  workspace: Workspace,
  source: DataSource,
  property: Property,
  config: Fields,
  where: string,
  by: NotionPerson,
): void {
  if (property.type === "select" || property.type === "multi_select") {
    only(config, where, ["options"]);
    if (config.options !== undefined) replaceOptions(workspace, source, property, config.options, `${where}.options`);
  } else if (property.type === "number") {
    only(config, where, ["format"]);
    if (config.format !== undefined) property.format = text(config.format, `${where}.format`);
  } else if (property.type === "unique_id") {
    only(config, where, ["prefix"]);
    property.prefix = config.prefix == null ? null : text(config.prefix, `${where}.prefix`);
    const unnumbered = rowsOf(workspace, source).filter((page) => !page.values.has(property.id));
    for (const page of unnumbered) numberRow(source, page);
  } else if (property.type === "relation") {
    relateTo(workspace, source, property, config, where, by);
  } else {
    only(config, where, []);
  }
}

function relateTo(
  workspace: Workspace,
  source: DataSource,
  property: Property,
  config: Fields,
  where: string,
  by: NotionPerson,
): void {
  only(config, where, ["data_source_id", "database_id", "type", "single_property", "dual_property"]);
  const target = sourceOf(workspace, uuid(config.data_source_id, `${where}.data_source_id`));
  if (property.relation?.source === target.id) return;
  property.relation = { source: target.id, syncedId: null };
  if (config.dual_property === undefined) return;
  const dual = fields(config.dual_property, `${where}.dual_property`);
  only(dual, `${where}.dual_property`, ["synced_property_name", "synced_property_id"]);
  const name = dual.synced_property_name ?? `Related to ${source.title} (${property.name})`;
  const synced = newProperty(workspace, { name: text(name, `${where}.dual_property`), type: "relation" });
  target.properties.push(synced);
  joinRelation(source, property, target, synced);
  schemaChanged(workspace, target, synced, "created", by);
}

/** Makes two relation columns the two ends of one relation. */
export function joinRelation(source: DataSource, property: Property, target: DataSource, synced: Property): void {
  property.relation = { source: target.id, syncedId: synced.id };
  synced.relation = { source: source.id, syncedId: property.id };
}

function deleteProperty(workspace: Workspace, source: DataSource, property: Property, by: NotionPerson): void {
  if (property.type === "title") throw invalid("Cannot delete the title property.");
  source.properties = source.properties.filter((it) => it !== property);
  for (const page of rowsOf(workspace, source)) page.values.delete(property.id);
  schemaChanged(workspace, source, property, "deleted", by);
}
