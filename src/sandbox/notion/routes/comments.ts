// SPDX-License-Identifier: EUPL-1.2
/** Comments on pages: list, read, write. Text in blocks does not exist here, so a block id is a page's id. */
import { Hono } from "hono";
import { type Fields, fields, oneOf, only, text, uuid } from "../checks.ts";
import { addComment, commentsOn, showComment } from "../comments.ts";
import { hyphenated, isUuid } from "../ids.ts";
import { readPaging, slice } from "../paging.ts";
import { notFound, unexpected } from "../problem.ts";
import { readRichText } from "../rich-text.ts";
import { answer, answerList, pathId, readBody, readQuery } from "../wire.ts";
import { type Comment, type DisplayName, isShared, type Page, sharedPage, type Workspace } from "../workspace.ts";

export function commentRoutes(workspace: Workspace): Hono {
  const routes = new Hono();
  routes.get("/v1/comments", (context) => {
    const given = readQuery(context, ["block_id", "page_size", "start_cursor"]);
    const block = hyphenated(text(given.block_id, "query.block_id"));
    if (!isUuid(block)) throw unexpected("query.block_id", "a valid uuid", given.block_id);
    const page = workspace.pages.get(block);
    if (!page || !isShared(workspace, page)) throw notFound("block", block, workspace.bot);
    const found = slice(workspace, commentsOn(workspace, block), (it) => it.id, readPaging(given, "query"));
    const results = found.results.map((comment) => showComment(workspace, comment));
    return answerList(context, workspace, "comment", { ...found, results });
  });
  routes.get("/v1/comments/:comment_id", (context) => {
    const id = pathId(context, "comment_id");
    const found = workspace.comments.find((comment) => comment.id === id);
    if (!found) throw notFound("comment", id, workspace.bot);
    sharedPage(workspace, found.page);
    return answer(context, workspace, showComment(workspace, found));
  });
  routes.post("/v1/comments", async (context) => {
    const made = create(workspace, await readBody(context));
    // Who may write comments and not read them is told no more than that there is one.
    const shown = workspace.capabilities.has("readComments")
      ? showComment(workspace, made)
      : { object: "comment", id: made.id };
    return answer(context, workspace, shown);
  });
  return routes;
}

function create(workspace: Workspace, body: Fields): Comment {
  only(body, "body", ["parent", "discussion_id", "rich_text", "display_name"]);
  const { page, discussion } = place(workspace, body);
  const items = readRichText(workspace, body.rich_text, "body.rich_text");
  if (items.length === 0) throw unexpected("body.rich_text.length", "≥ `1`", 0);
  return addComment(workspace, page, items, workspace.bot, {
    ...(discussion === undefined ? {} : { discussion }),
    ...(body.display_name === undefined ? {} : { displayName: readName(body.display_name) }),
  });
}

/** Exactly one of a parent and a discussion. */
function place(workspace: Workspace, body: Fields): Readonly<{ page: Page; discussion?: string }> {
  if (body.discussion_id !== undefined) {
    if (body.parent !== undefined) throw unexpected("body.parent", "not present", body.parent);
    const discussion = uuid(body.discussion_id, "body.discussion_id");
    const first = workspace.comments.find((comment) => comment.discussion === discussion);
    if (!first) throw notFound("comment", discussion, workspace.bot);
    return { page: sharedPage(workspace, first.page), discussion };
  }
  const parent = fields(body.parent, "body.parent");
  only(parent, "body.parent", ["type", "page_id", "block_id"]);
  if (parent.page_id !== undefined && parent.block_id !== undefined) {
    throw unexpected("body.parent.block_id", "not present", parent.block_id);
  }
  const key = parent.block_id === undefined ? "page_id" : "block_id";
  return { page: sharedPage(workspace, uuid(parent[key], `body.parent.${key}`)) };
}

function readName(raw: unknown): DisplayName {
  const given = fields(raw, "body.display_name");
  only(given, "body.display_name", ["type", "custom"]);
  const type = oneOf(given.type, "body.display_name.type", ["integration", "user", "custom"]);
  if (type !== "custom") return { type };
  const custom = fields(given.custom, "body.display_name.custom");
  return { type, custom: { name: text(custom.name, "body.display_name.custom.name") } };
}
