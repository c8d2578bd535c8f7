// SPDX-License-Identifier: EUPL-1.2
/** The two connections' budgets, with what each remote side counts and what the municipality's plan allows. */
import { notionWindows } from "../board/notion/limits.ts";
import type { Side } from "../core/errors.ts";
import type { Model } from "../model/model.ts";
import { SharedBudget } from "../rate/shared-budget.ts";
import type { RedisClient } from "../redis/client.ts";
import { githubWindows } from "../tracker/github/limits.ts";

/** Notion gives a whole budget back within its minute: that is waited for in place. */
const BOARD_PATIENCE_MS = 65_000;
/** GitHub's windows are hours: what would wait longer than this goes back to the queue. */
const TRACKER_PATIENCE_MS = 5_000;

export type Budgets = Readonly<{
  board: SharedBudget;
  tracker: SharedBudget;
  /** Ends every wait, so that what waits can be put off. */
  close(): void;
}>;

/** `onStop` is told when a side says that its budget is spent, and for how many milliseconds nothing is asked of it. */
export function openBudgets(
  redis: RedisClient,
  prefix: string,
  { municipality }: Model,
  onStop: (side: Side, ms: number) => void,
): Budgets {
  const board = new SharedBudget(redis, {
    prefix,
    side: "board",
    windows: notionWindows(municipality),
    patienceMs: BOARD_PATIENCE_MS,
    onStop: (ms) => onStop("board", ms),
  });
  const tracker = new SharedBudget(redis, {
    prefix,
    side: "tracker",
    windows: githubWindows(municipality),
    patienceMs: TRACKER_PATIENCE_MS,
    onStop: (ms) => onStop("tracker", ms),
  });
  return {
    board,
    tracker,
    close() {
      board.close();
      tracker.close();
    },
  };
}
