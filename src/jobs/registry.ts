// SPDX-License-Identifier: EUPL-1.2
/** Every kind of job: what it carries, how it is kept apart, how often it is tried. A payload is ids only; handlers read the truth. */
import { z } from "zod";
import type { Urgency } from "../rate/urgency.ts";

type JobKind = Readonly<{
  /** Parsed when it is put in and again when it is taken out. */
  payload: z.ZodType<object>;
  /** Tries before the job is put in the failed set, where it stays visible and can be replayed. */
  attempts: number;
  /** How many run at once in one process. Different cards run in parallel, one card never does (I8). */
  concurrency: number;
  /** Milliseconds to wait for more events about the same thing before work begins. */
  settleMs: number;
  /** Milliseconds after the first event at which work begins, however many more events come. */
  maxWaitMs: number;
}>;

/** The events that led to it, for whoever follows one through the log; nothing is judged by them. */
const events = z.array(z.string()).readonly().optional();

export const registry = {
  /** Look at one card. */
  sync: {
    payload: z.strictObject({ card: z.guid(), events }),
    attempts: 12,
    concurrency: 8,
    settleMs: 500,
    maxWaitMs: 5_000,
  },
  /** Look at a card again later: a kind of its own, so that a look that is due sooner is not pushed away. */
  wake: { payload: z.strictObject({ card: z.guid() }), attempts: 12, concurrency: 2, settleMs: 0, maxWaitMs: 0 },
  /** Find out which card a row belongs to. */
  row: { payload: z.strictObject({ row: z.guid() }), attempts: 12, concurrency: 2, settleMs: 500, maxWaitMs: 5_000 },
  /** Look at a task that an event told of: developers change several things in one breath. */
  task: {
    payload: z.strictObject({ task: z.int().positive() }),
    attempts: 20,
    concurrency: 2,
    settleMs: 500,
    maxWaitMs: 5_000,
  },
  /** Keep a card and its task together. */
  mirror: {
    payload: z.strictObject({ card: z.guid(), events }),
    attempts: 20,
    concurrency: 2,
    settleMs: 0,
    maxWaitMs: 0,
  },
  /** Look for what events did not tell. */
  reconcile: { payload: z.strictObject({ full: z.boolean() }), attempts: 5, concurrency: 1, settleMs: 0, maxWaitMs: 0 },
  /** Look whether the board is there and what it is made of, then at everything on it. */
  schema: { payload: z.strictObject({}), attempts: 12, concurrency: 1, settleMs: 500, maxWaitMs: 5_000 },
  /** Look for what the tracker's events did not tell; a kind of its own, so that one side being away costs the other nothing. */
  tasks: { payload: z.strictObject({ full: z.boolean() }), attempts: 5, concurrency: 1, settleMs: 0, maxWaitMs: 0 },
  /** The day's round of reminders. */
  round: { payload: z.strictObject({}), attempts: 12, concurrency: 1, settleMs: 0, maxWaitMs: 0 },
  /** Send one message. */
  letter: {
    payload: z.strictObject({ letter: z.string().regex(/^[A-Za-z0-9-]{1,32}$/) }),
    attempts: 12,
    concurrency: 2,
    settleMs: 0,
    maxWaitMs: 0,
  },
  /** Write to the administrator what is wrong with the board, and what is so no more. */
  notice: { payload: z.strictObject({}), attempts: 20, concurrency: 1, settleMs: 2_000, maxWaitMs: 10_000 },
} as const satisfies Record<string, JobKind>;

export type JobName = keyof typeof registry;
export const jobNames = Object.keys(registry) as readonly JobName[];
export type Payload<Name extends JobName> = z.infer<(typeof registry)[Name]["payload"]>;

/** The handlers a service runs. Not Partial: one that lacks a kind does not compile. */
export type Handlers = { readonly [Name in JobName]: (payload: Payload<Name>, urgency: Urgency) => Promise<void> };

/** What makes two jobs the same job, so that only one of them waits and none runs beside the other. */
export const identity: { readonly [Name in JobName]: (payload: Payload<Name>) => string } = {
  sync: ({ card }) => card,
  wake: ({ card }) => card,
  row: ({ row }) => row,
  task: ({ task }) => `task-${task}`,
  mirror: ({ card }) => card,
  reconcile: ({ full }) => (full ? "full" : "recent"),
  schema: () => "board",
  tasks: ({ full }) => (full ? "full" : "recent"),
  round: () => "day",
  letter: ({ letter }) => letter,
  notice: () => "administrator",
};
