// SPDX-License-Identifier: EUPL-1.2
/** A message that only shows that messages arrive. */
import type { Model } from "../../model/model.ts";
import type { CardId, UserId } from "../card.ts";
import { fingerprint } from "../fingerprint.ts";
import { phrase } from "../messages.ts";
import { type Written, written } from "../written.ts";

/** `card`: where it is to stand, for a channel that needs a place. Nothing is said about it. */
export function testLetter(model: Model, card: CardId | null): Written {
  return written({
    subject: phrase(model, "W113", {}),
    paragraphs: [phrase(model, "W114", {}), phrase(model, "W115", {})],
    cards: card === null ? [] : [{ id: card, name: "", url: "" }],
  });
}

/** Every test is a message of its own. */
export function testKey(user: UserId, at: Date): string {
  return `test-${fingerprint(`${user} ${at.toISOString()}`)}`;
}
