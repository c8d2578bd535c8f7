// SPDX-License-Identifier: EUPL-1.2
/** The producing side: puts jobs in, one per card at a time. Fails at once when Redis is away, so that a sender is told to retry. */
import { Queue } from "bullmq";
import type { Redis } from "ioredis";
import { type Patience, patience } from "./patience.ts";
import { identity, type JobName, jobNames, type Payload, registry } from "./registry.ts";

export type Producer = Readonly<{
  /** Puts a job in, to be done after its settling time, or after `delayMs`. */
  add<Name extends JobName>(name: Name, payload: Payload<Name>, timing?: { delayMs?: number }): Promise<void>;
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
  const delays = Object.fromEntries(jobNames.map((name) => [name, patience(registry[name])])) as Record<
    JobName,
    Patience
  >;
  return {
    queues,
    async add(name, payload, timing = {}) {
      const id = identity[name](payload as never);
      const delay = timing.delayMs ?? delays[name](id, Date.now());
      await queues[name].add(name, registry[name].payload.parse(payload), {
        delay,
        attempts: registry[name].attempts,
        backoff: { type: "custom" },
        deduplication: { id, keepLastIfActive: true, replace: true },
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
