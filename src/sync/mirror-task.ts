// SPDX-License-Identifier: EUPL-1.2
/** Makes the tracker show what a card says: one task per card, created once, its own part kept right (DOMAIN 7). */
import { createHash } from "node:crypto";
import type { CardId } from "../core/card.ts";
import { type TaskWanted, taskWanted } from "../core/task.ts";
import type { Ledger, TaskLink } from "../ledger/ledger.ts";
import type { Model } from "../model/model.ts";
import type { TaskSeen, Tracker } from "../tracker/tracker.ts";

export type MirrorWorld = Readonly<{ model: Model; tracker: Tracker; ledger: Ledger; now: () => Promise<Date> }>;

/** What the mirroring leaves to be done by others: the board does not know the task's address yet. */
export type MirrorOutcome = Readonly<{ linked: boolean }>;

/** The tracker's clock and ours may differ; an earlier try is looked for from a little before it began. */
const CLOCK_SKEW_MS = 5 * 60_000;

/** Mirrors one card once. Safe to repeat: a task whose creation was saved but not answered is found, not made again. */
export async function mirrorTask(world: MirrorWorld, card: CardId): Promise<MirrorOutcome> {
  const kept = await world.ledger.card(card);
  const wanted = kept && taskWanted(world.model, kept.record.accepted, kept.record.seen, await world.now());
  if (!wanted) return { linked: false };
  const link = await world.ledger.task(card);
  const written = link.ref && (await world.tracker.write(link.ref, wanted));
  const task = written ? written.task : await create(world, wanted, link);
  await world.ledger.keepTask(card, { ref: refOf(task), shown: fingerprintOf(wanted), creatingSince: null });
  return { linked: link.ref?.url !== task.url };
}

/** What the tracker is made to show, in short. */
export function fingerprintOf(wanted: TaskWanted): string {
  return createHash("sha256").update(JSON.stringify(wanted)).digest("base64url").slice(0, 22);
}

async function create({ tracker, ledger, now }: MirrorWorld, wanted: TaskWanted, link: TaskLink): Promise<TaskSeen> {
  if (link.creatingSince !== null) {
    const since = new Date(Date.parse(link.creatingSince) - CLOCK_SKEW_MS).toISOString();
    const found = await tracker.findOwn(wanted.card, since);
    const written = found && (await tracker.write(refOf(found), wanted));
    if (written) return written.task;
  }
  // Remembered before the write: should the answer be lost, the next try knows that there may be a task to find.
  const creatingSince = link.creatingSince ?? (await now()).toISOString();
  await ledger.keepTask(wanted.card, { ref: null, shown: null, creatingSince });
  const task = await tracker.create(wanted);
  return wanted.closed === null ? task : ((await tracker.write(refOf(task), wanted))?.task ?? task);
}

function refOf({ id, number, url }: TaskSeen) {
  return { id, number, url };
}
