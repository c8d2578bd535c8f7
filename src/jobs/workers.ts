// SPDX-License-Identifier: EUPL-1.2
/** The consuming side: one worker per kind of job, retries by BullMQ alone, an end that waits for what is under way. */
import { DelayedError, type Job, type Telemetry, Worker } from "bullmq";
import { RetryLater } from "../core/errors.ts";
import { type Urgency, withUrgency } from "../rate/urgency.ts";
import type { RedisClient } from "../redis/client.ts";
import { follow, type Trail, trailNow, withTrail } from "../telemetry/trail.ts";
import type { Producer } from "./queues.ts";
import { type Handlers, type JobName, jobNames, registry } from "./registry.ts";
import { asJobError, backoffMs } from "./retry.ts";

export type Failure = Trail & Readonly<{ job: JobName; id: string; attempt: number; isLast: boolean; error: Error }>;

/** Told of every try at a job. */
export type Watching = Readonly<{
  onFailure(failure: Failure): void;
  /** A try has ended after so many milliseconds, well or not. */
  onTried?(tried: Readonly<{ job: JobName; ms: number }>): void;
  /** Goes on with the trace that a job carries. */
  telemetry?: Telemetry | undefined;
}>;

export type Workers = Readonly<{
  isRunning(): boolean;
  /**
   * Takes no new job and waits for those under way. "late" when they have not ended after `deadlineMs` milliseconds: the
   * process is to end without them, and others do them again once their locks have run out.
   */
  close(deadlineMs: number): Promise<"done" | "late">;
}>;

/**
 * Starts a worker for every kind of job that there is a handler for; the service has one for each. They have `redis`
 * (openWorkersRedis) to themselves, and let go of it when they are closed.
 */
export function startWorkers(
  redis: RedisClient,
  prefix: string,
  handlers: Partial<Handlers>,
  producer: Producer,
  watching: Watching,
): Workers {
  const workers = jobNames.flatMap((name) => {
    const handle = handlers[name] as Handle | undefined;
    return handle ? startWorker(name, redis, prefix, handle, producer, watching) : [];
  });
  return {
    isRunning: () => workers.every((worker) => worker.isRunning()),
    async close(deadlineMs) {
      const closing = Promise.all(workers.map((worker) => worker.close()));
      const timer = Promise.withResolvers<"late">();
      const timeout = setTimeout(() => timer.resolve("late"), deadlineMs);
      // A second close, by force, would wait for the first one: BullMQ knows no way out of one that has begun.
      const outcome = await Promise.race([closing.then(() => "done" as const), timer.promise]);
      clearTimeout(timeout);
      redis.disconnect();
      return outcome;
    },
  };
}

type Handle = (payload: object, urgency: Urgency) => Promise<void>;

function startWorker(
  name: JobName,
  redis: RedisClient,
  prefix: string,
  handle: Handle,
  producer: Producer,
  { onFailure, onTried, telemetry }: Watching,
): Worker {
  const { concurrency, payload, attempts } = registry[name];
  /** What a failed try was about; its failure is told of when its work is over. */
  const trails = new WeakMap<Job, Trail>();
  const worker = new Worker(
    name,
    (job, token) =>
      withTrail({ job: name, id: job.id ?? "" }, async () => {
        const urgency = job.priority > 0 ? "background" : "interactive";
        const began = performance.now();
        try {
          const parsed = payload.parse(job.data);
          follow("events" in parsed ? (parsed.events as readonly string[]) : []);
          await withUrgency(urgency, () => handle(parsed, urgency));
        } catch (error) {
          if (error instanceof RetryLater && error.limited && error.afterMs > 0)
            throw await putOff(producer, job, urgency, error.afterMs, token);
          trails.set(job, trailNow());
          throw asJobError(error);
        } finally {
          onTried?.({ job: name, ms: performance.now() - began });
        }
      }),
    {
      connection: redis,
      prefix,
      concurrency,
      ...(telemetry && { telemetry }),
      // A job whose process was killed is begun again as often as one that failed: BullMQ would give up after the second time.
      maxStalledCount: attempts,
      settings: { backoffStrategy: (made, _type, error) => backoffMs(made, error) },
    },
  );
  worker.on("failed", (job, error) => {
    const attempt = job?.attemptsMade ?? 0;
    onFailure({
      ...(job && trails.get(job)),
      job: name,
      id: job?.id ?? "",
      attempt,
      isLast: attempt >= attempts || error.name === "UnrecoverableError",
      error,
    });
  });
  worker.on("error", (error) => onFailure({ job: name, id: "", attempt: 0, isLast: false, error }));
  return worker;
}

/**
 * A spent budget is nobody's mistake: the try is not counted. When it stops interactive work it stops all, so the whole
 * queue waits; background work goes out of the way by itself.
 */
async function putOff(producer: Producer, job: Job, urgency: Urgency, ms: number, token?: string): Promise<Error> {
  if (urgency === "background") {
    await job.moveToDelayed(Date.now() + ms, token);
    return new DelayedError();
  }
  await producer.queues[job.queueName as JobName].rateLimit(ms);
  return Worker.RateLimitError();
}
