// SPDX-License-Identifier: EUPL-1.2
/**
 * Makes lost events harmless: whatever differs from what was last seen is looked at again, and at night also what is not
 * there any more and what only time has changed. Cards in sync cost no call of their own.
 */
import type { CardId, RowId } from "../core/card.ts";
import type { Kept, Ledger } from "../ledger/ledger.ts";
import { lookAgain } from "./look-again.ts";
import { mustMirror } from "./mirror-task.ts";
import type { SyncWorld } from "./sync-card.ts";
import { weigh } from "./weigh.ts";

const WATERMARK = "reconciled-until";
/** The board truncates edit times to the minute, and its index lags: look back a little further than the last look. */
const OVERLAP_MS = 3 * 60_000;

/** The cards to look at again: new ones, and those that differ from the ledger or have a row that does. `full` looks at all. */
export async function* reconcile(world: SyncWorld, full: boolean): AsyncIterable<CardId> {
  const { ledger } = world;
  const began = await world.now();
  const watermark = full ? null : await ledger.note<string>(WATERMARK);
  const since = watermark === null ? null : new Date(Date.parse(watermark) - OVERLAP_MS).toISOString();
  const listed = new Set<CardId>();
  const rows = new Map<RowId, CardId>();
  for await (const card of world.board.cards(since)) {
    listed.add(card.id);
    const kept = await ledger.card(card.id);
    for (const row of openRows(kept)) rows.set(row, card.id);
    const differs = !kept || kept.record.dirty || JSON.stringify(kept.record.seen) !== JSON.stringify(card);
    if (differs) {
      if (!kept) await ledger.listed.keep(card);
      await ledger.hint(card.id, lookAgain(card.id, began));
    }
    if (differs || (full && (await isDue(world, kept, began)))) yield card.id;
  }
  yield* changedRows(world, since, began, (row) => rows.delete(row));
  if (full) yield* gone(world, listed, began);
  if (full) yield* goneRows(world, rows, began);
  await keepWatermark(ledger, began);
}

/** Everything until `at` is known; the next look begins a little before. */
export async function keepWatermark(ledger: Ledger, at: Date): Promise<void> {
  await ledger.keepNote(WATERMARK, at.toISOString());
}

async function* changedRows(
  { board, ledger }: SyncWorld,
  since: string | null,
  began: Date,
  listed: (row: RowId) => void,
): AsyncIterable<CardId> {
  for await (const row of board.decisions(since)) {
    listed(row.id);
    const card = await ledger.cardOfRow(row.id);
    const kept = card === null ? null : await ledger.card(card);
    const decision = kept?.record.accepted.decisions.find((it) => it.row === row.id);
    if (decision && JSON.stringify(decision.shown) === JSON.stringify(row)) continue;
    const owner = card ?? row.cards[0];
    if (owner === undefined) continue;
    if (card === null) await ledger.addUnknownRow(owner, row.id);
    if (!(await ledger.card(owner))) await ledger.listed.keep(row);
    await ledger.hint(row.id, lookAgain(row.id, began));
    yield owner;
  }
}

/** Whether time alone has changed what must be said or shown: a meeting was held, a yes has expired, a wait is over. */
async function isDue(world: SyncWorld, kept: Kept, now: Date): Promise<boolean> {
  const { seen } = kept.record;
  const nothingNew = {
    rows: [],
    cardHints: [],
    rowHints: {},
    othersInPhase: {},
    taskOwner: null,
    beforeService: false,
  };
  const task = { url: (await world.ledger.task(seen.id)).ref?.url ?? null, requests: [] };
  const observation = { ...nothingNew, card: seen, previous: seen, task, self: world.board.self, now };
  return !weigh(world.model, kept, observation).isNothing || mustMirror(world, kept.record);
}

/** Known cards that the board no longer lists: in its bin, elsewhere, or out of sight. Each is read before anything is concluded. */
async function* gone({ ledger }: SyncWorld, listed: ReadonlySet<CardId>, began: Date): AsyncIterable<CardId> {
  for await (const card of ledger.cards()) {
    const isKnownGone = async () => (await ledger.card(card))?.record.accepted.trashed === true;
    if (listed.has(card) || (await isKnownGone())) continue;
    await ledger.hint(card, lookAgain(card, began));
    yield card;
  }
}

/** The rows that a decision of the card is still asked of. */
function openRows(kept: Kept | null): readonly RowId[] {
  const open = kept?.record.accepted.decisions.filter(({ ended }) => ended === null) ?? [];
  return open.flatMap(({ row }) => row ?? []);
}

/** Rows that a decision is asked of and that the board no longer lists: thrown away, and nobody told (case 20). */
async function* goneRows({ ledger }: SyncWorld, rows: ReadonlyMap<RowId, CardId>, began: Date): AsyncIterable<CardId> {
  for (const [row, card] of rows) {
    await ledger.hint(row, lookAgain(row, began));
    yield card;
  }
}
