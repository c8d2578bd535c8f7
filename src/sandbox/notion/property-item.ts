// SPDX-License-Identifier: EUPL-1.2
/** One property of one page: the way to more than the 25 that a page object shows. */
import { type Paging, type Slice, slice } from "./paging.ts";
import { showRichText } from "./rich-text.ts";
import { cellOf, showValue } from "./show-value.ts";
import { showMentioned } from "./users.ts";
import type { Page, Property, Value, Workspace } from "./workspace.ts";

/** Properties that are answered as a list of items. */
export function isList({ type }: Property): boolean {
  return type === "title" || type === "rich_text" || type === "people" || type === "relation";
}

export function showItem(workspace: Workspace, page: Page, property: Property): object {
  return { object: "property_item", ...showValue(workspace, property, cellOf(page, property)) };
}

/** One slice of a list property. */
export function showItems(workspace: Workspace, page: Page, property: Property, paging: Paging): Slice<object> {
  const { id, type } = property;
  const parts = partsOf(workspace, cellOf(page, property)).map((part, index) => ({ part, key: String(index) }));
  const found = slice(workspace, parts, ({ key }) => key, paging);
  return { ...found, results: found.results.map(({ part }) => ({ object: "property_item", type, id, [type]: part })) };
}

function partsOf(workspace: Workspace, value: Value): readonly object[] {
  switch (value.type) {
    case "title":
    case "rich_text":
      return showRichText(workspace, value.text);
    case "people":
      return value.people.map((person) => showMentioned(workspace, person));
    case "relation":
      return value.pages.map((page) => ({ id: page }));
    default:
      return [];
  }
}
