// SPDX-License-Identifier: EUPL-1.2
/** Views of a database: list, read, create. */
import { Hono } from "hono";
import { type Fields, fields, flag, oneOf, only, text, uuid } from "../checks.ts";
import { hyphenated, isUuid } from "../ids.ts";
import { readPaging, slice } from "../paging.ts";
import { invalid, notFound, unexpected } from "../problem.ts";
import { addView, showView } from "../views.ts";
import { answer, answerList, pathId, readBody, readQuery } from "../wire.ts";
import { type DataSource, findProperty, sharedSource, type View, type Workspace } from "../workspace.ts";

export function viewRoutes(workspace: Workspace): Hono {
  const routes = new Hono();
  routes.get("/v1/views", (context) => {
    const given = readQuery(context, ["database_id", "data_source_id", "page_size", "start_cursor"]);
    const asked = asks(given);
    const views = workspace.views.filter((view) => !workspace.withdrawn.has(view.source) && asked(view));
    const found = slice(workspace, views, (view) => view.id, readPaging(given, "query"));
    // A list names its views and tells nothing else of them (recorded).
    const results = found.results.map(({ id }) => ({ object: "view", id }));
    return answerList(context, workspace, "view", { ...found, results });
  });
  routes.get("/v1/views/:view_id", (context) => {
    const id = pathId(context, "view_id");
    const view = workspace.views.find((it) => it.id === id && !workspace.withdrawn.has(it.source));
    if (!view) throw notFound("view", id, workspace.bot);
    return answer(context, workspace, showView(workspace, view));
  });
  routes.post("/v1/views", async (context) =>
    answer(context, workspace, showView(workspace, create(workspace, await readBody(context)))),
  );
  return routes;
}

function asks(given: Fields): (view: View) => boolean {
  const id = (key: string): string | undefined => {
    if (given[key] === undefined) return undefined;
    const plain = hyphenated(text(given[key], `query.${key}`));
    if (!isUuid(plain)) throw unexpected(`query.${key}`, "a valid uuid", given[key]);
    return plain;
  };
  const [database, source] = [id("database_id"), id("data_source_id")];
  if (database === undefined && source === undefined)
    throw invalid("Either database_id or data_source_id must be provided.");
  return (view) =>
    (database === undefined || view.databaseId === database) && (source === undefined || view.source === source);
}

/** Only tables and boards are made here: the service asks for nothing else. */
function create(workspace: Workspace, body: Fields): View {
  only(body, "body", ["data_source_id", "database_id", "name", "type", "configuration"]);
  const source = sharedSource(workspace, uuid(body.data_source_id, "body.data_source_id"));
  const database = uuid(body.database_id, "body.database_id");
  if (database !== source.databaseId) throw notFound("database", database, workspace.bot);
  const name = text(body.name, "body.name");
  const type = oneOf(body.type, "body.type", ["table", "board"]);
  if (type === "table") return addView(workspace, source, { name, type });
  return addView(workspace, source, { name, type, ...readGrouping(source, body.configuration) });
}

function readGrouping(source: DataSource, raw: unknown): Readonly<{ groupedBy: string; hideEmptyGroups: boolean }> {
  const configuration = fields(raw, "body.configuration");
  only(configuration, "body.configuration", ["type", "group_by"]);
  oneOf(configuration.type, "body.configuration.type", ["board"]);
  const where = "body.configuration.group_by";
  const group = fields(configuration.group_by, where);
  only(group, where, ["type", "property_id", "sort", "hide_empty_groups"]);
  const kind = oneOf(group.type, `${where}.type`, ["select", "multi_select"]);
  oneOf(fields(group.sort, `${where}.sort`).type, `${where}.sort.type`, ["manual", "ascending", "descending"]);
  const property = findProperty(source, text(group.property_id, `${where}.property_id`));
  if (property?.type !== kind) throw invalid(`Could not find a ${kind} property with id: ${group.property_id}`);
  const hides = group.hide_empty_groups;
  return {
    groupedBy: property.id,
    hideEmptyGroups: hides === undefined ? false : flag(hides, `${where}.hide_empty_groups`),
  };
}
