// SPDX-License-Identifier: EUPL-1.2
/**
 * Takes over a board, once: what stands on it before the service's first look is taken as it stands (case 32). A board that
 * says that the service has known it is another matter: the memory was lost, and is taken back from it (case 37).
 */
import type { CardId, CardSeen } from "../core/card.ts";
import { readConfirmed } from "../core/shown.ts";
import type { Tracker } from "../tracker/tracker.ts";
import { gather, leaveRemnant } from "./recall.ts";
import { keepWatermark } from "./reconcile.ts";
import type { SyncWorld } from "./world.ts";

type AdoptWorld = Pick<SyncWorld, "model" | "board" | "ledger" | "now"> & Readonly<{ tracker: Tracker }>;

/**
 * Puts down every card that is on the board now and gives them, to be looked at; null when that was done before. To be
 * done before any card is judged: a card that is not among them is a new one, and a political one begins in the idea
 * bank, however old its page is.
 */
export async function adopt(world: AdoptWorld): Promise<readonly CardId[] | null> {
  const { board, ledger } = world;
  if (await ledger.adoption.isDone()) return null;
  const began = await world.now();
  const found: CardSeen[] = [];
  for await (const card of board.cards(null)) found.push(card);
  const known = found.filter((card) => isKnown(world, card));
  for (const remnant of known.length > 0 ? await gather(world, known) : []) await leaveRemnant(ledger, remnant);
  if (known.length > 0) await ledger.letters.keepLost();
  for (const card of found) await ledger.listed.keep(card);
  for (const card of known.length > 0 ? known : found) await ledger.adoption.add(card.id);
  await keepWatermark(ledger, began);
  await ledger.adoption.end(began);
  return found.map(({ id }) => id);
}

/** Whether the service wrote on this card where it stands. On a board that it knew, any other card is new. */
export function isKnown({ model }: Pick<SyncWorld, "model">, card: CardSeen): boolean {
  return readConfirmed(model, card.shown.confirmed) !== null;
}
