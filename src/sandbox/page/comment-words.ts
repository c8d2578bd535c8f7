// SPDX-License-Identifier: EUPL-1.2
/** What a comment consists of, and what it says. */
import type { CommentObjectResponse } from "@notionhq/client";
import type { TextPart } from "./view.ts";

/** The service ends a message with its reference, set as code on a line of its own; the words before it are the message. */
export function commentParts({ rich_text: parts }: CommentObjectResponse): readonly TextPart[] {
  return parts.map((part, index) => {
    const isReference = index > 0 && index === parts.length - 1 && part.annotations.code;
    return { text: part.plain_text, kind: part.type === "mention" ? "mention" : isReference ? "reference" : "text" };
  });
}

/** The words of a message: whom it is to stands first, its reference last. */
export function wordsOf(comment: CommentObjectResponse): string {
  const parts = commentParts(comment);
  const first = parts.findIndex((part) => part.kind === "text" && /\w/.test(part.text));
  const words = parts.slice(Math.max(0, first)).filter((part) => part.kind !== "reference");
  return words
    .map((part) => part.text)
    .join("")
    .trim();
}
