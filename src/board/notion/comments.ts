// SPDX-License-Identifier: EUPL-1.2
/** Comments on a card, and the marker by which the service recognises its own. */
import type { Client, CommentObjectResponse, ListCommentsResponse } from "@notionhq/client";
import type { CardId, UserId } from "../../core/card.ts";
import type { Comment } from "../board.ts";
import { ask } from "./errors.ts";
import { uuid } from "./ids.ts";
import { itemsPerList, plainText, type TextItem, textItems } from "./rich-text.ts";

type Mention = Readonly<{ type: "mention"; mention: { user: { id: UserId } } }>;

/** Each mention takes two items of Notion's hundred, and the text and the marker need theirs: more people aren't mentioned. */
const mentionsPerComment = 45;

/** Mentions first, then the text, then the marker in code type. */
export function commentText(comment: Comment): (TextItem | Mention)[] {
  const mentions = [...new Set(comment.mentions)].slice(0, mentionsPerComment).flatMap(mention);
  const room = itemsPerList - mentions.length - 1;
  return [...mentions, ...textItems(`${comment.text}\n`, room), markerItem(comment.marker)];
}

export async function writeComment(notion: Client, card: CardId, comment: Comment): Promise<void> {
  const rich_text = commentText(comment);
  await ask("writing a comment", () => notion.comments.create({ parent: { page_id: card }, rich_text }));
}

/** Whether one of the open comments that `self` wrote on the card ends with the marker. Resolved ones can't be read. */
export async function findMarker(notion: Client, self: UserId, card: CardId, marker: string): Promise<boolean> {
  let cursor: string | null = null;
  do {
    const answer: ListCommentsResponse = await ask("reading a card's comments", () =>
      notion.comments.list({ block_id: card, page_size: 100, ...(cursor === null ? {} : { start_cursor: cursor }) }),
    );
    if (answer.results.some((it) => isMarked(it, self, marker))) return true;
    cursor = answer.has_more ? answer.next_cursor : null;
  } while (cursor !== null);
  return false;
}

function mention(id: UserId): (TextItem | Mention)[] {
  return [
    { type: "mention", mention: { user: { id } } },
    { type: "text", text: { content: " " } },
  ];
}

const markerText = (marker: string): string => `ref. ${marker}`;

function markerItem(marker: string): TextItem {
  return { type: "text", text: { content: markerText(marker) }, annotations: { code: true } };
}

/** The end of the whole text, on a line of its own: a marker quoted in the text before it is none. */
function isMarked(comment: CommentObjectResponse, self: UserId, marker: string): boolean {
  return uuid(comment.created_by.id) === self && plainText(comment.rich_text).endsWith(`\n${markerText(marker)}`);
}
