// SPDX-License-Identifier: EUPL-1.2
/** A message as a comment on the board that mentions the person: Notion then tells them in the way they have chosen. */
import type { Board } from "../../board/board.ts";
import type { CardId } from "../../core/card.ts";
import { Permanent } from "../../core/errors.ts";
import type { Channel, Letter } from "../channel.ts";

export interface CommentChannel extends Channel {
  /** The page that a message stands on: its first card, or the page for overviews. Throws Permanent when it has neither. */
  pageOf(letter: Pick<Letter, "cards">): CardId;
  /** Whether a message stands on a page. One that was resolved there cannot be read any more. */
  stands(page: CardId, key: string): Promise<boolean>;
}

/** `overviews`: the page for what is about no card. */
export function commentChannel(
  board: Pick<Board, "comment" | "hasComment">,
  { overviews }: Readonly<{ overviews: CardId | null }>,
): CommentChannel {
  const pageOf = ({ cards }: Pick<Letter, "cards">): CardId => {
    const page = cards[0]?.id ?? overviews;
    if (page === null) throw new Permanent("a message about no card has no page to stand on");
    return page;
  };
  const stands = (page: CardId, key: string) => board.hasComment(page, key);
  return {
    pageOf,
    stands,
    async send(letter, { again }) {
      const page = pageOf(letter);
      if (again && (await stands(page, letter.key))) return;
      const text = letter.paragraphs.join("\n");
      await board.comment(page, { mentions: [letter.to.user], text, marker: letter.key });
    },
  };
}
