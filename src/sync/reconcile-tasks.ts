// SPDX-License-Identifier: EUPL-1.2
/** Makes lost events of the tracker harmless, as reconcile.ts does the board's: tasks that somebody has changed, ideas that nobody took in, and, at night, tasks that are gone. */
import type { CardId } from "../core/card.ts";
import { isIdea } from "../core/intake.ts";
import { shapeOf } from "./mirror-task.ts";
import type { TakeInWorld } from "./take-in.ts";

/** What is to be looked at: a card's task, or a task that no card has. */
export type TaskFound = Readonly<{ card: CardId }> | Readonly<{ task: number }>;

type World = Pick<TakeInWorld, "model" | "tracker" | "ledger" | "now">;

const WATERMARK = "tasks-reconciled-until";
/** The tracker's clock and ours may differ, and its lists lag: look back a little further than the last look. */
const OVERLAP_MS = 3 * 60_000;

/** Tasks as the service left them cost nothing beyond the list: one call for a hundred of them. */
export async function* reconcileTasks(world: World, full: boolean): AsyncIterable<TaskFound> {
  const { ledger, tracker, model } = world;
  const began = await world.now();
  const watermark = full ? null : await ledger.note<string>(WATERMARK);
  const since = watermark === null ? null : new Date(Date.parse(watermark) - OVERLAP_MS).toISOString();
  // Known before the list is asked for: a task made meanwhile is not missed in it.
  const missing = full ? await knownTasks(world) : new Map<number, CardId>();
  for await (const task of tracker.changed(since)) {
    missing.delete(task.number);
    const card = await ledger.tasks.cardOf(task.number);
    if (card === null) {
      if (isIdea(model, task, tracker.self)) yield { task: task.number };
      continue;
    }
    const link = await ledger.tasks.of(card);
    if (link.ref?.id === task.id && link.left !== shapeOf(task)) yield { card };
  }
  // What the tracker no longer lists is read before anything is concluded.
  for (const card of missing.values()) yield { card };
  await ledger.keepNote(WATERMARK, began.toISOString());
}

async function knownTasks({ ledger }: World): Promise<Map<number, CardId>> {
  const known = new Map<number, CardId>();
  for await (const card of ledger.cards()) {
    const { ref } = await ledger.tasks.of(card);
    if (ref !== null) known.set(ref.number, card);
  }
  return known;
}
