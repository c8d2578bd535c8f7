// SPDX-License-Identifier: EUPL-1.2
/** Lists in pages of at most 100, with cursors that mean nothing to the reader. */
import { invalid, unexpected } from "./problem.ts";
import type { Workspace } from "./workspace.ts";

export type Paging = Readonly<{ size: number; cursor: string | undefined }>;

export type Slice<T> = Readonly<{ results: readonly T[]; next_cursor: string | null; has_more: boolean }>;

const largest = 100;

/** Reads start_cursor and page_size from a query string or a body; `part` is how Notion calls the place. */
export function readPaging(given: Readonly<Record<string, unknown>>, part: "query" | "body"): Paging {
  const raw = given.page_size;
  const size = raw === undefined ? largest : part === "query" ? Number(raw) : raw;
  if (typeof size !== "number" || !Number.isInteger(size)) throw unexpected(`${part}.page_size`, "a number", raw);
  if (size < 1) throw unexpected(`${part}.page_size`, "≥ `1`", size);
  if (size > largest) throw unexpected(`${part}.page_size`, `≤ \`${largest}\``, size);
  const cursor = given.start_cursor ?? undefined;
  if (cursor !== undefined && typeof cursor !== "string") throw unexpected(`${part}.start_cursor`, "a string", cursor);
  return { size, cursor };
}

/** Cursors still honoured; older ones are forgotten, as Notion's expire. */
const remembered = 500;

/** What follows each cursor, as it stood when the cursor was handed out. */
export type Cursors = Map<string, readonly string[]>;

/**
 * The next items. A walk keeps the order it began with, so an edit in the middle neither skips nor repeats a row;
 * what no longer belongs to the list is left out, which is why a page may hold fewer than asked for.
 * A cursor is a UUID (Notion documents that for comments), unless `nameCursor` makes another one of it.
 */
export function slice<T>(
  workspace: Workspace,
  items: readonly T[],
  idOf: (item: T) => string,
  { size, cursor }: Paging,
  nameCursor: (uuid: string, next: string) => string = (uuid) => uuid,
): Slice<T> {
  const order = cursor === undefined ? items.map(idOf) : workspace.cursors.get(cursor);
  if (!order) throw invalid(`The start_cursor provided is invalid: ${cursor}`);
  const byId = new Map(items.map((item) => [idOf(item), item]));
  const results = order.slice(0, size).flatMap((id) => byId.get(id) ?? []);
  const next = handOut(workspace, order.slice(size), nameCursor);
  return { results, next_cursor: next, has_more: next !== null };
}

function handOut(
  workspace: Workspace,
  rest: readonly string[],
  nameCursor: (uuid: string, next: string) => string,
): string | null {
  const [first] = rest;
  if (first === undefined) return null;
  const cursor = nameCursor(workspace.ids.uuid("cursor"), first);
  workspace.cursors.set(cursor, rest);
  const oldest = workspace.cursors.keys().next();
  if (workspace.cursors.size > remembered && !oldest.done) workspace.cursors.delete(oldest.value);
  return cursor;
}
