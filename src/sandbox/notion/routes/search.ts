// SPDX-License-Identifier: EUPL-1.2
/** Search by title, in everything that is shared with the connection. */
import { Hono } from "hono";
import { type Fields, fields, oneOf, only, text } from "../checks.ts";
import { readPaging, slice } from "../paging.ts";
import { showRootPage } from "../root-page.ts";
import { showSource } from "../show-source.ts";
import { showPage } from "../show-value.ts";
import { answerList, readBody } from "../wire.ts";
import { isShared, type Workspace } from "../workspace.ts";

type Found = Readonly<{ id: string; object: "page" | "data_source"; title: string; show(): unknown }>;

export function searchRoutes(workspace: Workspace): Hono {
  const routes = new Hono();
  routes.post("/v1/search", async (context) => {
    const body = await readBody(context);
    only(body, "body", ["query", "filter", "sort", "start_cursor", "page_size"]);
    const words = body.query === undefined ? "" : text(body.query, "body.query").toLowerCase();
    const kind = readFilter(body);
    const all = everything(workspace).filter(
      ({ object, title }) => (kind === null || object === kind) && title.toLowerCase().includes(words),
    );
    const found = slice(workspace, all, ({ id }) => id, readPaging(body, "body"));
    const results = found.results.map((it) => it.show());
    return answerList(context, workspace, "page_or_data_source", { ...found, results });
  });
  return routes;
}

function readFilter(body: Fields): Found["object"] | null {
  if (body.filter === undefined) return null;
  const filter = fields(body.filter, "body.filter");
  only(filter, "body.filter", ["property", "value"]);
  oneOf(filter.property, "body.filter.property", ["object"]);
  return oneOf(filter.value, "body.filter.value", ["page", "data_source"] as const);
}

function everything(workspace: Workspace): readonly Found[] {
  const { rootPage, rootTitle, sources, pages, withdrawn } = workspace;
  const root: Found[] = withdrawn.has(rootPage)
    ? []
    : [{ id: rootPage, object: "page", title: rootTitle, show: () => showRootPage(workspace) }];
  return [
    ...root,
    ...[...sources.values()]
      .filter(({ id }) => !withdrawn.has(id))
      .map((source) => ({
        id: source.id,
        object: "data_source" as const,
        title: source.title,
        show: () => showSource(workspace, source),
      })),
    ...[...pages.values()]
      .filter((page) => !page.inTrash && isShared(workspace, page))
      .map((page) => ({
        id: page.id,
        object: "page" as const,
        title: titleOf(page.values.get("title")),
        show: () => showPage(workspace, page),
      })),
  ];
}

function titleOf(value: { type: string; text?: readonly { type: string; content?: string }[] } | undefined): string {
  return (value?.text ?? []).map((item) => item.content ?? "").join("");
}
