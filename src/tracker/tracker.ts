// SPDX-License-Identifier: EUPL-1.2
/**
 * The port to the task tracker, in domain words. An adapter translates; it holds no rule.
 * Every method throws RetryLater, Permanent or Refused (core/errors.ts), never an SDK's own error.
 */
import type { CardId } from "../core/card.ts";
import type { CloseReason, TaskRef, TaskWanted } from "../core/task.ts";

export type { BlockLine, CloseReason, TaskRef, TaskWanted } from "../core/task.ts";

/** A task as the tracker shows it. */
export type TaskSeen = TaskRef &
  Readonly<{
    title: string;
    body: string;
    labels: readonly string[];
    closed: CloseReason | "other" | null;
  }>;

export interface Tracker {
  /** The service's own login on the tracker. */
  readonly self: string;
  /** null: deleted, transferred, or no longer visible. */
  read(ref: TaskRef): Promise<TaskSeen | null>;
  /** Not safe to repeat: look with `findOwn` first when an earlier try may have been saved. */
  create(wanted: TaskWanted): Promise<TaskSeen>;
  /** A task the service itself created for this card at or after `since` (ISO). Another author's marker does not count. */
  findOwn(card: CardId, since: string): Promise<TaskSeen | null>;
  /** Reads the task, writes what differs in one request (none when nothing does), keeps what is not ours. null: it is gone. */
  write(ref: TaskRef, wanted: TaskWanted): Promise<{ task: TaskSeen; wrote: boolean } | null>;
  comment(ref: TaskRef, text: string): Promise<void>;
}

/** What an incoming event means. `ignored` says why, for the log. */
export type TrackerEvent =
  | Readonly<{ kind: "task"; task: number; at: string; by: string; action: string }>
  | Readonly<{ kind: "ignored"; why: string }>
  | Readonly<{ kind: "malformed"; why: string }>;

/** The door's half of the tracker adapter: no network. */
export interface TrackerInbound {
  /** Whether the signature header belongs to these bytes; false for a missing or malformed one. Constant time. */
  verify(body: Uint8Array, signature: string | undefined): Promise<boolean>;
  /** Reads an event whose signature was verified. `name` is the event header. Never throws. */
  parse(name: string | undefined, json: unknown): TrackerEvent;
}
