// SPDX-License-Identifier: EUPL-1.2
/** Carries out what a reconcile has found: through the service's own queues, so that nothing is done twice beside it. */
import { setTimeout as pause } from "node:timers/promises";
import type { Job, JobType } from "bullmq";
import type { CardId } from "../src/core/card.ts";
import { handlersFor } from "../src/jobs/handlers.ts";
import { openProducer, type Producer } from "../src/jobs/queues.ts";
import { startWorkers } from "../src/jobs/workers.ts";
import { prefixOf, type RedisClient } from "../src/redis/client.ts";
import { openWorkersRedis } from "../src/redis/connect.ts";
import type { OpenRedis } from "../src/redis/redis.ts";
import type { TaskFound } from "../src/sync/reconcile-tasks.ts";
import type { SyncWorld } from "../src/sync/world.ts";
import type { Tracker } from "../src/tracker/tracker.ts";
import type { Progress } from "./progress.ts";

export type Ran = Readonly<{
  done: number;
  /** Cards and ideas whose work still waits: it was stopped, or a budget will only allow it later. */
  left: number;
  gaveUp: readonly Readonly<{ job: string; of: string; said: string }>[];
}>;

export type RunWish = Readonly<{
  store: OpenRedis;
  redis: RedisClient;
  world: SyncWorld & Readonly<{ tracker: Tracker }>;
  /** Cards to look at. */
  cards: readonly CardId[];
  /** Tasks to look at, and tasks that are to become cards. */
  tasks: readonly TaskFound[];
  /** To be done once all of it waits in the queues: from then on nothing of it is lost, whoever stops. */
  queued: () => Promise<void>;
  show: (progress: Progress) => void;
}>;

const LOOK_MS = 250;
/** How long work under way may take to end when the command is stopped. */
const SHUTDOWN_MS = 8_000;
/** Resolves when everything is done, or when the command is told to stop. */
export async function carryOutIn({ store, redis, world, cards, tasks, queued, show }: RunWish): Promise<Ran> {
  const producer = openProducer(redis, prefixOf(redis));
  const began = Date.now();
  const urgency = "background";
  for (const card of cards) await producer.add("sync", { card }, { urgency });
  for (const found of tasks) {
    if ("card" in found) await producer.add("mirror", found, { urgency });
    else await producer.add("task", found, { urgency });
  }
  await queued();
  const handlers = handlersFor(world, producer);
  const own = await openWorkersRedis(store.connection);
  const workers = startWorkers(own, prefixOf(own), handlers, producer, { onFailure: () => {} });
  const work: Work = {
    cards: new Set([...cards, ...tasks.flatMap((found) => ("card" in found ? found.card : []))]),
    ideas: new Set(tasks.flatMap((found) => ("task" in found ? found.task : []))),
  };
  const left = await untilDone(world, producer, work, show);
  await workers.close(SHUTDOWN_MS);
  const gaveUp = await gaveUpSince(producer, work, began);
  await producer.close();
  return { done: work.cards.size + work.ideas.size - left - gaveUp.length, left, gaveUp };
}

/** An idea's card is known once it has been taken in, and is part of the work from then on. */
type Work = Readonly<{ cards: ReadonlySet<CardId>; ideas: ReadonlySet<number> }>;

/** Watches the queues until nothing of the work is left; answers how many cards and ideas have some when it is stopped before. */
async function untilDone(
  world: RunWish["world"],
  producer: Producer,
  work: Work,
  show: RunWish["show"],
): Promise<number> {
  const stopped = new AbortController();
  const stop = () => stopped.abort();
  process.once("SIGINT", stop).once("SIGTERM", stop);
  const began = performance.now();
  const total = work.cards.size + work.ideas.size;
  try {
    for (let most = 0, nothing = 0; ; ) {
      const asked = performance.now();
      const left = await outstanding(world, producer, work);
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

/** How many of the cards and ideas have work left. */
async function outstanding({ ledger }: RunWish["world"], producer: Producer, work: Work): Promise<number> {
  const taken = await Promise.all([...work.ideas].map((idea) => ledger.tasks.cardOf(idea)));
  const all: Work = { ...work, cards: new Set([...work.cards, ...taken.filter((card) => card !== null)]) };
  return new Set((await jobsOf(producer, all, ["active", "waiting", "prioritized", "delayed"])).map(nameOf)).size;
}

/** What ended in the failed set, whoever's worker it was. */
async function gaveUpSince(producer: Producer, work: Work, began: number): Promise<Ran["gaveUp"]> {
  const failed = await jobsOf(producer, work, ["failed"]);
  return failed
    .filter(({ finishedOn = 0 }) => finishedOn >= began)
    .map((job) => ({ job: job.name, of: nameOf(job), said: job.failedReason }));
}

/** The kinds of work that belong to a card or an idea; each has at most one of a kind waiting. */
const kinds = ["sync", "mirror", "task"] as const;

async function jobsOf(producer: Producer, { cards, ideas }: Work, states: JobType[]): Promise<readonly Job[]> {
  const jobs = await Promise.all(kinds.map((kind) => producer.queues[kind].getJobs(states)));
  // A job that ended while the list was made is listed as nothing.
  return jobs.flat().filter((job) => job !== undefined && (cards.has(job.data.card) || ideas.has(job.data.task)));
}

function nameOf({ data }: Job): string {
  return data.card === undefined ? `issue ${data.task}` : `card ${data.card}`;
}
