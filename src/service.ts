// SPDX-License-Identifier: EUPL-1.2
/** Opens what the service needs, starts its roles on it, and closes them in order. */
import { setTimeout as wait } from "node:timers/promises";
import { type ServerType, serve } from "@hono/node-server";
import type { Hono } from "hono";
import type { Redis } from "ioredis";
import type { Logger } from "pino";
import { clockOf, watchClock } from "./clock.ts";
import type { Settings } from "./config.ts";
import type { CardId } from "./core/card.ts";
import { Permanent, RetryLater } from "./core/errors.ts";
import { render } from "./core/messages.ts";
import { handlersFor } from "./jobs/handlers.ts";
import { openProducer, type Producer } from "./jobs/queues.ts";
import { backoffMs } from "./jobs/retry.ts";
import { type Failure, startWorkers, type Workers } from "./jobs/workers.ts";
import { Ledger } from "./ledger/ledger.ts";
import type { Model } from "./model/model.ts";
import { openDoorRedis, openWorkRedis } from "./redis/connect.ts";
import { type OpenRedis, openRedis } from "./redis/redis.ts";
import { openSides, PREFIX } from "./sides.ts";
import { adopt } from "./sync/adopt.ts";
import { followBoard, keepShape, type NoticeTold } from "./sync/watch-board.ts";
import { createGithubInbound } from "./tracker/github/github.ts";
import { createApp, type Health } from "./web/app.ts";
import { boardIntake, trackerIntake } from "./web/intake.ts";

const RECONCILE_EVERY_MS = 5 * 60_000;
/** Every night, when nobody is at work. */
const FULL_RECONCILE_AT = "15 3 * * *";
/** How long work under way may take to end before the process leaves it to the next one. */
const SHUTDOWN_MS = 8_000;

export type Running = Readonly<{
  /** Where the door is; null for a worker alone. */
  url: string | null;
  close(): Promise<void>;
}>;

