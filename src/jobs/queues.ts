// SPDX-License-Identifier: EUPL-1.2
/** The producing side: puts jobs in, one per card at a time. Fails at once when Redis is away, so that a sender is told to retry. */
import { Queue } from "bullmq";
import type { Redis } from "ioredis";
import { identity, type JobName, jobNames, type Payload, registry } from "./registry.ts";

export type Producer = Readonly<{
  /**
   * Puts a job in. `firstAt` (milliseconds) is when the oldest unjudged event about the same thing came: from it the
   * longest wait is counted. `delayMs` postpones the job instead of the usual settling time.
   */
  add<Name extends JobName>(
    name: Name,
    payload: Payload<Name>,
    timing?: { firstAt?: number; delayMs?: number },
  ): Promise<void>;
  /** Runs a job again and again, every so many milliseconds. */
  every<Name extends JobName>(name: Name, payload: Payload<Name>, ms: number): Promise<void>;
  queues: Readonly<Record<JobName, Queue>>;
  close(): Promise<void>;
}>;

const KEEP_COMPLETED = { age: 3_600, count: 1_000 };
const KEEP_FAILED = { age: 30 * 86_400 };

/** Opens the queues on a connection that fails fast (openDoorRedis). `prefix` keeps several services apart in one Redis. */
export function openProducer(redis: Redis, prefix: string): Producer {
  const queues = Object.fromEntries(
    jobNames.map((name) => [
      name,
      new Queue(name, { connection: redis, prefix, skipWaitingForReady: true, skipMetasUpdate: true }),
    ]),
  ) as Record<JobName, Queue>;
  for (const queue of Object.values(queues)) queue.on("error", () => {});
  return {
    queues,
    async add(name, payload, timing = {}) {
      const { settleMs, maxWaitMs, attempts } = registry[name];
      const waited = timing.firstAt === undefined ? 0 : Date.now() - timing.firstAt;
      const delay = timing.delayMs ?? (waited >= maxWaitMs ? 0 : settleMs);
      await queues[name].add(name, registry[name].payload.parse(payload), {
        delay,
        attempts,
        backoff: { type: "custom" },
        deduplication: { id: identity[name](payload as never), keepLastIfActive: true, replace: true },
        removeOnComplete: KEEP_COMPLETED,
        removeOnFail: KEEP_FAILED,
      });
    },
    async every(name, payload, ms) {
      const { attempts } = registry[name];
      await queues[name].upsertJobScheduler(
        `${name}-${identity[name](payload as never)}`,
        { every: ms },
        {
          name,
          data: payload,
          opts: { attempts, backoff: { type: "custom" }, removeOnComplete: KEEP_COMPLETED, removeOnFail: KEEP_FAILED },
        },
      );
    },
    async close() {
      await Promise.all(Object.values(queues).map((queue) => queue.close()));
    },
  };
}
