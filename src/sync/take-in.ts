// SPDX-License-Identifier: EUPL-1.2
/** A task that asks for a card gets one, once (case 45). */
import type { CardId } from "../core/card.ts";
import { RetryLater } from "../core/errors.ts";
import { ideaFrom, isIdea, linkedIdea } from "../core/intake.ts";
import type { TaskSeen, Tracker } from "../tracker/tracker.ts";
import type { SyncWorld } from "./world.ts";

export type TakeInWorld = SyncWorld & Readonly<{ tracker: Tracker }>;

/** The board finds a new card by its fields only after a while; for so long nothing follows from its not finding one. */
const INDEX_LAG_MS = 10_000;
const ASK_AGAIN_MS = 1_000;

/** The card of a task, made now if the task asks for one; null when it does not. */
export async function takeIn(world: TakeInWorld, number: number): Promise<CardId | null> {
  const { model, ledger, tracker } = world;
  const known = await ledger.tasks.cardOf(number);
  if (known !== null) return known;
  const task = await tracker.find(number);
  if (!task || !isIdea(model, task, tracker.self)) return null;
  const card = await cardFor(world, task);
  const { revision } = await ledger.tasks.of(card.id);
  await ledger.tasks.keep(card.id, { ...linkedIdea(model, task, card), revision });
  return card.id;
}

/** The intent is remembered before the write; should the answer be lost, the card is looked for by the address of its task. */
async function cardFor({ model, board, ledger, now }: TakeInWorld, task: TaskSeen) {
  const began = await now();
  const since = await ledger.tasks.beginIntake(task.id, began);
  if (since !== null) {
    const made = await board.findByTask(task.url);
    if (made) return made;
    if (began.getTime() - Date.parse(since) < INDEX_LAG_MS)
      throw new RetryLater(`issue ${task.number} may have a card that the board does not find yet`, {
        afterMs: ASK_AGAIN_MS,
      });
  }
  return board.createCard(ideaFrom(model, task));
}