/** Opens and starts everything a role needs. Throws Permanent, saying what to do, when it can't be used as it is. */
export async function startService(settings: Settings, model: Model, log: Logger): Promise<Running> {
  const store = await openRedis({
    url: settings.redisUrl ?? undefined,
    dataDir: settings.dataDir,
    tell: (line) => log.info(line),
    onLost: (reason) => log.fatal({ err: reason }, "the embedded Redis ended by itself; Faseport stops"),
  });
  try {
    return await startOn(store, settings, model, log);
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function startOn(store: OpenRedis, settings: Settings, model: Model, log: Logger): Promise<Running> {
  const [doorRedis, workRedis] = await Promise.all([openDoorRedis(store.connection), openWorkRedis(store.connection)]);
  const ledger = new Ledger(workRedis, PREFIX);
  const producer = openProducer(doorRedis, PREFIX);
  const now = clockOf(settings.clock);

  const sides = await openSides({
    settings,
    model,
    redis: workRedis,
    ledger,
    onStop: (side, ms) =>
      log.warn({ side, ms }, "a remote side says that its budget is spent; nothing is asked of it for so long"),
    opening: (open) => untilAnswered(log, open),
  });
  const { notion, tracker } = sides;
  await sides.remember();

  const report = (entry: object) => log.info(entry, "judged");
  const notify = (told: NoticeTold) => logNotice(log, model, told);
  const world = { model, board: notion.board, tracker, ledger, now, report, notify };
  const isWorker = settings.role !== "web";
  if (isWorker) await keepShape(world, notion.shape);
  const adopted = isWorker ? await untilAnswered(log, () => adopt(world)) : null;
  const workers = isWorker
    ? startWorkers(store.connection, PREFIX, handlersFor(world, producer), producer, (failure) =>
        logFailure(log, failure),
      )
    : null;
  // Everything that waits for a time looks again when the clock is moved, as it does at night when time has passed by itself.
  const lookAtAll = () => producer.add("reconcile", { full: true });
  const unwatch = workers ? await untilAnswered(log, () => watchClock(settings.clock, lookAtAll)) : () => {};
  if (workers) await beginLooking(producer, model, adopted);

  let isClosing = false;
  const kept = new Ledger(doorRedis, PREFIX);
  const notTaken = (entry: object) => log.debug(entry, "not taken");
  const githubInbound = createGithubInbound({
    secret: settings.tracker.webhookSecret,
    self: () => tracker.self,
    repository: () => tracker.repositoryId,
  });
  const app = createApp({
    board: boardIntake(notion.inbound(settings.board.webhookSecret), kept, producer, notTaken, () =>
      followBoard({ board: notion.board, ledger: kept }),
    ),
    tracker: trackerIntake(githubInbound, { model, ledger: kept, producer, report: notTaken }),
    health: () => health(doorRedis, workers, isClosing),
    explaining: { model, ledger: kept, now },
    adminToken: settings.web.adminToken,
    report: (entry) => log.warn(entry, "refused at the door"),
  });
  const server = settings.role === "worker" ? null : await listen(app, settings.web);
  const url = server && addressOf(server);
  log.info({ url, role: settings.role, redis: store.where }, "Faseport is running");
  return {
    url,
    async close() {
      isClosing = true;
      unwatch();
      if (server) await closeServer(server);
      sides.close();
      await workers?.close(SHUTDOWN_MS);
      await producer.close();
      doorRedis.disconnect();
      workRedis.disconnect();
      await store.close();
    },
  };
}

/** The administrator's own line, in the words of the texts. It names no card by its title and quotes nothing. */
function logNotice(log: Logger, model: Model, { notice, is, cause }: NoticeTold): void {
  const { id, topic, said, holds } = notice;
  const about = { notice: id, topic, message: said.id, ...(cause && { err: cause }) };
  if (is === "over") log.info(about, `no longer so: ${render(model, said)}`);
  else log[holds || topic === "phases" ? "error" : "warn"](about, render(model, said));
}

function logFailure(log: Logger, { error, ...failure }: Failure): void {
  log[failure.isLast ? "error" : "warn"](
    { ...failure, err: error },
    failure.isLast ? "a job gave up; it is kept in the failed set" : "a job failed and is tried again",
  );
}

/** A remote side that is away at the start is waited for; one that refuses us is an error to act on. */
async function untilAnswered<Opened>(log: Logger, open: () => Promise<Opened>): Promise<Opened> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await open();
    } catch (error) {
      if (!(error instanceof RetryLater)) throw error;
      const ms = backoffMs(attempt, error);
      log.warn({ err: error, againInMs: ms }, "a remote side does not answer yet; Faseport waits for it");
      await wait(ms);
    }
  }
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
}

async function health(redis: Redis, workers: Workers | null, isClosing: boolean): Promise<Health> {
  const ping = await redis.ping().catch(() => "away");
  const checks = {
    process: isClosing ? "closing" : "ok",
    redis: ping === "PONG" ? "ok" : "away",
    ...(workers && { workers: workers.isRunning() ? "ok" : "stopped" }),
  };
  return { ready: Object.values(checks).every((check) => check === "ok"), checks };
}

function listen(app: Hono, { host, port }: Settings["web"]): Promise<ServerType> {
  const { promise, resolve, reject } = Promise.withResolvers<ServerType>();
  const server = serve({ fetch: app.fetch, hostname: host, port }, () => resolve(server));
  server.once("error", (cause) =>
    reject(new Permanent(`cannot listen on ${host}:${port}; set PORT or HOST to a free one`, { cause })),
  );
  return promise;
}

function addressOf(server: ServerType): string {
  const address = server.address();
  if (address === null || typeof address === "string") return String(address);
  const host = address.address === "0.0.0.0" || address.address === "::" ? "localhost" : address.address;
  return `http://${host}:${address.port}`;
}

async function closeServer(server: ServerType): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.close(() => resolve());
  if ("closeIdleConnections" in server) server.closeIdleConnections();
  await promise;
}
