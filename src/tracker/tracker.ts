// SPDX-License-Identifier: EUPL-1.2
/**
 * The port to the task tracker, in domain words. An adapter translates; it holds no rule.
 * Every method throws RetryLater, Permanent or Refused (core/errors.ts), never an SDK's own error.
 */
import type { CardId, Hint } from "../core/card.ts";
import type { TaskRef, TaskSeen, TaskWanted } from "../core/task.ts";
import type { TaskNote } from "../core/task-link.ts";

export type { BlockLine, TaskRef, TaskSeen, TaskWanted } from "../core/task.ts";

/** What a write changes on a task. */
export type TaskChange = "title" | "text" | "labels" | "assignees" | "close" | "reopen";

export interface Tracker {
  /** The service's own login on the tracker. */
  readonly self: string;
  /** null: deleted, transferred, or no longer visible. */
  read(ref: TaskRef): Promise<TaskSeen | null>;
  /** A task that the ledger does not know, by its number; null when there is none. */
  find(number: number): Promise<TaskSeen | null>;
  /** Not safe to repeat: look with `findOwn` first when an earlier try may have been saved. */
  create(wanted: TaskWanted): Promise<TaskSeen>;
  /** Every task changed at or after `since` (ISO; null: all), oldest change first. What was deleted or moved away is not among them. */
  changed(since: string | null): AsyncIterable<TaskSeen>;
  /** A task the service itself created for this card at or after `since` (ISO). Another author's marker does not count. */
  findOwn(card: CardId, since: string): Promise<TaskSeen | null>;
  /** Every task that the service itself created, with the card whose block it bears, oldest first. */
  ownTasks(): AsyncIterable<Readonly<{ card: CardId; task: TaskSeen }>>;
  /**
   * Writes what differs between the task as it was read and as it is wanted in one request (none when nothing does), and
   * keeps what is not ours. An assignee whom the tracker does not take is left out. null: the task is gone, or is one that
   * cannot be opened again.
   */
  write(seen: TaskSeen, wanted: TaskWanted): Promise<{ task: TaskSeen; wrote: boolean } | null>;
  /** What `write` would change. Asks nobody. */
  changes(seen: TaskSeen, wanted: TaskWanted): readonly TaskChange[];
  /** Not safe to repeat: look with `hasComment` first when an earlier try may have been saved. */
  comment(ref: TaskRef, note: TaskNote): Promise<void>;
  /** Whether one of the service's own comments on the task carries the marker. */
  hasComment(ref: TaskRef, marker: string): Promise<boolean>;
}

/**
 * What an incoming event means: a task to look at again, who touched what of it (an account; `label:…` for a label), and
 * the labels that it had then. `ignored` says why, for the log.
 */
export type TrackerEvent =
  | Readonly<{ kind: "task"; task: number; hint: Omit<Hint, "event">; labels: readonly string[] }>
  | Readonly<{ kind: "ignored"; why: string }>
  | Readonly<{ kind: "malformed"; why: string }>;

/** The door's half of the tracker adapter: no network. */
export interface TrackerInbound {
  /** Whether the signature header belongs to these bytes; false for a missing or malformed one. Constant time. */
  verify(body: Uint8Array, signature: string | undefined): Promise<boolean>;
  /** Reads an event whose signature was verified. `name` is the event header. Never throws. */
  parse(name: string | undefined, json: unknown): TrackerEvent;
}
