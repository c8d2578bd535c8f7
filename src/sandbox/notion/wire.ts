// SPDX-License-Identifier: EUPL-1.2
/** What every route needs of the wire: the body, the ids in the path, and the shape of an answer. */
import type { Context } from "hono";
import { type Fields, fields } from "./checks.ts";
import { hyphenated, isUuid } from "./ids.ts";
import type { Slice } from "./paging.ts";
import { invalid, Problem, unexpected } from "./problem.ts";
import type { Workspace } from "./workspace.ts";

/** Largest request, in bytes. */
const largest = 500_000;

/** An answer, with the request's id in the body and in the header. */
export function answer(context: Context, workspace: Workspace, body: object): Response {
  const id = workspace.ids.uuid("request");
  return context.json({ ...body, request_id: id }, 200, { "x-notion-request-id": id });
}

/** A page of a list, as Notion wraps it. */
export function answerList(
  context: Context,
  workspace: Workspace,
  type: string,
  { results, next_cursor, has_more }: Slice<unknown>,
  extra: object = {},
): Response {
  return answer(context, workspace, {
    object: "list",
    results,
    next_cursor,
    has_more,
    type,
    [type]: {},
    ...extra,
  });
}

/** The body as an object; anything that is not JSON is refused. */
export async function readBody(context: Context): Promise<Fields> {
  const raw = await context.req.text();
  if (raw.length > largest) throw invalid(`body failed validation: body.length should be ≤ \`${largest}\` bytes.`);
  const isJson = context.req.header("content-type")?.startsWith("application/json") ?? false;
  try {
    if (isJson) return fields(JSON.parse(raw), "body");
  } catch (error) {
    if (error instanceof Problem) throw error;
  }
  throw new Problem(400, "invalid_json", "Error parsing JSON body.");
}

/** An id in the path, hyphens optional. */
export function pathId(context: Context, name: string): string {
  const raw = context.req.param(name) ?? "";
  const id = hyphenated(raw);
  if (!isUuid(id)) throw unexpected(`path.${name}`, "a valid uuid", raw);
  return id;
}

/** The query string's values; a repeated one is asked for by name with `context.req.queries`. */
export function readQuery(context: Context, allowed: readonly string[]): Fields {
  const given = context.req.query();
  for (const key of Object.keys(given)) {
    if (!allowed.includes(key.replace("[]", ""))) throw unexpected(`query.${key}`, "not present", given[key]);
  }
  return given;
}

/** Ids of the properties a page is to be answered with; null: all. */
export function wantedProperties(context: Context): readonly string[] | null {
  const asked = context.req.queries("filter_properties") ?? context.req.queries("filter_properties[]");
  return asked?.map(encoded) ?? null;
}

/** A property id in the form answers carry, however the caller wrote it. */
function encoded(id: string): string {
  return encodeURIComponent(decodeURIComponent(id));
}
