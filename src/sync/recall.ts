// SPDX-License-Identifier: EUPL-1.2
/** What board and tracker still hold of a lost memory (case 37): gathered by lists, and left for each card's first look. */
import type { CardId, CardSeen } from "../core/card.ts";
import type { DecisionSeen } from "../core/decision.ts";
import type { TaskRef } from "../core/task.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { PhaseKey } from "../model/model.ts";
import type { TaskSeen, Tracker } from "../tracker/tracker.ts";
import type { SyncWorld } from "./world.ts";

export type Remnant = Readonly<{
  card: CardSeen;
  /** Every row that points at the card. */
  rows: readonly DecisionSeen[];
  /** A task that the service made for the card; of two the one that the card names, else the first. */
  task: TaskRef | null;
  /** The phase that the task is labelled with; null: none, or several. */
  taskPhase: PhaseKey | null;
}>;

/** Gathers what there is of these cards: the list of rows, and the list of tasks. */
export async function gather(
  { model, board, tracker }: Pick<SyncWorld, "model" | "board"> & Readonly<{ tracker: Tracker }>,
  cards: readonly CardSeen[],
): Promise<readonly Remnant[]> {
  const rows = new Map<CardId, DecisionSeen[]>(cards.map(({ id }) => [id, []]));
  for await (const row of board.decisions(null)) for (const card of row.cards) rows.get(card)?.push(row);
  const tasks = new Map<CardId, TaskSeen>();
  const named = new Map(cards.map(({ id, shown }) => [id, shown.task]));
  for await (const { card, task } of tracker.ownTasks()) {
    if (!tasks.has(card) || named.get(card) === task.url) tasks.set(card, task);
  }
  return cards.map((card) => {
    const task = tasks.get(card.id);
    const phases = model.phases.filter(({ label }) => task?.labels.includes(label));
    return {
      card,
      rows: rows.get(card.id) ?? [],
      task: task ? { id: task.id, number: task.number, url: task.url } : null,
      taskPhase: phases.length === 1 ? (phases[0]?.key ?? null) : null,
    };
  });
}

/** Leaves it for the card's first look, which judges what is believed. */
export async function leaveRemnant(ledger: Ledger, { card, rows, task, taskPhase }: Remnant): Promise<void> {
  for (const row of rows) {
    await ledger.listed.keep(row);
    await ledger.hints.addUnknownRow(card.id, row.id);
  }
  const link = await ledger.tasks.of(card.id);
  if (task && link.ref === null) await ledger.tasks.keep(card.id, { ...link, ref: task });
  if (taskPhase !== null) await ledger.adoption.recallPhase(card.id, taskPhase);
}
