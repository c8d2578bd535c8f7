// SPDX-License-Identifier: EUPL-1.2
/** The worker's part of the service: takes the board over, starts the workers, and looks at everything now and again. */
import type { Logger } from "pino";
import type { Shape } from "../board/board.ts";
import { commentChannel } from "../channels/comment/comment.ts";
import type { OutsideChannels } from "../channels/open.ts";
import type { Settings } from "../config.ts";
import type { CardId } from "../core/card.ts";
import type { SentReport } from "../delivery/world.ts";
import { handlersFor } from "../jobs/handlers.ts";
import type { Producer } from "../jobs/queues.ts";
import type { Handlers } from "../jobs/registry.ts";
import { remindingHandlers } from "../jobs/reminding.ts";
import { tellingHandlers } from "../jobs/telling.ts";
import { type Failure, startWorkers, type Workers } from "../jobs/workers.ts";
import type { Model } from "../model/model.ts";
import { prefixOf } from "../redis/client.ts";
import { openWorkersRedis } from "../redis/connect.ts";
import type { RedisConnection } from "../redis/redis.ts";
import { adopt } from "../sync/adopt.ts";
import { keepShape } from "../sync/watch-board.ts";
import type { SyncWorld } from "../sync/world.ts";
import type { Metrics } from "../telemetry/metrics.ts";
import { openTraces } from "../telemetry/traces.ts";
import type { Tracker } from "../tracker/tracker.ts";
import { watchClock } from "./clock.ts";
import { administratorOf } from "./notifying.ts";
import { untilAnswered } from "./until-answered.ts";

const RECONCILE_EVERY_MS = 5 * 60_000;
/** Every night, when nobody is at work. */
const FULL_RECONCILE_AT = "15 3 * * *";

export type WorkWish = Readonly<{
  world: SyncWorld & Readonly<{ tracker: Tracker }>;
  /** How people are written to beside the board. */
  channels: OutsideChannels;
  /** What the board was made of when it was opened. */
  shape: Shape;
  clock: Settings["clock"];
  connection: RedisConnection;
  producer: Producer;
  metrics: Metrics;
  log: Logger;
}>;

/** Starts a worker of every kind on a board that has been taken over. */
export async function startWorking(wish: WorkWish): Promise<Workers> {
  const { world, channels, shape, clock, connection, producer, metrics, log } = wish;
  await keepShape(world, shape);
  const adopted = await untilAnswered(log, () => adopt(world));
  const comments = commentChannel(world.board, { overviews: world.model.municipality.reports?.page ?? null });
  const sent = (entry: SentReport) => {
    metrics.reminded(entry.by);
    log.info(entry, "reminded");
  };
  const delivery = { ...world, comments, outside: channels, sent };
  const administrator = administratorOf(world.model, channels);
  const handlers: Handlers = {
    ...handlersFor(world, producer),
    ...remindingHandlers(delivery, producer),
    ...tellingHandlers({ ...world, administrator }),
  };
  const redis = await openWorkersRedis(connection);
  const workers = startWorkers(redis, prefixOf(redis), handlers, producer, {
    onFailure(failure) {
      metrics.failed(failure);
      logFailure(log, failure);
    },
    onTried: (tried) => metrics.tried(tried),
    telemetry: openTraces(),
  });
  const unwatch = await untilAnswered(log, () => watchClock(clock, () => lookAtAll(producer)));
  await beginLooking(producer, world.model, adopted);
  if (administrator) await beginTelling(producer, world.model);
  return {
    isRunning: workers.isRunning,
    close(deadlineMs) {
      unwatch();
      return workers.close(deadlineMs);
    },
  };
}

function logFailure(log: Logger, { error, ...failure }: Failure): void {
  log[failure.isLast ? "error" : "warn"](
    { ...failure, err: error },
    failure.isLast ? "a job gave up; it is kept in the failed set" : "a job failed and is tried again",
  );
}

/**
 * At the start everything is looked at once: what has just been taken over, as it was found; else what has happened while
 * the service was down, judged by the same rules. From then on every few minutes what is new, every night everything.
 */
async function beginLooking(producer: Producer, { rules }: Model, adopted: readonly CardId[] | null): Promise<void> {
  for (const card of adopted ?? []) await producer.add("sync", { card }, { urgency: "background" });
  // The tracker may hold ideas that wait for a card.
  if (adopted === null) await producer.add("reconcile", { full: true });
  else await producer.add("tasks", { full: true }, { urgency: "background" });
  await producer.recur("reconcile", { full: false }, { everyMs: RECONCILE_EVERY_MS });
  await producer.recur("reconcile", { full: true }, { cron: FULL_RECONCILE_AT, timeZone: rules.timeZone });
  // A round that was missed today is held now; one that was held finds nothing to do.
  await producer.add("round", {});
  await producer.recur("round", {}, { cron: cronAt(rules.reminders.sendAt), timeZone: rules.timeZone });
}

/** What a process that was killed has not told is told by the next; what no try could send is tried again the next day. */
async function beginTelling(producer: Producer, { rules }: Model): Promise<void> {
  await producer.add("notice", {});
  await producer.recur("notice", {}, { cron: cronAt(rules.reminders.sendAt), timeZone: rules.timeZone });
}

/** Everything that waits for a time looks again when the clock is moved, as it does at night when time has passed by itself. */
async function lookAtAll(producer: Producer): Promise<void> {
  await producer.add("reconcile", { full: true });
  await producer.add("round", {});
}

/** Monday to Friday at a time such as 08:30; which of these days are working days, the round itself knows. */
function cronAt(time: string): string {
  const [hour, minute] = time.split(":").map(Number);
  return `${minute} ${hour} * * 1-5`;
}
