// SPDX-License-Identifier: EUPL-1.2
/** Reads what the hints say may have changed, and nothing else; the ledger supplies the rest (one call for a moved card). */
import { type CardId, type CardSeen, type Hint, isAway, type RowId } from "../core/card.ts";
import type { Observation } from "../core/course.ts";
import type { DecisionSeen } from "../core/decision.ts";
import { readConfirmed } from "../core/shown.ts";
import type { Kept, Ledger } from "../ledger/ledger.ts";
import { isFromListOnly } from "./look-again.ts";
import type { SyncWorld } from "./world.ts";

export type Looked = Readonly<{
  observation: Observation;
  /** The hints that this look answers, by page. */
  hints: Readonly<Record<string, readonly Hint[]>>;
  unknownRows: readonly RowId[];
  /** Rows that should have been read and were not there. */
  lostRows: readonly RowId[];
  /** The card was taken as the takeover's list showed it; what has been heard of it since is to be judged at once. */
  isAsFound: boolean;
}>;

/** What observing takes: it only reads. */
export type ObservedWorld = Pick<SyncWorld, "model" | "board" | "now"> &
  Readonly<{
    ledger: Readonly<{
      hints: Pick<Ledger["hints"], "about" | "unknownRows">;
      tasks: Pick<Ledger["tasks"], "of" | "cardOf" | "requests">;
      adoption: Pick<Ledger["adoption"], "has" | "recalledPhase">;
      inPhase: Pick<Ledger["inPhase"], "others">;
      listed: Pick<Ledger["listed"], "page">;
    }>;
  }>;

/** Observes a card. null: it is not there, or not ours to see; nothing is concluded from that (case 31). */
export async function observe(world: ObservedWorld, id: CardId, kept: Kept | null): Promise<Looked | null> {
  const { ledger } = world;
  // Before the hints are read: of what has been heard by this moment, nothing is missed.
  const now = await world.now();
  const accepted = kept?.record.accepted;
  const known = accepted?.decisions.flatMap(({ row }) => row ?? []) ?? [];
  const unknownRows = await ledger.hints.unknownRows(id);
  const heard = await ledger.hints.about([...new Set([id, ...known, ...unknownRows])]);
  const asFound = kept === null && !isFromListOnly(heard[id]) ? await foundBefore(world, id) : null;
  const hints = asFound ? { ...heard, [id]: [] } : heard;

  const requests = await ledger.tasks.requests(id);
  const task = { url: (await ledger.tasks.of(id)).ref?.url ?? null, requests };

  const lastSeen = kept?.record.seen ?? null;
  const mustRead = requests.length > 0 || mustReadCard(kept, hints[id] ?? []);
  // What is asked of the card holds for the card as it is now, not as a list showed it a while ago.
  const readNow = () => (requests.length > 0 ? world.board.readCard(id) : readCard(world, id, kept, hints));
  const read = asFound ?? (mustRead ? await readNow() : lastSeen);
  const card = read === "elsewhere" ? lastSeen && { ...lastSeen, elsewhere: true } : read;
  if (!card) return null;
  const { rows, lostRows } = isAway(card)
    ? { rows: [], lostRows: [] }
    : await readRows(world, kept, hints, unknownRows, card);
  const taskOwner = kept === null && card.shown.task !== null ? await ledger.tasks.cardOf(card.shown.task) : null;
  const beforeService = kept === null && (await ledger.adoption.has(id));
  const observation: Observation = {
    card,
    previous: lastSeen,
    rows,
    cardHints: hints[id] ?? [],
    rowHints: hints,
    taskOwner: taskOwner === id ? null : taskOwner,
    othersInPhase: await countOthers(world, id),
    task,
    beforeService,
    ...(beforeService && { taskPhase: await ledger.adoption.recalledPhase(id) }),
    self: world.board.self,
    now,
  };
  return { observation, hints, unknownRows, lostRows, isAsFound: asFound !== null };
}

/**
 * A card that stood on the board before the service, as the takeover's list showed it: what people have done since is no
 * part of what is taken over, and passes no gate (I1). null: the card says itself where it stood, or the list is too old.
 */
async function foundBefore({ model, ledger }: ObservedWorld, id: CardId): Promise<CardSeen | null> {
  const found = (await ledger.adoption.has(id)) ? await ledger.listed.page<CardSeen>(id) : null;
  return found && readConfirmed(model, found.shown.confirmed) === null ? found : null;
}

/** A row that was moved to another database is as good as thrown away; one that was none of the card's is nothing. */
function asBinned(kept: Kept | null, row: RowId): DecisionSeen | null {
  const shown = kept?.record.accepted.decisions.find((it) => it.row === row)?.shown;
  return shown ? { ...shown, inTrash: true } : null;
}

/** How many other cards are being worked on in each phase that has a limit. */
async function countOthers({ model, ledger }: ObservedWorld, id: CardId): Promise<Observation["othersInPhase"]> {
  const limited = model.phases.filter(({ wip }) => wip !== undefined);
  const counts = limited.map(async ({ key }) => [key, await ledger.inPhase.others(key, id)] as const);
  return Object.fromEntries(await Promise.all(counts));
}

/** A card is read when an event touched it, when it is new, when work on it was broken off, or while a change of it waits. */
function mustReadCard(kept: Kept | null, hints: readonly Hint[]): boolean {
  if (!kept || kept.record.dirty || hints.length > 0) return true;
  const rows = new Set(kept.record.accepted.decisions.map(({ row }) => row));
  return Object.keys(kept.record.accepted.waiting).some((key) => !rows.has(key));
}

/** A card that is looked at for the first time: from the list that has just shown it, where nothing else has been heard of it. */
async function readCard({ board, ledger }: ObservedWorld, id: CardId, kept: Kept | null, hints: Looked["hints"]) {
  const isListed = kept === null && isFromListOnly(hints[id]);
  return (isListed && (await ledger.listed.page<CardSeen>(id))) || board.readCard(id);
}

/**
 * The rows that events touched, that wait for an event, or that the card does not know. After broken-off work there may
 * be one that was made and not answered: it is looked for. Each is read by itself, for a query's index lags behind.
 */
async function readRows(
  { board, ledger }: ObservedWorld,
  kept: Kept | null,
  hints: Looked["hints"],
  unknownRows: readonly RowId[],
  card: CardSeen,
): Promise<Readonly<{ rows: readonly DecisionSeen[]; lostRows: readonly RowId[] }>> {
  const waiting = kept?.record.accepted.waiting ?? {};
  const known = kept?.record.accepted.decisions.flatMap(({ row }) => row ?? []) ?? [];
  const touched = known.filter((row) => (hints[row]?.length ?? 0) > 0 || row in waiting);
  const found = kept?.record.dirty ? await board.decisionsOf(card.id) : [];
  const strangers = found.map(({ id }) => id).filter((row) => !known.includes(row));
  const wanted = [...new Set([...touched, ...unknownRows, ...strangers])];
  const read = await Promise.all(
    wanted.map(async (row) => {
      const isListed = kept === null && isFromListOnly(hints[row]);
      const listed = isListed ? await ledger.listed.page<DecisionSeen>(row) : null;
      return listed ?? (await board.readDecision(row));
    }),
  );
  const lostRows = wanted.filter((_, index) => read[index] === null);
  const rows = read.map((seen, index) => (seen === "elsewhere" ? asBinned(kept, wanted[index] ?? "") : seen));
  return { rows: rows.filter((row) => row !== null), lostRows };
}
