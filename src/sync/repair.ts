// SPDX-License-Identifier: EUPL-1.2
/** Gives cards back the phase that they lost with many others (case 14): from the ledger, and as nobody's move. */
import type { CardId } from "../core/card.ts";
import { phaseOf } from "../model/model.ts";
import { type LostCard, lostCards, settleLoss } from "./mass-loss.ts";
import { lookAtBoard, mustBeThere, type WatchWorld } from "./watch-board.ts";

export type Restored = Readonly<{ card: CardId; projectId: string; phase: string }>;

/**
 * Shows on each such card the phase that it was accepted in; an option that is gone is made again by the first write
 * (board/notion/sheet.ts). What is accepted stays as it is, so nothing is judged and nothing logged. `dryRun` writes nothing.
 */
export async function* restorePhases(world: WatchWorld, dryRun: boolean): AsyncIterable<Restored> {
  if (!dryRun) await mustBeThere(world);
  const lost: LostCard[] = [];
  for await (const it of lostCards(world)) lost.push(it);
  for (const { card, accepted } of lost) {
    const { phase } = accepted.position;
    if (phase === null) continue;
    if (!dryRun) await world.board.writeCard(card.id, { phase }, card);
    yield { card: card.id, projectId: card.projectId, phase: phaseOf(world.model, phase).name };
  }
  if (dryRun) return;
  // An option that was made again has another id.
  if (lost.length > 0) await lookAtBoard(world);
  await settleLoss(world);
}
