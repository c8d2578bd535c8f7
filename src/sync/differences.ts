// SPDX-License-Identifier: EUPL-1.2
/** What the board shows otherwise than the ledger has it, and what time alone has changed. Reads the lists, writes nothing. */
import type { CardId, CardSeen, RowId } from "../core/card.ts";
import type { DecisionSeen } from "../core/decision.ts";
import type { Kept } from "../ledger/ledger.ts";
import { mustMirror } from "./mirror-task.ts";
import { weigh } from "./weigh.ts";
import type { SyncWorld } from "./world.ts";

/** A card to look at again, and what the lists have shown of it. */
export type Difference = Readonly<{ card: CardId }> &
  /** `isNew`: the ledger does not know the card, so that its first look may take the page from here. */
  (
    | Readonly<{ kind: "card"; page: CardSeen; isNew: boolean }>
    /** `isUnknown`: no card's decision has this row. */
    | Readonly<{ kind: "row"; page: DecisionSeen; isNew: boolean; isUnknown: boolean }>
    /** Nothing was changed, but time has passed. */
    | Readonly<{ kind: "due" }>
    /** The board does not list it any more: in its bin, elsewhere, or out of sight. */
    | Readonly<{ kind: "gone" }>
    /** A decision is asked of this row, and the board does not list it any more (case 20). */
    | Readonly<{ kind: "gone row"; row: RowId }>
  );

/** The page that is to be looked at again; null: the card as it is known. */
export function pageOf(found: Difference): CardId | RowId | null {
  if ("page" in found) return found.page.id;
  if (found.kind === "gone row") return found.row;
  return found.kind === "gone" ? found.card : null;
}

/** Everything that differs of what was edited at or after `since` (ISO); null: of everything. `listed` counts the cards seen. */
export async function* differences(
  world: SyncWorld,
  since: string | null,
  listed: Set<CardId> = new Set(),
): AsyncIterable<Difference> {
  const { board, ledger } = world;
  const now = await world.now();
  const rows = new Map<RowId, CardId>();
  for await (const page of board.cards(since)) {
    listed.add(page.id);
    const kept = await ledger.card(page.id);
    for (const row of openRows(kept)) rows.set(row, page.id);
    const differs = !kept || kept.record.dirty || JSON.stringify(kept.record.seen) !== JSON.stringify(page);
    if (differs) yield { kind: "card", card: page.id, page, isNew: kept === null };
    else if (since === null && (await isDue(world, kept, now))) yield { kind: "due", card: page.id };
  }
  yield* changedRows(world, since, (row) => rows.delete(row));
  if (since !== null) return;
  yield* gone(world, listed);
  for (const [row, card] of rows) yield { kind: "gone row", card, row };
}

/** The rows that a decision of the card is still asked of. */
function openRows(kept: Kept | null): readonly RowId[] {
  const open = kept?.record.accepted.decisions.filter(({ ended }) => ended === null) ?? [];
  return open.flatMap(({ row }) => row ?? []);
}

async function* changedRows(
  { board, ledger }: SyncWorld,
  since: string | null,
  listed: (row: RowId) => void,
): AsyncIterable<Difference> {
  for await (const page of board.decisions(since)) {
    listed(page.id);
    const owner = await ledger.cardOfRow(page.id);
    const card = owner ?? page.cards[0];
    if (card === undefined) continue;
    const kept = await ledger.card(card);
    const decision = owner && kept?.record.accepted.decisions.find((it) => it.row === page.id);
    if (decision && JSON.stringify(decision.shown) === JSON.stringify(page)) continue;
    yield { kind: "row", card, page, isNew: kept === null, isUnknown: owner === null };
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
  const task = { url: (await world.ledger.tasks.of(seen.id)).ref?.url ?? null, requests: [] };
  const observation = { ...nothingNew, card: seen, previous: seen, task, self: world.board.self, now };
  return !weigh(world.model, kept, observation).isNothing || mustMirror(world, kept.record);
}

/** Known cards that the board no longer lists. Each is read before anything is concluded. */
async function* gone({ ledger }: SyncWorld, listed: ReadonlySet<CardId>): AsyncIterable<Difference> {
  for await (const card of ledger.cards()) {
    if (listed.has(card) || (await ledger.card(card))?.record.accepted.trashed === true) continue;
    yield { kind: "gone", card };
  }
}
