// SPDX-License-Identifier: EUPL-1.2
/** Comments: written, and shown as Notion's API answers them. */
import type { CommentObjectResponse } from "@notionhq/client";
import type { NotionPerson } from "../world.ts";
import { showRichText } from "./rich-text.ts";
import { partialUser } from "./users.ts";
import {
  type Comment,
  type DisplayName,
  type Page,
  personOf,
  type TextItem,
  toMinute,
  type Workspace,
} from "./workspace.ts";

/** Adds a comment on a page; without a discussion it starts one. */
export function addComment(
  workspace: Workspace,
  page: Page,
  text: readonly TextItem[],
  by: NotionPerson,
  extra: Readonly<{ displayName?: DisplayName; discussion?: string }> = {},
): Comment {
  const comment: Comment = {
    id: workspace.ids.uuid("comment"),
    page: page.id,
    discussion: extra.discussion ?? workspace.ids.uuid("discussion"),
    createdAt: workspace.clock.now(),
    createdBy: by.id,
    text,
    displayName: extra.displayName ?? { type: by.kind === "person" ? "user" : "integration" },
  };
  workspace.comments.push(comment);
  workspace.record({ kind: "comment", comment, by });
  return comment;
}

export function commentsOn(workspace: Workspace, page: string): readonly Comment[] {
  return workspace.comments.filter((comment) => comment.page === page);
}

export function showComment(workspace: Workspace, comment: Comment): CommentObjectResponse {
  const { displayName } = comment;
  const name = displayName.type === "custom" ? displayName.custom.name : personOf(workspace, comment.createdBy).name;
  return {
    object: "comment",
    id: comment.id,
    parent: { type: "page_id", page_id: comment.page },
    discussion_id: comment.discussion,
    created_time: toMinute(comment.createdAt),
    last_edited_time: toMinute(comment.createdAt),
    created_by: partialUser(comment.createdBy),
    rich_text: showRichText(workspace, comment.text),
    display_name: { type: displayName.type, resolved_name: name },
  };
}
