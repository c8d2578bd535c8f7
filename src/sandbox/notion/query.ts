// SPDX-License-Identifier: EUPL-1.2
/** POST /v1/data_sources/:id/query. */
import { type Fields, fields, flag, list, oneOf, only, text } from "./checks.ts";
import { readFilter } from "./filter.ts";
import { readPaging, type Slice, slice } from "./paging.ts";
import { invalid } from "./problem.ts";
import { plainText } from "./rich-text.ts";
import { cellOf } from "./show-value.ts";
import {
  type DataSource,
  findProperty,
  isShared,
  type Page,
  type Property,
  toMinute,
  type Workspace,
} from "./workspace.ts";

/** A query reaches no further than this; beyond it Notion calls the result incomplete. */
const reach = 10_000;

type Order = (one: Page, other: Page) => number;

const keys = ["sorts", "filter", "start_cursor", "page_size", "in_trash", "is_archived", "result_type"];

/** The matching rows among `pages`, one page of them, and whether rows beyond the reach were left out. */
export function query(
  workspace: Workspace,
  source: DataSource,
  body: Fields,
  pages: Iterable<Page> = workspace.pages.values(),
): Slice<Page> & Readonly<{ incomplete: boolean }> {
  only(body, "body", keys);
  if (body.result_type !== undefined) oneOf(body.result_type, "body.result_type", ["page", "data_source"]);
  const inTrash = body.in_trash === undefined ? false : flag(body.in_trash, "body.in_trash");
  const isArchived = body.is_archived === undefined ? false : flag(body.is_archived, "body.is_archived");
  const matches = body.filter === undefined ? () => true : readFilter(workspace, source, body.filter);
  const rows = [...pages]
    .filter((page) => page.source === source.id && isShared(workspace, page))
    .filter((page) => page.inTrash === inTrash && page.isArchived === isArchived)
    .filter(matches)
    .sort(readSorts(workspace, source, body.sorts));
  const found = body.result_type === "data_source" ? [] : rows;
  const part = slice(workspace, found.slice(0, reach), (page) => page.id, readPaging(body, "body"), nameCursor);
  return { ...part, incomplete: found.length > reach };
}

/** As recorded: s:bd8bd80a-…:38c9ce7b-…, the second part being a page's id. */
function nameCursor(uuid: string, next: string): string {
  return `s:${uuid}:${next}`;
}

/** Without sorts Notion promises no order, so the sandbox gives a useless one: that of the ids. */
function readSorts(workspace: Workspace, source: DataSource, raw: unknown): Order {
  if (raw === undefined) return (one, other) => (one.id < other.id ? -1 : 1);
  const orders = list(raw, "body.sorts").map((sort, index) => readSort(workspace, source, sort, index));
  return (one, other) => {
    for (const order of orders) {
      const result = order(one, other);
      if (result !== 0) return result;
    }
    return one.createdAt.getTime() - other.createdAt.getTime();
  };
}

function readSort(workspace: Workspace, source: DataSource, raw: unknown, index: number): Order {
  const where = `body.sorts[${index}]`;
  const sort = fields(raw, where);
  only(sort, where, ["property", "timestamp", "direction"]);
  const direction = oneOf(sort.direction, `${where}.direction`, ["ascending", "descending"]);
  const keyOf = readKey(workspace, source, sort, where);
  const sign = direction === "ascending" ? 1 : -1;
  return (one, other) => {
    const [a, b] = [keyOf(one), keyOf(other)];
    return a === b ? 0 : a < b ? -sign : sign;
  };
}

function readKey(
  workspace: Workspace,
  source: DataSource,
  sort: Fields,
  where: string,
): (page: Page) => string | number {
  if (sort.timestamp !== undefined) {
    const timestamp = oneOf(sort.timestamp, `${where}.timestamp`, ["created_time", "last_edited_time"]);
    return (page) => toMinute(timestamp === "created_time" ? page.createdAt : page.editedAt);
  }
  const key = text(sort.property, `${where}.property`);
  const property = findProperty(source, key);
  if (!property) throw invalid(`Could not find sort property with name or id: ${key}`);
  return (page) => sortKey(workspace, page, property);
}

function sortKey(workspace: Workspace, page: Page, property: Property): string | number {
  const value = cellOf(page, property);
  switch (value.type) {
    case "title":
    case "rich_text":
      return plainText(workspace, value.text);
    case "number":
    case "unique_id":
      return value.number ?? Number.POSITIVE_INFINITY;
    case "checkbox":
      return value.checked ? 1 : 0;
    case "date":
      return value.date?.start ?? "9999";
    case "url":
      return value.url ?? "";
    case "select":
      return property.options.findIndex((option) => option.id === value.option);
    default:
      throw invalid(`Cannot sort by ${property.name}, which is ${property.type}.`);
  }
}
