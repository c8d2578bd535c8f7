// SPDX-License-Identifier: EUPL-1.2
/** What stands on a page that is no row. */
import { Hono } from "hono";
import { readPaging, slice } from "../paging.ts";
import { childrenOf, underOf } from "../plain-pages.ts";
import { answerList, pathId, readQuery } from "../wire.ts";
import type { Workspace } from "../workspace.ts";

export function blockRoutes(workspace: Workspace): Hono {
  const routes = new Hono();
  routes.get("/v1/blocks/:block_id/children", (context) => {
    const id = underOf(workspace, pathId(context, "block_id"), "block");
    const paging = readPaging(readQuery(context, ["page_size", "start_cursor"]), "query");
    return answerList(
      context,
      workspace,
      "block",
      slice(workspace, childrenOf(workspace, id), (it) => it.id, paging),
    );
  });
  return routes;
}
