// SPDX-License-Identifier: EUPL-1.2
/** The options of a select or multi-select column, changed by the API or in the board's menu. */
import type { NotionPerson } from "../world.ts";
import { fields, list, oneOf, only } from "./checks.ts";
import { invalid } from "./problem.ts";
import { optionName } from "./read-value.ts";
import {
  colors,
  type DataSource,
  type Option,
  type Property,
  rowsOf,
  schemaChanged,
  type Workspace,
} from "./workspace.ts";

export function newOption(workspace: Workspace, name: string, index: number): Option {
  const color = colors[index % colors.length] ?? "default";
  return { id: workspace.ids.uuid("option"), name, color, description: null };
}

/** The list is the whole truth: an option left out is deleted, from every page too. Colours cannot be changed. */
export function replaceOptions(
  workspace: Workspace,
  source: DataSource,
  property: Property,
  raw: unknown,
  where: string,
): void {
  const kept = list(raw, where).map((item, index) => {
    const at = `${where}[${index}]`;
    const given = fields(item, at);
    only(given, at, ["id", "name", "color", "description"]);
    const known = property.options.find((it) => (given.id === undefined ? it.name === given.name : it.id === given.id));
    if (known && given.color !== undefined && given.color !== known.color) {
      throw invalid(`Cannot update color of select with ${given.id === undefined ? "name" : "id"}: ${known.name}.`);
    }
    if (known) return known;
    const name = optionName(given.name, `${at}.name`);
    const color = given.color === undefined ? "default" : oneOf(given.color, `${at}.color`, colors);
    return { id: workspace.ids.uuid("option"), name, color, description: null };
  });
  property.options = kept;
  forgetMissingOptions(workspace, source, property);
}

function forgetMissingOptions(workspace: Workspace, source: DataSource, property: Property): void {
  const exists = (id: string): boolean => property.options.some((option) => option.id === id);
  for (const page of rowsOf(workspace, source)) {
    const value = page.values.get(property.id);
    if (value?.type === "select" && value.option !== null && !exists(value.option)) page.values.delete(property.id);
    if (value?.type === "multi_select") {
      page.values.set(property.id, { ...value, options: value.options.filter(exists) });
    }
  }
}

/** As in the board's menu: a new column at the end. */
export function addOption(
  workspace: Workspace,
  source: DataSource,
  property: Property,
  name: string,
  by: NotionPerson,
) {
  if (property.options.some((option) => option.name === name)) throw new RangeError(`Option "${name}" exists already`);
  property.options.push(newOption(workspace, optionName(name, "body.name"), property.options.length));
  schemaChanged(workspace, source, property, "updated", by);
}

/** The option's id stays; every card in it shows the new name. */
export function renameOption(
  workspace: Workspace,
  source: DataSource,
  property: Property,
  names: Readonly<{ from: string; to: string }>,
  by: NotionPerson,
): void {
  optionNamed(property, names.from).name = optionName(names.to, "body.name");
  schemaChanged(workspace, source, property, "updated", by);
}

/** Empties it on every page, which sends no event for the pages. */
export function deleteOption(
  workspace: Workspace,
  source: DataSource,
  property: Property,
  name: string,
  by: NotionPerson,
) {
  const gone = optionNamed(property, name);
  property.options = property.options.filter((option) => option !== gone);
  forgetMissingOptions(workspace, source, property);
  schemaChanged(workspace, source, property, "updated", by);
}

function optionNamed(property: Property, name: string): Option {
  const found = property.options.find((option) => option.name === name);
  if (!found) throw new RangeError(`"${property.name}" has no option "${name}"`);
  return found;
}
