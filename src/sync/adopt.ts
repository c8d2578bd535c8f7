// SPDX-License-Identifier: EUPL-1.2
/**
 * Takes over a board, once: what stands on it before the service's first look is taken as it stands (case 32). A board that
 * says that the service has known it is another matter: the memory was lost, and is taken back from it (case 37).
 */
import type { CardId, CardSeen } from "../core/card.ts";
import { readConfirmed } from "../core/shown.ts";
import { noTask } from "../core/task-link.ts";
import type { Tracker } from "../tracker/tracker.ts";
import { keepWatermark } from "./reconcile.ts";
import type { SyncWorld } from "./sync-card.ts";

type AdoptWorld = Pick<SyncWorld, "model" | "board" | "ledger" | "now"> & Readonly<{ tracker: Tracker }>;

/**
 * Puts down every card that is on the board now and gives them, to be looked at; null when that was done before. To be
 * done before any card is judged: a card that is not among them is a new one, and a political one begins in the idea
 * bank, however old its page is.
 */
export async function adopt(world: AdoptWorld): Promise<readonly CardId[] | null> {
  const { board, ledger } = world;
  if (await ledger.hasAdopted()) return null;
  const began = await world.now();
  const found: CardSeen[] = [];
  for await (const card of board.cards(null)) found.push(card);
  const known = found.filter((card) => isKnown(world, card));
  if (known.length > 0) await recall(world, known);
  for (const card of found) await ledger.listed.keep(card);
  for (const card of known.length > 0 ? known : found) await ledger.adopt(card.id);
  await keepWatermark(ledger, began);
  await ledger.adopted(began);
  return found.map(({ id }) => id);
}

/** Whether the service wrote on this card where it stands. On a board that it knew, any other card is new. */
function isKnown({ model }: Pick<SyncWorld, "model">, card: CardSeen): boolean {
  return readConfirmed(model, card.shown.confirmed) !== null;
}

/** Leaves every row for the first look at its card, and links the tasks that the service made. */
async function recall({ model, board, tracker, ledger }: AdoptWorld, known: readonly CardSeen[]): Promise<void> {
  const byId = new Map(known.map((card) => [card.id, card]));
  for await (const row of board.decisions(null)) {
    await ledger.listed.keep(row);
    for (const card of row.cards) if (byId.has(card)) await ledger.addUnknownRow(card, row.id);
  }
  for await (const { card, task } of tracker.ownTasks()) {
    const link = await ledger.task(card);
    const names = byId.get(card)?.shown.task === task.url;
    // Of two, the one that the card names; else the one that was made first.
    if (!byId.has(card) || (link.ref !== null && !names)) continue;
    const { id, number, url } = task;
    await ledger.keepTask(card, { ...noTask, revision: link.revision, ref: { id, number, url } });
    const phase = model.phases.filter(({ label }) => task.labels.includes(label));
    await ledger.recallPhase(card, phase.length === 1 ? (phase[0]?.key ?? null) : null);
  }
}
