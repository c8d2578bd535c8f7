// SPDX-License-Identifier: EUPL-1.2
/** What is remembered of a card's task: where it is, what both sides last agreed on, and what is still to be said on it. */
import type { Login, TaskRef } from "./task.ts";

/** What board and task last agreed on: whoever differs from it has changed something. */
export type TaskSynced = Readonly<{
  /** The card's title as it would be sent, and the task's as it was then shown: each side has its own way of writing one. */
  title: Readonly<{ card: string; task: string }>;
  /** The phase label that the task had; null when it did not have exactly one. */
  phase: string | null;
  /** The accounts of the card's owners, and those of them that the tracker would not take. */
  owners: readonly Login[];
  refused: readonly Login[];
}>;

/** A comment to be written once. The marker makes a repeat recognisable on the task. */
export type TaskNote = Readonly<{ text: string; marker: string }>;

export type TaskLink = Readonly<{
  /** Counts the times it was kept; whoever keeps it must know the last one (I8). */
  revision: number;
  ref: TaskRef | null;
  /** What the tracker was last made to show, in short. */
  shown: string | null;
  /** The task as the service last left it, in short: one that is otherwise was changed by somebody. */
  left: string | null;
  /** Since when a task is being created: an earlier try may have been saved. */
  creatingSince: string | null;
  /** The one being created takes the place of a task that is gone; the card is to be told (B24). */
  replaces: boolean;
  /** null: nothing was agreed on yet; the card's word counts. */
  synced: TaskSynced | null;
  /** What will be agreed on once the write under way is answered; should the answer be lost, what the task shows of it is nobody else's doing. */
  writing: TaskSynced | null;
  /** Comments that were decided but perhaps not written yet. */
  outbox: readonly TaskNote[];
  /** When each comment was last written, by what it answers: not repeated within `repeatMinutes`. */
  told: Readonly<Record<string, string>>;
  /** Assignees in no list of the municipality's, of whom the task was told. */
  strangers: readonly Login[];
}>;

export const noTask: TaskLink = {
  revision: 0,
  ref: null,
  shown: null,
  left: null,
  creatingSince: null,
  replaces: false,
  synced: null,
  writing: null,
  outbox: [],
  told: {},
  strangers: [],
};
