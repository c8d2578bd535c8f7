// SPDX-License-Identifier: EUPL-1.2
/** Takes over a board, once: what stands on it before the service's first look is taken as it stands (case 32). */
import type { CardId } from "../core/card.ts";
import { keepWatermark } from "./reconcile.ts";
import type { SyncWorld } from "./sync-card.ts";

/**
 * Puts down every card that is on the board now and gives them, to be looked at; null when that was done before. To be
 * done before any card is judged: a card that is not among them is a new one, and a political one begins in the idea
 * bank, however old its page is.
 */
export async function adopt({
  board,
  ledger,
  now,
}: Pick<SyncWorld, "board" | "ledger" | "now">): Promise<readonly CardId[] | null> {
  if (await ledger.hasAdopted()) return null;
  const found: CardId[] = [];
  const began = await now();
  for await (const card of board.cards(null)) {
    await ledger.adopt(card.id);
    await ledger.listed.keep(card);
    found.push(card.id);
  }
  await keepWatermark(ledger, began);
  await ledger.adopted(began);
  return found;
}
