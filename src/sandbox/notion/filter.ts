// SPDX-License-Identifier: EUPL-1.2
/** The filter of a query, read into a predicate. What Notion would refuse is refused. */
import { type Fields, fields, flag, isFields, iso, list, only, text, uuid } from "./checks.ts";
import { invalid, unexpected } from "./problem.ts";
import { plainText } from "./rich-text.ts";
import { cellOf } from "./show-value.ts";
import { type DataSource, findProperty, type Page, type Property, toMinute, type Workspace } from "./workspace.ts";

type Predicate = (page: Page) => boolean;

/** Groups nest two levels: a group may hold a group, which may hold conditions only. */
const deepest = 2;

export function readFilter(workspace: Workspace, source: DataSource, raw: unknown, where = "body.filter"): Predicate {
  return readNode(workspace, source, raw, where, 1);
}

function readNode(workspace: Workspace, source: DataSource, raw: unknown, where: string, level: number): Predicate {
  const node = fields(raw, where);
  if (node.and === undefined && node.or === undefined) return readCondition(workspace, source, node, where);
  const key = node.and === undefined ? "or" : "and";
  only(node, where, [key]);
  if (level > deepest) throw unexpected(`${where}.${key}`, "not present", node[key]);
  const parts = list(node[key], `${where}.${key}`).map((part, index) =>
    readNode(workspace, source, part, `${where}.${key}[${index}]`, level + 1),
  );
  return key === "and" ? (page) => parts.every((part) => part(page)) : (page) => parts.some((part) => part(page));
}

function readCondition(workspace: Workspace, source: DataSource, node: Fields, where: string): Predicate {
  if (node.timestamp !== undefined) return readTimestamp(node, where);
  const key = text(node.property, `${where}.property`);
  const property = findProperty(source, key);
  if (!property) throw invalid(`Could not find property with name or id: ${key}`);
  const kinds = Object.keys(node).filter((it) => it !== "property" && it !== "type");
  if (kinds[0] !== property.type || kinds.length > 1) {
    throw invalid(`database property ${property.type} does not match filter ${kinds.join(", ")}`);
  }
  return readTest(workspace, property, node[property.type], `${where}.${property.type}`);
}

function readTimestamp(node: Fields, where: string): Predicate {
  const { timestamp } = node;
  if (timestamp !== "created_time" && timestamp !== "last_edited_time") {
    throw unexpected(`${where}.timestamp`, '`"created_time"` or `"last_edited_time"`', timestamp);
  }
  only(node, where, ["timestamp", "type", timestamp]);
  const [operator, wanted] = single(node[timestamp], `${where}.${timestamp}`);
  const test = dateTest(operator, wanted, `${where}.${timestamp}.${operator}`);
  return (page) => test(toMinute(timestamp === "created_time" ? page.createdAt : page.editedAt));
}

/** A condition holds exactly one operator. */
function single(raw: unknown, where: string): readonly [string, unknown] {
  const [entry, second] = Object.entries(fields(raw, where));
  if (!entry || second) throw unexpected(where, "an object with one condition", raw);
  return entry;
}

function readTest(workspace: Workspace, property: Property, raw: unknown, where: string): Predicate {
  const [operator, wanted] = single(raw, where);
  const at = `${where}.${operator}`;
  switch (property.type) {
    case "title":
    case "rich_text":
    case "url": {
      const test = textTest(operator, wanted, at);
      return (page) => test(textOf(workspace, page, property));
    }
    case "number":
    case "unique_id": {
      const test = numberTest(operator, wanted, at);
      return (page) => test(numberOf(page, property));
    }
    case "date": {
      const test = dateTest(operator, wanted, at);
      return (page) => test(dateOf(page, property));
    }
    case "checkbox": {
      const test = flagTest(operator, wanted, at);
      return (page) => test(cellOf(page, property));
    }
    default: {
      const test = namesTest(operator, wanted, at, property);
      return (page) => test(namesOf(page, property));
    }
  }
}

function textOf(workspace: Workspace, page: Page, property: Property): string {
  const value = cellOf(page, property);
  if (value.type === "url") return value.url ?? "";
  return value.type === "title" || value.type === "rich_text" ? plainText(workspace, value.text) : "";
}

function numberOf(page: Page, property: Property): number | null {
  const value = cellOf(page, property);
  return value.type === "number" || value.type === "unique_id" ? value.number : null;
}

function dateOf(page: Page, property: Property): string | null {
  const value = cellOf(page, property);
  return value.type === "date" ? (value.date?.start ?? null) : null;
}

