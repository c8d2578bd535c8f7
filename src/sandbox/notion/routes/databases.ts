// SPDX-License-Identifier: EUPL-1.2
/** Databases: read, and create with their first data source. */
import { Hono } from "hono";
import { type Fields, fields, flag, only, uuid } from "../checks.ts";
import { createSource } from "../create-source.ts";
import { notFound, unexpected } from "../problem.ts";
import { plainText, readRichText } from "../rich-text.ts";
import { showDatabase } from "../show-source.ts";
import { answer, pathId, readBody } from "../wire.ts";
import type { DataSource, Workspace } from "../workspace.ts";

/** What Notion calls a database that is made without a title (recorded). */
const untitled = "New database";

export function databaseRoutes(workspace: Workspace): Hono {
  const routes = new Hono();
  routes.get("/v1/databases/:database_id", (context) => {
    const id = pathId(context, "database_id");
    const source = [...workspace.sources.values()].find((it) => it.databaseId === id);
    if (!source || workspace.withdrawn.has(source.id)) throw notFound("database", id, workspace.bot);
    return answer(context, workspace, showDatabase(workspace, source));
  });
  routes.post("/v1/databases", async (context) =>
    answer(context, workspace, showDatabase(workspace, create(workspace, await readBody(context)))),
  );
  return routes;
}

function create(workspace: Workspace, body: Fields): DataSource {
  only(body, "body", ["parent", "title", "is_inline", "initial_data_source"]);
  const parent = fields(body.parent, "body.parent");
  only(parent, "body.parent", ["type", "page_id"]);
  const page = uuid(parent.page_id, "body.parent.page_id");
  if (page !== workspace.rootPage || workspace.withdrawn.has(page)) throw notFound("page", page, workspace.bot);
  if (body.is_inline !== undefined && flag(body.is_inline, "body.is_inline"))
    throw unexpected("body.is_inline", "`false`", true);
  const title = body.title === undefined ? "" : plainText(workspace, readRichText(workspace, body.title, "body.title"));
  const first = fields(body.initial_data_source ?? {}, "body.initial_data_source");
  only(first, "body.initial_data_source", ["properties"]);
  const properties = fields(first.properties ?? {}, "body.initial_data_source.properties");
  return createSource(workspace, title === "" ? untitled : title, properties);
}
