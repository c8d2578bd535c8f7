// SPDX-License-Identifier: EUPL-1.2
/** Data sources: read, change, query. */
import { Hono } from "hono";
import { only } from "../checks.ts";
import type { Stale } from "../fault.ts";
import type { Past } from "../past.ts";
import { query } from "../query.ts";
import { plainText, readRichText } from "../rich-text.ts";
import { patchProperties } from "../schema.ts";
import { showSource } from "../show-source.ts";
import { showPage } from "../show-value.ts";
import { answer, answerList, pathId, readBody, readQuery, wantedProperties } from "../wire.ts";
import { sharedSource, type Workspace } from "../workspace.ts";

const incomplete = { request_status: { type: "incomplete", incomplete_reason: "query_result_limit_reached" } };

/** `rowsBehind` gives the rows as they were so many milliseconds ago, for a query that a fault makes stale. */
export function sourceRoutes(workspace: Workspace, rowsBehind: Past["rows"]): Hono<Stale> {
  const routes = new Hono<Stale>();
  routes.get("/v1/data_sources/:data_source_id", (context) => {
    const source = sharedSource(workspace, pathId(context, "data_source_id"));
    return answer(context, workspace, showSource(workspace, source));
  });
  routes.patch("/v1/data_sources/:data_source_id", async (context) => {
    const source = sharedSource(workspace, pathId(context, "data_source_id"));
    const body = await readBody(context);
    only(body, "body", ["title", "properties"]);
    if (body.title !== undefined)
      source.title = plainText(workspace, readRichText(workspace, body.title, "body.title"));
    if (body.properties !== undefined) patchProperties(workspace, source, body.properties, workspace.bot);
    return answer(context, workspace, showSource(workspace, source));
  });
  routes.post("/v1/data_sources/:data_source_id/query", async (context) => {
    const source = sharedSource(workspace, pathId(context, "data_source_id"));
    readQuery(context, ["filter_properties"]);
    const behindMs = context.get("behindMs");
    const rows = behindMs === undefined ? undefined : rowsBehind(behindMs);
    const found = query(workspace, source, await readBody(context), rows);
    const wanted = wantedProperties(context);
    const results = found.results.map((page) => showPage(workspace, page, wanted));
    const status = found.incomplete ? incomplete : {};
    return answerList(context, workspace, "page_or_data_source", { ...found, results }, status);
  });
  return routes;
}