/** Names of options, ids of people and pages. */
function namesOf(page: Page, property: Property): readonly string[] {
  const value = cellOf(page, property);
  const nameOf = (id: string): string => property.options.find((option) => option.id === id)?.name ?? id;
  switch (value.type) {
    case "select":
      return value.option === null ? [] : [nameOf(value.option)];
    case "multi_select":
      return value.options.map(nameOf);
    case "people":
      return value.people;
    case "relation":
      return value.pages;
    default:
      return [];
  }
}

function unknownOperator(at: string, wanted: unknown): Error {
  return unexpected(at, "not present", wanted);
}

function emptiness(operator: string, wanted: unknown, at: string): boolean | null {
  if (operator !== "is_empty" && operator !== "is_not_empty") return null;
  if (wanted !== true) throw unexpected(at, "`true`", wanted);
  return operator === "is_empty";
}

function textTest(operator: string, raw: unknown, at: string): (it: string) => boolean {
  const empty = emptiness(operator, raw, at);
  if (empty !== null) return (it) => (it === "") === empty;
  const wanted = text(raw, at).toLowerCase();
  const tests: Record<string, (it: string) => boolean> = {
    equals: (it) => it === wanted,
    does_not_equal: (it) => it !== wanted,
    contains: (it) => it.includes(wanted),
    does_not_contain: (it) => !it.includes(wanted),
    starts_with: (it) => it.startsWith(wanted),
    ends_with: (it) => it.endsWith(wanted),
  };
  const test = tests[operator];
  if (!test) throw unknownOperator(at, raw);
  return (it) => test(it.toLowerCase());
}

function numberTest(operator: string, wanted: unknown, at: string): (it: number | null) => boolean {
  const empty = emptiness(operator, wanted, at);
  if (empty !== null) return (it) => (it === null) === empty;
  if (typeof wanted !== "number") throw unexpected(at, "a number", wanted);
  const tests: Record<string, (it: number) => boolean> = {
    equals: (it) => it === wanted,
    greater_than: (it) => it > wanted,
    less_than: (it) => it < wanted,
    greater_than_or_equal_to: (it) => it >= wanted,
    less_than_or_equal_to: (it) => it <= wanted,
  };
  if (operator === "does_not_equal") return (it) => it !== wanted;
  const test = tests[operator];
  if (!test) throw unknownOperator(at, wanted);
  return (it) => it !== null && test(it);
}

/** A date without a time stands for the whole day: «after» means after its end. */
function dateTest(operator: string, raw: unknown, at: string): (it: string | null) => boolean {
  const empty = emptiness(operator, raw, at);
  if (empty !== null) return (it) => (it === null) === empty;
  const wanted = iso(raw, at);
  const from = Date.parse(wanted);
  const until = wanted.length === 10 ? from + 86_400_000 - 1 : from;
  const tests: Record<string, (it: number) => boolean> = {
    equals: (it) => it >= from && it <= until,
    before: (it) => it < from,
    after: (it) => it > until,
    on_or_before: (it) => it <= until,
    on_or_after: (it) => it >= from,
  };
  const test = tests[operator];
  if (!test) throw unknownOperator(at, raw);
  return (it) => it !== null && test(Date.parse(it));
}

function flagTest(operator: string, raw: unknown, at: string): (it: ReturnType<typeof cellOf>) => boolean {
  if (operator !== "equals" && operator !== "does_not_equal") throw unknownOperator(at, raw);
  const wanted = flag(raw, at) === (operator === "equals");
  return (it) => it.type === "checkbox" && it.checked === wanted;
}

const one = ["equals", "does_not_equal"];
const many = ["contains", "does_not_contain"];

/** select takes a name or several, any of which will do; people and relations take an id. */
function namesTest(operator: string, raw: unknown, at: string, { type }: Property): (it: readonly string[]) => boolean {
  const empty = emptiness(operator, raw, at);
  if (empty !== null) return (it) => (it.length === 0) === empty;
  const allowed = type === "select" ? one : many;
  if (!allowed.includes(operator) || isFields(raw)) throw unknownOperator(at, raw);
  const asked = type === "select" && Array.isArray(raw) ? list(raw, at) : [raw];
  const read = type === "people" || type === "relation" ? uuid : text;
  const wanted = asked.map((it) => read(it, at));
  const positive = operator === allowed[0];
  return (it) => wanted.some((name) => it.includes(name)) === positive;
}
