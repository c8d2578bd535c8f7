// SPDX-License-Identifier: EUPL-1.2
/** The port to whatever carries a message to a person: in the board, by mail, in a chat. */
import type { CardId, UserId } from "../core/card.ts";

/** A message on its way to one person: all that a channel may need, and nothing left to decide. */
export type Letter = Readonly<{
  /** The same message to the same person has the same key for ever, so that a repeat can be recognised. Letters, digits and hyphens; at most 32. */
  key: string;
  to: Readonly<{ user: UserId; name: string; email: string | null }>;
  /** One line. */
  subject: string;
  /** Plain text: nothing in it is markup, a mention or a link. */
  paragraphs: readonly string[];
  /** The cards it is about; the first is the one that it belongs to. None for an overview. */
  cards: readonly Readonly<{ id: CardId; name: string; url: string }>[];
}>;

export interface Channel {
  /**
   * Sends it. `again`: an earlier try may have sent it, so a channel that can tell looks first. Throws RetryLater when it
   * is worth another try, Permanent or Refused when it is not.
   */
  send(letter: Letter, options: Readonly<{ again: boolean }>): Promise<void>;
}
