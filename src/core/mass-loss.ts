// SPDX-License-Identifier: EUPL-1.2
/**
 * Many cards without their phase at once are nobody's move: a phase was deleted, or somebody cleared a selection. They
 * are not put back one by one, with a message each (DOMAIN 10, case 14).
 */
import type { Model } from "../model/model.ts";
import type { Accepted } from "./accepted.ts";
import { type CardSeen, isAway } from "./card.ts";

/** Whether a card that stands in a phase shows none, and nothing else of its place was changed. */
export function hasLostPhase({ position }: Pick<Accepted, "position">, card: CardSeen): boolean {
  if (isAway(card) || card.phase !== null || position.phase === null) return false;
  return card.state === null || card.state === position.state;
}

/**
 * Whether this many lost phases are a mass loss: more than `cards`, or more than `percent` of the cards that stand in a
 * phase. One card alone never is, however few there are. `standing` may be cut off at `enoughStanding`.
 */
export function isMassLoss(model: Model, lost: number, standing: number): boolean {
  const { cards, percent } = model.rules.massLoss;
  return lost > cards || (lost > 1 && lost * 100 > standing * percent);
}

/** From this many standing cards on, so many lost ones are not too large a part. */
export function enoughStanding(model: Model, lost: number): number {
  return Math.ceil((lost * 100) / model.rules.massLoss.percent);
}
