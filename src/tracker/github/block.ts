// SPDX-License-Identifier: EUPL-1.2
/** The block at the top of an issue that the service owns. Everything outside it is the developers' (I10). */
import { Bug } from "../../core/errors.ts";
import type { BlockLine, TaskWanted } from "../tracker.ts";
import { inertLine, linkTarget } from "./inert.ts";

const END = "<!-- faseport:end -->";
const BEGIN = /<!-- faseport:begin ([^\s>]+) -->/;
/** Nothing that could end the comment the id stands in. */
const CARD_ID = /^[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*$/;
/** UTF-16 units. With every character escaped, a block stays far below the 65,536 that an issue may have. */
const LABEL = 100;
const TEXT = 1_500;

/** The block for a card as Markdown. Text from the card is inert in it. */
export function renderBlock({ card, lines, note }: Pick<TaskWanted, "card" | "lines" | "note">): string {
  if (!CARD_ID.test(card)) throw new Bug(`"${card}" cannot be the id in an issue's marker`);
  const items = lines.map(renderLine);
  const last = `<sub>${inertLine(note, TEXT)}</sub>`;
  return [`<!-- faseport:begin ${card} -->`, ...items, ...(items.length > 0 ? [""] : []), last, END].join("\n");
}

function renderLine({ label, text, href }: BlockLine): string {
  const inert = inertLine(text, TEXT);
  const target = href === undefined ? null : linkTarget(href);
  return `- **${inertLine(label, LABEL)}:** ${target === null ? inert : `[${inert}](${target})`}`;
}

/** The card's block in a body and what stands around it; null when there is no whole block of this card. */
export function findBlock(body: string, card: string): { before: string; block: string; after: string } | null {
  const begin = `<!-- faseport:begin ${card} -->`;
  for (let from = body.indexOf(begin); from >= 0; from = body.indexOf(begin, from + 1)) {
    const inside = from + begin.length;
    const end = body.indexOf(END, inside);
    if (end < 0) return null;
    // Another beginning before the end: this block lost its end, and what follows may be somebody's text.
    if (BEGIN.test(body.slice(inside, end))) continue;
    return {
      before: body.slice(0, from),
      block: body.slice(from, end + END.length),
      after: body.slice(end + END.length),
    };
  }
  return null;
}

/**
 * The body with the block in it: in the place of the card's block, or on top where there is none. What stands around
 * it is kept byte for byte; a block that differs only in its line ends (GitHub's own editor changes them) is as wanted.
 */
export function putBlock(body: string, card: string, block: string): string {
  const found = findBlock(body, card);
  if (!found) return body === "" ? block : `${block}\n\n${body}`;
  return found.block.replaceAll("\r\n", "\n") === block ? body : `${found.before}${block}${found.after}`;
}

/** The card whose block comes first in a body, or null. A marker further down may have been pasted by anybody. */
export function cardMarked(body: string): string | null {
  return BEGIN.exec(body)?.[1] ?? null;
}
