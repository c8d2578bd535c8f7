// SPDX-License-Identifier: EUPL-1.2
/** Makes lost events of the tracker harmless, as reconcile.ts does the board's: tasks that somebody has changed, ideas that nobody took in, and, at night, tasks that are gone. */
import type { CardId } from "../core/card.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { TakeInWorld } from "./take-in.ts";
import { type TaskDifference, taskDifferences } from "./task-differences.ts";

/** What is to be looked at: a card's task, or a task that no card has. */
export type TaskFound = Readonly<{ card: CardId }> | Readonly<{ task: number }>;

const WATERMARK = "tasks-reconciled-until";
/** The tracker's clock and ours may differ, and its lists lag: look back a little further than the last look. */
const OVERLAP_MS = 3 * 60_000;

/** The tasks to look at again. `full` looks at all. */
export async function* reconcileTasks(
  world: Pick<TakeInWorld, "model" | "tracker" | "ledger" | "now">,
  full: boolean,
): AsyncIterable<TaskFound> {
  const began = await world.now();
  const since = full ? null : await sinceLastLookAtTasks(world.ledger);
  for await (const found of taskDifferences(world, since)) yield foundOf(found);
  await keepTasksWatermark(world.ledger, began);
}

/** What is to be looked at, without what the list has shown of it. */
export function foundOf(difference: TaskDifference): TaskFound {
  return difference.kind === "idea" ? { task: difference.task.number } : { card: difference.card };
}

/** From when on the tracker must be looked at, ISO; null: from its beginning. */
export async function sinceLastLookAtTasks(ledger: Ledger): Promise<string | null> {
  const watermark = await ledger.note<string>(WATERMARK);
  return watermark === null ? null : new Date(Date.parse(watermark) - OVERLAP_MS).toISOString();
}

/** Everything until `at` is known; the next look begins a little before. */
export async function keepTasksWatermark(ledger: Ledger, at: Date): Promise<void> {
  await ledger.keepNote(WATERMARK, at.toISOString());
}
