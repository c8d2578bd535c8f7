// SPDX-License-Identifier: EUPL-1.2
/** What all processes share, read from Redis for whoever asks for the metrics. */
import type { Job, Queue } from "bullmq";
import type { Producer } from "../jobs/queues.ts";
import { jobNames } from "../jobs/registry.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { RedisClient } from "../redis/client.ts";
import { reconciledUntil } from "../sync/reconcile.ts";
import type { Standing } from "../telemetry/metrics.ts";
import { heardOf } from "../web/heard.ts";
import type { Sides } from "./sides.ts";

type Shared = Readonly<{ sides: Pick<Sides, "left">; redis: RedisClient; ledger: Ledger; producer: Producer }>;

/** All of it on a connection that fails at once while Redis is away. */
export async function readStanding({ sides, redis, ledger, producer: { queues } }: Shared): Promise<Standing> {
  const [budgets, notices, until, board, tracker, ...read] = await Promise.all([
    sides.left(redis),
    ledger.notices.all(),
    reconciledUntil(ledger),
    heardOf(ledger, "board"),
    heardOf(ledger, "tracker"),
    ...jobNames.map((name) => readQueue(queues[name])),
  ]);
  const byTopic = Object.groupBy(notices, ({ topic }) => topic);
  const none = { access: 0, schema: 0, phases: 0, unseen: 0, channels: 0 } satisfies Record<
    keyof typeof byTopic,
    number
  >;
  const standing = Object.entries(byTopic).map(([topic, those]) => [topic, those.length]);
  return {
    budgets,
    queues: read,
    notices: { ...none, ...Object.fromEntries(standing) },
    heard: { board: instant(board.signed), tracker: instant(tracker.signed) },
    reconciledUntil: instant(until),
  };
}

async function readQueue(queue: Queue): Promise<Standing["queues"][number]> {
  const [counts, ...oldest] = await Promise.all([
    queue.getJobCounts("waiting", "prioritized", "active", "delayed", "failed"),
    // Each is in the order in which it is served, so that its first is the one that has waited longest.
    ...(["waiting", "prioritized", "delayed"] as const).map((state) => queue.getJobs([state], 0, 0, true)),
  ]);
  const { waiting = 0, prioritized = 0, active = 0, delayed = 0, failed = 0 } = counts;
  const now = Date.now();
  const waits = oldest.flatMap(([job]) => (job ? now - dueAt(job) : []));
  return {
    job: queue.name,
    states: { waiting: waiting + prioritized, active, delayed, failed },
    oldestMs: Math.max(0, ...waits),
  };
}

const instant = (iso: string | null) => (iso === null ? null : new Date(iso));

/** When a job may run, or may again, in milliseconds: the pause before another try counts from the try before it. */
function dueAt({ timestamp, processedOn, delay }: Job): number {
  return delay > 0 ? (processedOn ?? timestamp) + delay : timestamp;
}
