// SPDX-License-Identifier: EUPL-1.2
/** Reads what the hints say may have changed, and nothing else; the ledger supplies the rest (one call for a moved card). */
import type { CardId, CardSeen, Hint, RowId } from "../core/card.ts";
import type { Observation } from "../core/course.ts";
import type { DecisionSeen } from "../core/decision.ts";
import type { Kept } from "../ledger/ledger.ts";
import type { SyncWorld } from "./sync-card.ts";

export type Looked = Readonly<{
  observation: Observation;
  /** The hints that this look answers, by page. */
  hints: Readonly<Record<string, readonly Hint[]>>;
  unknownRows: readonly RowId[];
}>;

/** Observes a card. null: it is not there, or not ours to see; nothing is concluded from that (case 31). */
export async function observe(world: SyncWorld, id: CardId, kept: Kept | null): Promise<Looked | null> {
  const { ledger, board } = world;
  const accepted = kept?.record.accepted;
  const known = accepted?.decisions.flatMap(({ row }) => row ?? []) ?? [];
  const unknownRows = await ledger.unknownRows(id);
  const hints = await ledger.hints([...new Set([id, ...known, ...unknownRows])]);
  const now = await world.now();

  const card = mustReadCard(kept, hints[id] ?? []) ? await board.readCard(id) : (kept?.record.seen ?? null);
  if (!card) return null;
  const rows = card.inTrash ? [] : await readRows(world, kept, hints, unknownRows, card);
  const taskOwner = kept === null && card.shown.task !== null ? await ledger.cardOfTask(card.shown.task) : null;
  const beforeService = kept === null && (await ledger.wasAdopted(id));
  const observation: Observation = {
    card,
    previous: kept?.record.seen ?? null,
    rows,
    cardHints: hints[id] ?? [],
    rowHints: hints,
    taskOwner: taskOwner === id ? null : taskOwner,
    beforeService,
    self: board.self,
    now,
  };
  return { observation, hints, unknownRows };
}

/** A card is read when an event touched it, when it is new, when work on it was broken off, or while a change of it waits. */
function mustReadCard(kept: Kept | null, hints: readonly Hint[]): boolean {
  if (!kept || kept.record.dirty || hints.length > 0) return true;
  const rows = new Set(kept.record.accepted.decisions.map(({ row }) => row));
  return Object.keys(kept.record.accepted.waiting).some((key) => !rows.has(key));
}

/** The rows that events touched, that wait for an event, or that the card does not know; all of them after broken-off work. */
async function readRows(
  { board }: SyncWorld,
  kept: Kept | null,
  hints: Looked["hints"],
  unknownRows: readonly RowId[],
  card: CardSeen,
): Promise<readonly DecisionSeen[]> {
  if (kept?.record.dirty) return board.decisionsOf(card.id);
  const waiting = kept?.record.accepted.waiting ?? {};
  const known = kept?.record.accepted.decisions.flatMap(({ row }) => row ?? []) ?? [];
  const touched = known.filter((row) => (hints[row]?.length ?? 0) > 0 || row in waiting);
  const read = await Promise.all([...new Set([...touched, ...unknownRows])].map((row) => board.readDecision(row)));
  return read.filter((row) => row !== null);
}
