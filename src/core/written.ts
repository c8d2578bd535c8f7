// SPDX-License-Identifier: EUPL-1.2
/** What is written to somebody, whatever carries it: the last place where anything can be kept from leaving the board. */
import type { CardId } from "./card.ts";
import { plainLine, plainLines } from "./plain-text.ts";
import { withoutCpr } from "./privacy.ts";

export type CardLink = Readonly<{ id: CardId; name: string; url: string }>;

export type Written = Readonly<{
  /** One line. */
  subject: string;
  /** Plain text: nothing in it is markup, a mention or a link. */
  paragraphs: readonly string[];
  /** The cards it is about; the first is the one that it belongs to. */
  cards: readonly CardLink[];
}>;

const LONGEST_SUBJECT = 150;
const LONGEST_PARAGRAPH = 10_000;

/** As it may be sent: nothing invisible, one line where one is meant, no number that may be a civil registration number. */
export function written({ subject, paragraphs, cards }: Written): Written {
  return {
    subject: line(subject),
    paragraphs: paragraphs.map((it) => withoutCpr(plainLines(it, LONGEST_PARAGRAPH))),
    cards: cards.map((card) => ({ ...card, name: line(card.name) })),
  };
}

function line(text: string): string {
  return withoutCpr(plainLine(text, LONGEST_SUBJECT));
}
