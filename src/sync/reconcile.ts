// SPDX-License-Identifier: EUPL-1.2
/**
 * Makes lost events harmless: whatever differs from what was last seen is looked at again, and at night also what is not
 * there any more and what only time has changed. Cards in sync cost no call of their own.
 */
import type { CardId } from "../core/card.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { type Difference, differences, pageOf } from "./differences.ts";
import { lookAgain } from "./look-again.ts";
import type { SyncWorld } from "./world.ts";

const WATERMARK = "reconciled-until";
/** The board truncates edit times to the minute, and its index lags: look back a little further than the last look. */
const OVERLAP_MS = 3 * 60_000;

/** The cards to look at again: new ones, and those that differ from the ledger or have a row that does. `full` looks at all. */
export async function* reconcile(world: SyncWorld, full: boolean): AsyncIterable<CardId> {
  const began = await world.now();
  for await (const difference of differences(world, full ? null : await sinceLastLook(world.ledger))) {
    await leave(world.ledger, difference, began);
    world.drifted(difference.kind);
    yield difference.card;
  }
  await keepWatermark(world.ledger, began);
}

/** From when on the board must be looked at, ISO; null: from its beginning. */
export async function sinceLastLook(ledger: Ledger): Promise<string | null> {
  const watermark = await ledger.note<string>(WATERMARK);
  return watermark === null ? null : new Date(Date.parse(watermark) - OVERLAP_MS).toISOString();
}

/** Until when all that happened on the board has been looked at, ISO; null: not yet. */
export function reconciledUntil(ledger: Ledger): Promise<string | null> {
  return ledger.note<string>(WATERMARK);
}

/** Everything until `at` is known; the next look begins a little before. */
export async function keepWatermark(ledger: Ledger, at: Date): Promise<void> {
  await ledger.keepNote(WATERMARK, at.toISOString());
}

/** Leaves what was found for the look that follows. */
export async function leave(ledger: Ledger, found: Difference, at: Date): Promise<void> {
  const page = pageOf(found);
  if (page === null) return;
  if (found.kind === "row" && found.isUnknown) await ledger.hints.addUnknownRow(found.card, page);
  if ("page" in found && found.isNew) await ledger.listed.keep(found.page);
  await ledger.hints.keep(page, lookAgain(page, at));
}
