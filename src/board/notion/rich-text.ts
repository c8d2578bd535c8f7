// SPDX-License-Identifier: EUPL-1.2
/** Plain text to and from Notion's rich text. Text stays text: it never becomes a link, a mention or markup (I7). */
import type { RichTextItemResponse } from "@notionhq/client";

/** Limits of one request: characters (UTF-16 units, the stricter reading) in a text item, and items in a list. */
export const charactersPerItem = 2000;
export const itemsPerList = 100;
/** What stands at the end of a text that was too long for Notion. */
export const cutMark = " […]";

export type TextItem = Readonly<{
  type: "text";
  text: { content: string };
  annotations?: { code: true };
}>;

/** The text as people see it, mentions and dates written out. */
export function plainText(items: readonly Pick<RichTextItemResponse, "plain_text">[]): string {
  return items.map((item) => item.plain_text).join("");
}

/** Text items for a text; an empty list for "". More than `items` of them hold is cut, visibly. */
export function textItems(text: string, items: number = itemsPerList): TextItem[] {
  const pieces = split(text, charactersPerItem);
  if (pieces.length <= items) return pieces.map(textItem);
  const kept = pieces.slice(0, items);
  const last = split(kept.pop() ?? "", charactersPerItem - cutMark.length)[0] ?? "";
  return [...kept, last + cutMark].map(textItem);
}

function textItem(content: string): TextItem {
  return { type: "text", text: { content } };
}

/** Pieces of at most `size` UTF-16 units, none of which ends in the middle of a surrogate pair. */
function split(text: string, size: number): string[] {
  const pieces: string[] = [];
  for (let start = 0; start < text.length; ) {
    const end = start + size;
    const splitsPair = end < text.length && isHighSurrogate(text.charCodeAt(end - 1));
    const next = splitsPair ? end - 1 : end;
    pieces.push(text.slice(start, next));
    start = next;
  }
  return pieces;
}

const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;
