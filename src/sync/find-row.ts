// SPDX-License-Identifier: EUPL-1.2
/** A row that no card knows: new by hand, copied, or the service's own whose creation was not answered. */
import type { CardId, RowId } from "../core/card.ts";
import { mustBeThere } from "./watch-board.ts";
import type { SyncWorld } from "./world.ts";

/** The card the row points at, with the row put down to be read at that card's next look; null when it points at none. */
export async function findRow(world: SyncWorld, row: RowId): Promise<CardId | null> {
  const { board, ledger } = world;
  const known = await ledger.cardOfRow(row);
  if (known) return known;
  const seen = await board.readDecision(row);
  if (seen === null) {
    await mustBeThere(world);
    await ledger.hints.keepAWhile([row]);
    return null;
  }
  const card = seen === "elsewhere" || seen.inTrash ? undefined : seen.cards[0];
  if (card === undefined) {
    await ledger.hints.judged(await ledger.hints.about([row]));
    return null;
  }
  await ledger.hints.addUnknownRow(card, row);
  return card;
}
