// SPDX-License-Identifier: EUPL-1.2
/** The producing side: puts jobs in, one per card at a time. Fails at once when Redis is away, so that a sender is told to retry. */
import { randomUUID } from "node:crypto";
import { type JobsOptions, Queue, type Telemetry } from "bullmq";
import type { Urgency } from "../rate/urgency.ts";
import type { RedisClient } from "../redis/client.ts";
import { type Patience, patience } from "./patience.ts";
import { identity, type JobName, jobNames, type Payload, registry } from "./registry.ts";

export type Timing = Readonly<{
  /** Milliseconds to wait; otherwise the kind's settling time. */
  delayMs?: number;
  /** Default: interactive. */
  urgency?: Urgency;
}>;

/** Again and again: every so many milliseconds, first then; or at times of the day (cron) in a time zone. */
export type Recurring = Readonly<{ everyMs: number }> | Readonly<{ cron: string; timeZone: string }>;

export type Producer = Readonly<{
  /**
   * Puts a job in, to be done after its settling time. Background work waits behind all interactive work, and at once
   * becomes interactive when somebody asks for the same thing.
   */
  add<Name extends JobName>(name: Name, payload: Payload<Name>, timing?: Timing): Promise<void>;
  recur<Name extends JobName>(name: Name, payload: Payload<Name>, when: Recurring): Promise<void>;
  queues: Readonly<Record<JobName, Queue>>;
  close(): Promise<void>;
}>;

const KEEP_COMPLETED = { age: 3_600, count: 1_000 };
const KEEP_FAILED = { age: 30 * 86_400 };

/**
 * Opens the queues on a connection that fails fast (openDoorRedis). `prefix` keeps several services apart in one Redis;
 * `telemetry` carries a trace with each job.
 */
export function openProducer(redis: RedisClient, prefix: string, telemetry?: Telemetry): Producer {
  const queues = Object.fromEntries(
    jobNames.map((name) => [
      name,
      new Queue(name, {
        connection: redis,
        prefix,
        skipWaitingForReady: true,
        skipMetasUpdate: true,
        ...(telemetry && { telemetry }),
      }),
    ]),
  ) as Record<JobName, Queue>;
  for (const queue of Object.values(queues)) queue.on("error", () => {});
  const delays = Object.fromEntries(jobNames.map((name) => [name, patience(registry[name])])) as Record<
    JobName,
    Patience
  >;
  return {
    queues,
    async add(name, payload, { delayMs, urgency = "interactive" } = {}) {
      const id = identity[name](payload as never);
      const data = registry[name].payload.parse(payload);
      if (urgency === "background") return void (await queues[name].add(name, data, inBackground(name, id)));
      const delay = delayMs ?? delays[name](id, Date.now());
      const job = await queues[name].add(name, data, {
        ...kept(name),
        delay,
        deduplication: { id, keepLastIfActive: true, replace: true },
      });
      // The same thing waits in the background already, and that is the job we were given: it is wanted sooner now.
      if (job.id?.startsWith(BACKGROUND)) await job.changePriority({ priority: 0 });
    },
    async recur(name, payload, when) {
      const every = "everyMs" in when ? { every: when.everyMs, startDate: Date.now() + when.everyMs } : null;
      const repeat = every ?? ("cron" in when ? { pattern: when.cron, tz: when.timeZone } : {});
      const id = `${name}-${identity[name](payload as never)}`;
      await queues[name].upsertJobScheduler(id, repeat, { name, data: payload, opts: kept(name) });
    },
    async close() {
      await Promise.all(Object.values(queues).map((queue) => queue.close()));
    },
  };
}

/** Beginning of the id of a job that nobody waits for. */
const BACKGROUND = "background-";
/** BullMQ serves jobs without a priority first. */
const BACKGROUND_PRIORITY = 10;

/** Never replaces a job that waits: that one is wanted sooner, or is the same. */
function inBackground(name: JobName, id: string): JobsOptions {
  return {
    ...kept(name),
    jobId: `${BACKGROUND}${randomUUID()}`,
    priority: BACKGROUND_PRIORITY,
    deduplication: { id, keepLastIfActive: true },
  };
}

function kept(name: JobName): JobsOptions {
  const { attempts } = registry[name];
  return { attempts, backoff: { type: "custom" }, removeOnComplete: KEEP_COMPLETED, removeOnFail: KEEP_FAILED };
}
