// SPDX-License-Identifier: EUPL-1.2
/** What the tracker shows otherwise than the service left it. Reads the list, writes nothing. */
import type { CardId } from "../core/card.ts";
import { isIdea } from "../core/intake.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { TaskSeen } from "../tracker/tracker.ts";
import { shapeOf } from "./mirror-task.ts";
import type { TakeInWorld } from "./take-in.ts";

/** A task to look at, as the list has shown it. */
export type TaskDifference =
  /** No card has it, and it asks for one. */
  | Readonly<{ kind: "idea"; task: TaskSeen }>
  | Readonly<{ kind: "changed"; card: CardId; task: TaskSeen }>
  /** Known, and not listed any more. It is read before anything is concluded. */
  | Readonly<{ kind: "gone"; card: CardId }>;

type World = Pick<TakeInWorld, "model" | "tracker" | "ledger">;

const nobody: ReadonlySet<CardId> = new Set();

/**
 * Everything that differs of what was changed at or after `since` (ISO); null: of everything, what is gone included. Tasks
 * as the service left them cost nothing beyond the list, one call for a hundred of them. `also`: cards whose task is
 * wanted as it is listed, though nobody has changed it.
 */
export async function* taskDifferences(
  { ledger, tracker, model }: World,
  since: string | null,
  also: ReadonlySet<CardId> = nobody,
): AsyncIterable<TaskDifference> {
  // Known before the list is asked for: a task made meanwhile is not missed in it.
  const missing = since === null ? await knownTasks(ledger) : new Map<number, CardId>();
  for await (const task of tracker.changed(since)) {
    missing.delete(task.number);
    const card = await ledger.tasks.cardOf(task.number);
    if (card === null) {
      if (isIdea(model, task, tracker.self)) yield { kind: "idea", task };
      continue;
    }
    const link = await ledger.tasks.of(card);
    const isOurs = link.ref?.id === task.id;
    if (isOurs && (also.has(card) || link.left !== shapeOf(task))) yield { kind: "changed", card, task };
  }
  for (const card of missing.values()) yield { kind: "gone", card };
}

async function knownTasks(ledger: Ledger): Promise<Map<number, CardId>> {
  const known = new Map<number, CardId>();
  for await (const card of ledger.cards()) {
    const { ref } = await ledger.tasks.of(card);
    if (ref !== null) known.set(ref.number, card);
  }
  return known;
}
