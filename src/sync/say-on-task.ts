// SPDX-License-Identifier: EUPL-1.2
/** Writes the comments that a task is to be told, each once. */
import type { CardId } from "../core/card.ts";
import { Refused } from "../core/errors.ts";
import type { TaskLink, TaskNote } from "../core/task-link.ts";
import type { MirrorWorld } from "./mirror-task.ts";

/**
 * Says what waits in the link's outbox and gives the link without it. `lookFirst`: an earlier try may have said some of
 * it already. Before each comment the task must still be this worker's (I8).
 */
export async function sayOnTask(
  world: Pick<MirrorWorld, "ledger" | "tracker">,
  card: CardId,
  link: TaskLink,
  lookFirst: boolean,
): Promise<TaskLink> {
  let held = link;
  for (const note of link.outbox) {
    await world.ledger.tasks.mustHold(card, held.revision);
    await sayOnce(world, held, note, lookFirst);
    held = await world.ledger.tasks.keep(card, {
      ...held,
      outbox: held.outbox.filter((it) => it.marker !== note.marker),
    });
  }
  return held;
}

async function sayOnce(
  { tracker }: Pick<MirrorWorld, "tracker">,
  { ref }: TaskLink,
  note: TaskNote,
  lookFirst: boolean,
) {
  if (!ref || (lookFirst && (await tracker.hasComment(ref, note.marker)))) return;
  try {
    await tracker.comment(ref, note);
  } catch (error) {
    // Nobody reads a task that is gone; its card is told by the next look.
    if (!(error instanceof Refused)) throw error;
  }
}
