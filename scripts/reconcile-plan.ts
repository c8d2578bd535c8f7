// SPDX-License-Identifier: EUPL-1.2
/** Finds what a reconcile has to do on both sides, and foresees what will come of it. Reads only. */
import type { CardId } from "../src/core/card.ts";
import type { CardRecord } from "../src/ledger/ledger.ts";
import { type Difference, differences } from "../src/sync/differences.ts";
import { type Foreseen, foresee } from "../src/sync/foresee.ts";
import { foreseeTask, type TaskForeseen } from "../src/sync/foresee-task.ts";
import { sinceLastLook } from "../src/sync/reconcile.ts";
import { foundOf, sinceLastLookAtTasks, type TaskFound } from "../src/sync/reconcile-tasks.ts";
import type { TakeInWorld } from "../src/sync/take-in.ts";
import { taskDifferences } from "../src/sync/task-differences.ts";
import type { Plan } from "./reconcile-words.ts";

export type Found = Readonly<{ plan: Plan; differences: readonly Difference[]; tasks: readonly TaskFound[] }>;

/** Looks at what was changed since the last look on each side; `full`: at everything. */
export async function findWork(world: TakeInWorld, full: boolean): Promise<Found> {
  const listed = new Set<CardId>();
  const found: Difference[] = [];
  for await (const difference of differences(world, full ? null : await sinceLastLook(world.ledger), listed))
    found.push(difference);
  const board = await onBoard(world, found);
  const tracker = await onTracker(world, full ? null : await sinceLastLookAtTasks(world.ledger), board.mirrored);
  const known = new Set(listed);
  for await (const card of world.ledger.cards()) known.add(card);
  const plan: Plan = {
    cards: board.cards,
    unreadable: board.unreadable,
    of: known.size,
    tasks: [...board.created, ...tracker.tasks],
    ofTasks: await world.ledger.tasks.count(),
    ideas: tracker.ideas,
  };
  return { plan, differences: found, tasks: tracker.found };
}

async function onBoard(world: TakeInWorld, found: readonly Difference[]) {
  const cards: Foreseen[] = [];
  const created: TaskForeseen[] = [];
  const mirrored = new Map<CardId, CardRecord>();
  const byCard = Map.groupBy(found, ({ card }) => card);
  for (const [card, differences] of byCard) {
    const look = await foresee(world, card, differences);
    if (!look) continue;
    cards.push(look.foreseen);
    if (!look.mirrored) continue;
    // Of a first fill only this is kept: the records of ten thousand cards are not.
    if ((await world.ledger.tasks.of(card)).ref !== null) mirrored.set(card, look.record);
    else created.push({ card, projectId: look.foreseen.projectId, task: null, deeds: ["create"] });
  }
  return { cards, created, mirrored, unreadable: byCard.size - cards.length };
}

async function onTracker(world: TakeInWorld, since: string | null, mirrored: ReadonlyMap<CardId, CardRecord>) {
  const found: TaskFound[] = [];
  const tasks: TaskForeseen[] = [];
  const ideas: number[] = [];
  const left = new Map(mirrored);
  for await (const difference of taskDifferences(world, since, new Set(mirrored.keys()))) {
    found.push(foundOf(difference));
    if (difference.kind === "idea") {
      ideas.push(difference.task.number);
      continue;
    }
    const { card } = difference;
    const record = left.get(card) ?? (await world.ledger.card(card))?.record;
    left.delete(card);
    const foreseen = record && (await foreseeTask(world, record, difference.kind === "gone" ? null : difference.task));
    if (foreseen) tasks.push(foreseen);
  }
  // Changed on the board alone, and so in no list of what was changed on the tracker.
  for (const record of left.values()) {
    const foreseen = await foreseeTask(world, record, null);
    if (foreseen) tasks.push(foreseen);
  }
  return { found, tasks, ideas };
}
