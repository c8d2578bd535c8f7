// SPDX-License-Identifier: EUPL-1.2
/** What mirroring a card would change on its task: the same judgement, and nothing written. */
import type { CardId } from "../core/card.ts";
import { judgeTask } from "../core/judge-task.ts";
import { taskPage } from "../ledger/hints.ts";
import type { CardRecord } from "../ledger/ledger.ts";
import type { TaskChange, TaskSeen } from "../tracker/tracker.ts";
import { type MirrorWorld, wantedOf } from "./mirror-task.ts";

/** `replace`: it is gone, and another takes its place. `ask`: the card is asked for what a developer has changed. */
export type TaskDeed = "create" | "replace" | "ask" | "comment" | TaskChange;

/** What will become of one card's task. */
export type TaskForeseen = Readonly<{
  card: CardId;
  projectId: string;
  /** null: it has none yet. */
  task: number | null;
  deeds: readonly TaskDeed[];
}>;

/**
 * Foresees what becomes of a card's task once the card is as `record` has it; null: nothing. `listed`: the task as a list has
 * just shown it; without it the task is read (one call).
 */
export async function foreseeTask(
  world: MirrorWorld,
  record: CardRecord,
  listed: TaskSeen | null,
): Promise<TaskForeseen | null> {
  const { model, ledger, tracker } = world;
  const { accepted, seen: card } = record;
  const wanted = await wantedOf(world, record);
  if (!wanted) return null;
  const link = await ledger.tasks.of(card.id);
  const about = { card: card.id, projectId: card.projectId, task: link.ref?.number ?? null };
  if (!link.ref) return { ...about, deeds: ["create"] };
  const seen = listed ?? (await tracker.read(link.ref));
  if (!seen) return { ...about, deeds: ["replace"] };
  const page = taskPage(seen.number);
  const hints = (await ledger.hints.about([page]))[page] ?? [];
  const verdict = judgeTask(model, { accepted, card, wanted, seen, link, hints, now: await world.now() });
  const deeds: readonly TaskDeed[] = [
    ...tracker.changes(seen, verdict.wanted),
    ...(verdict.requests.length > 0 ? (["ask"] as const) : []),
    ...(verdict.link.outbox.length > 0 ? (["comment"] as const) : []),
  ];
  return deeds.length > 0 ? { ...about, deeds } : null;
}
