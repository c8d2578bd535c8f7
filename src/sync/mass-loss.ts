// SPDX-License-Identifier: EUPL-1.2
/** Cards that have lost their phase, counted on the board itself before any of them is put back (case 14). */
import type { Accepted } from "../core/accepted.ts";
import type { CardSeen } from "../core/card.ts";
import { enoughStanding, hasLostPhase, isMassLoss } from "../core/mass-loss.ts";
import { massLossNotice } from "../core/notice.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { open, type WatchWorld, withdraw } from "./watch-board.ts";

export type LostCard = Readonly<{ card: CardSeen; accepted: Accepted }>;

/** The cards that show no phase and stand in one. One call, with a hundred cards or fewer. */
export async function* lostCards({ board, ledger }: Pick<WatchWorld, "board" | "ledger">): AsyncIterable<LostCard> {
  for await (const card of board.cardsWithoutPhase()) {
    const accepted = (await ledger.card(card.id))?.record.accepted;
    if (accepted && hasLostPhase(accepted, card)) yield { card, accepted };
  }
}

/**
 * Whether a card that has lost its phase is one of too many. The board is asked, not the events: they come one by one and
 * to several workers, and the first of them must know as much as the last. One call; from then on all wait for the repair.
 */
export async function isLostWithMany(world: WatchWorld): Promise<boolean> {
  if (await world.ledger.notices.stands(massLossNotice(0).id)) return true;
  let lost = 0;
  for await (const _ of lostCards(world)) lost += 1;
  if (!isMassLoss(world.model, lost, await standing(world.ledger, enoughStanding(world.model, lost)))) return false;
  await open(world, massLossNotice(lost));
  return true;
}

/** Ends the waiting once every card has its phase again, by whomever. Whether nothing waits for a repair. */
export async function settleLoss(world: WatchWorld): Promise<boolean> {
  if (!(await world.ledger.notices.stands(massLossNotice(0).id))) return true;
  for await (const _ of lostCards(world)) return false;
  await withdraw(world, massLossNotice(0));
  return true;
}

/** The cards that stand in a phase, counted no further than `enough`. */
async function standing(ledger: Ledger, enough: number): Promise<number> {
  let count = 0;
  for await (const card of ledger.cards()) {
    if (count >= enough) break;
    const accepted = (await ledger.card(card))?.record.accepted;
    if (accepted && accepted.position.phase !== null && !accepted.trashed) count += 1;
  }
  return count;
}
