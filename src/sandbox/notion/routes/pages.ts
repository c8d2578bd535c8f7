// SPDX-License-Identifier: EUPL-1.2
/** Pages: read, create, change, and one property at a time. */
import { type Context, Hono } from "hono";
import { type Fields, fields, flag, only, text, uuid } from "../checks.ts";
import { readPaging } from "../paging.ts";
import { createPlainPage, showPlainPage } from "../plain-pages.ts";
import { invalid } from "../problem.ts";
import { isList, showItem, showItems } from "../property-item.ts";
import { showRootPage } from "../root-page.ts";
import { showPage } from "../show-value.ts";
import { answer, answerList, pathId, readBody, readQuery, wantedProperties } from "../wire.ts";
import { findProperty, type Page, sharedPage, sharedSource, sourceOf, type Workspace } from "../workspace.ts";
import { createPage, editPage, readProperties, setTrash } from "../write-page.ts";

export function pageRoutes(workspace: Workspace): Hono {
  const routes = new Hono();
  const show = (context: Context, page: Page): Response =>
    answer(context, workspace, showPage(workspace, page, wantedProperties(context)));

  routes.get("/v1/pages/:page_id", (context) => {
    readQuery(context, ["filter_properties"]);
    const id = pathId(context, "page_id");
    if (id === workspace.rootPage && !workspace.withdrawn.has(id))
      return answer(context, workspace, showRootPage(workspace));
    return show(context, sharedPage(workspace, id));
  });
  routes.post("/v1/pages", async (context) => {
    const body = await readBody(context);
    if (fields(body.parent, "body.parent").page_id === undefined) return show(context, create(workspace, body));
    return answer(context, workspace, showPlainPage(workspace, createPlainPage(workspace, body)));
  });
  routes.patch("/v1/pages/:page_id", async (context) => {
    const page = sharedPage(workspace, pathId(context, "page_id"));
    update(workspace, page, await readBody(context));
    return show(context, page);
  });
  routes.get("/v1/pages/:page_id/properties/:property_id", (context) => {
    const page = sharedPage(workspace, pathId(context, "page_id"));
    const key = context.req.param("property_id");
    const property = findProperty(sourceOf(workspace, page.source), key);
    if (!property || (property.name === key && property.id !== key))
      throw invalid(`Could not find property with id: ${key}`);
    const paging = readPaging(readQuery(context, ["page_size", "start_cursor"]), "query");
    if (!isList(property)) return answer(context, workspace, showItem(workspace, page, property));
    const { type } = property;
    const about = { id: property.id, next_url: null, type, [type]: {} };
    const items = showItems(workspace, page, property, paging);
    return answerList(context, workspace, "property_item", items, { property_item: about });
  });
  return routes;
}

function create(workspace: Workspace, body: Fields): Page {
  only(body, "body", ["parent", "properties", "icon"]);
  const parent = fields(body.parent, "body.parent");
  only(parent, "body.parent", ["type", "data_source_id"]);
  const source = sharedSource(workspace, uuid(parent.data_source_id, "body.parent.data_source_id"));
  const readings = readProperties(workspace, source, body.properties ?? {});
  const emoji = readIcon(body.icon);
  const page = createPage(workspace, source, readings, workspace.bot);
  page.emoji = emoji;
  return page;
}

/** Reads and judges the whole request first: a refused one changes nothing. */
function update(workspace: Workspace, page: Page, body: Fields): void {
  only(body, "body", ["properties", "icon", "is_locked", "is_archived", "in_trash"]);
  const readings = readProperties(workspace, sourceOf(workspace, page.source), body.properties ?? {});
  const inTrash = body.in_trash === undefined ? page.inTrash : flag(body.in_trash, "body.in_trash");
  const isLocked = body.is_locked === undefined ? page.isLocked : flag(body.is_locked, "body.is_locked");
  const isArchived = body.is_archived === undefined ? page.isArchived : flag(body.is_archived, "body.is_archived");
  const emoji = body.icon === undefined ? page.emoji : readIcon(body.icon);
  if (!inTrash) setTrash(workspace, page, false, workspace.bot);
  if (readings.size > 0) editPage(workspace, page, readings, workspace.bot);
  Object.assign(page, { isLocked, isArchived, emoji });
  if (inTrash) setTrash(workspace, page, true, workspace.bot);
}

function readIcon(raw: unknown): string | null {
  if (raw == null) return null;
  const icon = fields(raw, "body.icon");
  only(icon, "body.icon", ["type", "emoji"]);
  return text(icon.emoji, "body.icon.emoji", 20);
}
