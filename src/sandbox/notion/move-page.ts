// SPDX-License-Identifier: EUPL-1.2
/**
 * A page is moved to another data source, as its menu does it. It keeps its id and its comments. Columns of the same name
 * and kind take their values along; the others' are not shown there, and are back with the page.
 */
import type { NotionPerson } from "../world.ts";
import { cellOf } from "./show-value.ts";
import { type DataSource, type Page, type Property, sourceOf, type Value, type Workspace } from "./workspace.ts";

export function movePage(workspace: Workspace, page: Page, target: DataSource, by: NotionPerson): void {
  const source = sourceOf(workspace, page.source);
  if (source === target) return;
  for (const property of target.properties) {
    const same = source.properties.find((it) => it.name === property.name && it.type === property.type);
    const value = same && carried(cellOf(page, same), same, property);
    if (value) page.values.set(property.id, value);
  }
  page.source = target.id;
  page.editedAt = workspace.clock.now();
  page.editedBy = by.id;
  workspace.record({ kind: "moved", page, by, from: source.id });
}

/** The value in the other column: a choice is the option of the same name, or none. Running numbers and relations stay behind. */
function carried(value: Value, from: Property, to: Property): Value | null {
  const optionIn = (id: string): readonly string[] => {
    const { name } = from.options.find((it) => it.id === id) ?? {};
    return to.options.filter((it) => it.name === name).map((it) => it.id);
  };
  switch (value.type) {
    case "relation":
    case "unique_id":
      return null;
    case "select":
      return { ...value, option: value.option === null ? null : (optionIn(value.option)[0] ?? null) };
    case "multi_select":
      return { ...value, options: value.options.flatMap(optionIn) };
    default:
      return value;
  }
}
