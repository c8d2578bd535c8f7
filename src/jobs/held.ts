// SPDX-License-Identifier: EUPL-1.2
/** Work on the board that is put aside while nothing can be done there, and taken up again: it neither fails nor is lost. */
import { isBoardAway, Permanent, Refused, RetryLater } from "../core/errors.ts";
import { lookAtBoard, mayWork } from "../sync/watch-board.ts";
import type { SyncWorld } from "../sync/world.ts";
import type { Producer } from "./queues.ts";
import type { Payload } from "./registry.ts";

/** A job that may be put aside. */
export type Holdable =
  | Readonly<{ name: "sync"; payload: Payload<"sync"> }>
  | Readonly<{ name: "row"; payload: Payload<"row"> }>
  | Readonly<{ name: "task"; payload: Payload<"task"> }>
  | Readonly<{ name: "round"; payload: Payload<"round"> }>
  | Readonly<{ name: "letter"; payload: Payload<"letter"> }>;

/** Does a piece of work on the board, or puts it aside when the board cannot be worked on. */
export async function onBoard(world: SyncWorld, job: Holdable, work: () => Promise<void>): Promise<void> {
  if (!(await mayWork(world))) return hold(world, job);
  try {
    await work();
  } catch (error) {
    if (!(await isBoardsDoing(world, error))) throw error;
    await hold(world, job);
  }
}

/** Puts a job aside until `takeUp`. */
export async function hold({ ledger }: SyncWorld, job: Holdable): Promise<void> {
  await ledger.notices.hold(JSON.stringify(job));
}

/** Puts everything back in that was put aside. */
export async function takeUp({ ledger }: Pick<SyncWorld, "ledger">, producer: Producer): Promise<void> {
  const held = await ledger.notices.held();
  for (const text of held) {
    const job = JSON.parse(text) as Holdable;
    await producer.add<Holdable["name"]>(job.name, job.payload);
  }
  await ledger.notices.release(held);
}

/**
 * Whether the work failed because the board cannot be worked on at all; a failure that another try cannot mend is reason
 * to look. A board that is there after all, or is made of something else than the process thought, is worth another try:
 * then RetryLater is thrown.
 */
export async function isBoardsDoing(world: SyncWorld, error: unknown): Promise<boolean> {
  if (!(error instanceof Permanent) && !(error instanceof Refused)) return false;
  const mark = world.board.mark();
  if (!(await lookAtBoard(world))) return true;
  if (isBoardAway(error) || world.board.mark() !== mark) {
    throw new RetryLater(`${error.message} (the board has been read again since)`, { cause: error });
  }
  return false;
}
