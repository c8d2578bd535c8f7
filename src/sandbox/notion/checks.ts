// SPDX-License-Identifier: EUPL-1.2
/** Small strict readers for request bodies: each answers the typed value or throws Notion's validation error. */
import { isUuid } from "./ids.ts";
import { unexpected } from "./problem.ts";

export type Fields = Readonly<Record<string, unknown>>;

/** Most items in one array of a request (rich text, options, people, relations). */
const maxItems = 100;

export function fields(value: unknown, where: string): Fields {
  if (!isFields(value)) throw unexpected(where, "an object", value);
  return value;
}

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Refuses any key that is not allowed, as Notion's closed schemas do. */
export function only(value: Fields, where: string, allowed: readonly string[]): void {
  for (const key of Object.keys(value)) {
    if (!allowed.includes(key)) throw unexpected(`${where}.${key}`, "not present", value[key]);
  }
}

export function list(value: unknown, where: string): readonly unknown[] {
  if (!Array.isArray(value)) throw unexpected(where, "an array", value);
  if (value.length > maxItems) throw unexpected(`${where}.length`, `≤ \`${maxItems}\``, value.length);
  return value;
}

export function text(value: unknown, where: string, longest = 2000): string {
  if (typeof value !== "string") throw unexpected(where, "a string", value);
  if (value.length > longest) throw unexpected(`${where}.length`, `≤ \`${longest}\``, value.length);
  return value;
}

export function flag(value: unknown, where: string): boolean {
  if (typeof value !== "boolean") throw unexpected(where, "a boolean", value);
  return value;
}

/** An id in a body: with hyphens, unlike in a path. */
export function uuid(value: unknown, where: string): string {
  if (typeof value !== "string" || !isUuid(value)) throw unexpected(where, "a valid uuid", value);
  return value.toLowerCase();
}

export function oneOf<T extends string>(value: unknown, where: string, allowed: readonly T[]): T {
  const found = allowed.find((it) => it === value);
  if (found === undefined) throw unexpected(where, allowed.map((it) => `\`"${it}"\``).join(" or "), value);
  return found;
}

const isoDate = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

/** An ISO 8601 date, or date and time. */
export function iso(value: unknown, where: string): string {
  const given = text(value, where);
  if (!isoDate.test(given) || Number.isNaN(Date.parse(given))) {
    throw unexpected(where, "a valid ISO 8601 date string", value);
  }
  return given;
}
