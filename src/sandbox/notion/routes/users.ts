// SPDX-License-Identifier: EUPL-1.2
/** GET /v1/users, /v1/users/me and /v1/users/:id. */
import { Hono } from "hono";
import { readPaging, slice } from "../paging.ts";
import { members, showUser, userThere } from "../users.ts";
import { answer, answerList, pathId, readQuery } from "../wire.ts";
import type { Workspace } from "../workspace.ts";

export function userRoutes(workspace: Workspace): Hono {
  const routes = new Hono();
  routes.get("/v1/users/me", (context) => answer(context, workspace, showUser(workspace, workspace.bot.id)));
  routes.get("/v1/users", (context) => {
    const paging = readPaging(readQuery(context, ["page_size", "start_cursor"]), "query");
    const found = slice(workspace, members(workspace), (person) => person.id, paging);
    const results = found.results.map((person) => showUser(workspace, person.id));
    return answerList(context, workspace, "user", { ...found, results });
  });
  routes.get("/v1/users/:user_id", (context) =>
    answer(context, workspace, userThere(workspace, pathId(context, "user_id"))),
  );
  return routes;
}
