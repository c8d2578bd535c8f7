// SPDX-License-Identifier: EUPL-1.2
/** Carries out what a reconcile has found: through the service's own queues, so that nothing is done twice beside it. */
import { setTimeout as pause } from "node:timers/promises";
import type { Job, JobType } from "bullmq";
import type { Redis } from "ioredis";
import type { CardId } from "../src/core/card.ts";
import { handlersFor } from "../src/jobs/handlers.ts";
import { openProducer, type Producer } from "../src/jobs/queues.ts";
import { startWorkers } from "../src/jobs/workers.ts";
import type { OpenRedis } from "../src/redis/redis.ts";
import { PREFIX } from "../src/sides.ts";
import type { SyncWorld } from "../src/sync/sync-card.ts";
import type { Tracker } from "../src/tracker/tracker.ts";
import type { Progress } from "./progress.ts";

export type Ran = Readonly<{
  done: number;
  /** Cards whose work still waits: it was stopped, or a budget will only allow it later. */
  left: number;
  gaveUp: readonly Readonly<{ job: string; card: string; said: string }>[];
}>;

export type RunWish = Readonly<{
  store: OpenRedis;
  redis: Redis;
  world: SyncWorld & Readonly<{ tracker: Tracker }>;
  cards: readonly CardId[];
  show: (progress: Progress) => void;
}>;

const LOOK_MS = 250;
/** How long work under way may take to end when the command is stopped. */
const SHUTDOWN_MS = 8_000;
/** The kinds of work that belong to a card; a card has at most one of each waiting. */
const kinds = ["sync", "mirror"] as const;

/** Resolves when the cards are done, or when the command is told to stop. */
export async function carryOutIn({ store, redis, world, cards, show }: RunWish): Promise<Ran> {
  const producer = openProducer(redis, PREFIX);
  const began = Date.now();
  for (const card of cards) await producer.add("sync", { card }, { urgency: "background" });
  const workers = startWorkers(store.connection, PREFIX, handlersFor(world, producer), producer, {
    onFailure: () => {},
  });
  await producer.add("tasks", { full: true }, { urgency: "background" });
  const left = await untilDone(producer, new Set(cards), show);
  await workers.close(SHUTDOWN_MS);
  const gaveUp = await gaveUpSince(producer, new Set(cards), began);
  await producer.close();
  return { done: cards.length - left - gaveUp.length, left, gaveUp };
}

/** Watches the queues until no work of the cards is left; answers how many cards have some when it is stopped before. */
async function untilDone(producer: Producer, cards: ReadonlySet<CardId>, show: RunWish["show"]): Promise<number> {
  const stopped = new AbortController();
  const stop = () => stopped.abort();
  process.once("SIGINT", stop).once("SIGTERM", stop);
  const began = performance.now();
  const total = cards.size;
  try {
    for (let most = 0, nothing = 0; ; ) {
      const asked = performance.now();
      const left = await outstanding(producer, cards);
      // A card may be on its way from one queue to the other: only a second look that finds nothing is the end.
      nothing = left === 0 ? nothing + 1 : 0;
      most = Math.max(most, nothing === 1 ? total - 1 : total - left);
      show({ done: most, total, elapsedMs: performance.now() - began });
      if (nothing === 2 || stopped.signal.aborted) return Math.min(left, total);
      // Ten thousand waiting jobs are not listed four times a second.
      await pause(Math.max(LOOK_MS, 20 * (performance.now() - asked)));
    }
  } finally {
    process.off("SIGINT", stop).off("SIGTERM", stop);
  }
}

/** The cards that have work left, and one for what is asked of the tracker as a whole. */
async function outstanding(producer: Producer, cards: ReadonlySet<CardId>): Promise<number> {
  const jobs = await jobsOf(producer, cards, ["active", "waiting", "prioritized", "delayed"]);
  const left = new Set(jobs.map(({ data }) => data.card)).size;
  const tracker = await Promise.all(
    [producer.queues.tasks, producer.queues.task].map((queue) =>
      queue.getJobCountByTypes("active", "waiting", "prioritized"),
    ),
  );
  return Math.max(left, tracker.some((count) => count > 0) ? 1 : 0);
}

/** What ended in the failed set, whoever's worker it was. */
async function gaveUpSince(producer: Producer, cards: ReadonlySet<CardId>, began: number): Promise<Ran["gaveUp"]> {
  const failed = await jobsOf(producer, cards, ["failed"]);
  return failed
    .filter(({ finishedOn = 0 }) => finishedOn >= began)
    .map(({ name, data, failedReason }) => ({ job: name, card: data.card, said: failedReason }));
}

async function jobsOf(producer: Producer, cards: ReadonlySet<CardId>, states: JobType[]): Promise<readonly Job[]> {
  const jobs = await Promise.all(kinds.map((kind) => producer.queues[kind].getJobs(states)));
  // A job that ended while the list was made is listed as nothing.
  return jobs.flat().filter((job) => job !== undefined && cards.has(job.data.card));
}
