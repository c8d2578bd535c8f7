// SPDX-License-Identifier: EUPL-1.2
/** Makes lost events harmless: whatever differs from what was last seen is looked at again. Cards in sync cost no call of their own. */
import type { CardId, Hint } from "../core/card.ts";
import type { SyncWorld } from "./sync-card.ts";

const WATERMARK = "reconciled-until";
/** The board truncates edit times to the minute, and its index lags: look back a little further than the last look. */
const OVERLAP_MS = 3 * 60_000;

/** The cards to look at again: new ones, and those that differ from the ledger or have a row that does. `full` looks at all. */
export async function* reconcile(world: SyncWorld, full: boolean): AsyncIterable<CardId> {
  const { board, ledger, now } = world;
  const began = await now();
  const watermark = full ? null : await ledger.note<string>(WATERMARK);
  const since = watermark === null ? null : new Date(Date.parse(watermark) - OVERLAP_MS).toISOString();
  for await (const card of board.cards(since)) {
    const kept = await ledger.card(card.id);
    if (kept && !kept.record.dirty && JSON.stringify(kept.record.seen) === JSON.stringify(card)) continue;
    await ledger.hint(card.id, lookAgain(card.id, began));
    yield card.id;
  }
  for await (const row of board.decisions(since)) {
    const card = await ledger.cardOfRow(row.id);
    const kept = card === null ? null : await ledger.card(card);
    const decision = kept?.record.accepted.decisions.find((it) => it.row === row.id);
    if (decision && JSON.stringify(decision.shown) === JSON.stringify(row)) continue;
    const owner = card ?? row.cards[0];
    if (owner === undefined) continue;
    if (card === null) await ledger.addUnknownRow(owner, row.id);
    await ledger.hint(row.id, lookAgain(row.id, began));
    yield owner;
  }
  await ledger.keepNote(WATERMARK, began.toISOString());
}

/** Says only «look again»: it names nobody and touches nothing, so it can never explain a tick. */
function lookAgain(page: string, now: Date): Hint {
  return {
    event: `reconcile-${now.toISOString()}-${page}`,
    at: now.toISOString(),
    kind: "changed",
    authors: [],
    touched: [],
  };
}
