// SPDX-License-Identifier: EUPL-1.2
/** Opens what the service needs, starts its roles on it, and closes them in order. */
import { setTimeout as wait } from "node:timers/promises";
import type { Logger } from "pino";
import packageJson from "../../package.json" with { type: "json" };
import { type OutsideChannels, openChannels } from "../channels/open.ts";
import type { Settings } from "../config.ts";
import { loggedRules } from "../core/rule-words.ts";
import { openProducer } from "../jobs/queues.ts";
import { jobNames } from "../jobs/registry.ts";
import type { Workers } from "../jobs/workers.ts";
import { Ledger } from "../ledger/ledger.ts";
import { bringUpToDate, LEDGER_VERSION } from "../ledger/version.ts";
import type { Model } from "../model/model.ts";
import { prefixOf, type RedisClient } from "../redis/client.ts";
import { openDoorRedis, openWorkRedis } from "../redis/connect.ts";
import { type OpenRedis, openRedis } from "../redis/redis.ts";
import type { SyncReport, SyncWorld } from "../sync/world.ts";
import type { Called } from "../telemetry/counted-fetch.ts";
import { Metrics, type MetricsWish } from "../telemetry/metrics.ts";
import { openTraces } from "../telemetry/traces.ts";
import type { Health } from "../web/watch.ts";
import { clockOf } from "./clock.ts";
import { openDoor } from "./door.ts";
import { notifier } from "./notifying.ts";
import { openSides } from "./sides.ts";
import { readStanding } from "./standing.ts";
import { untilAnswered } from "./until-answered.ts";
import { startWorking } from "./working.ts";

/** How long work under way may take to end before the process leaves it to the next one. */
const SHUTDOWN_MS = 8_000;
/** How long a request under way may take to be answered when the door closes. */
const LAST_REQUEST_MS = 2_000;

export type Running = Readonly<{
  /** Where it listens; null for a worker alone that was given no port. */
  url: string | null;
  /**
   * Ends it: not ready any more, and no new work; for `drainMs` the door still takes what those send who have not noticed
   * yet; what is under way is finished, or left to another process.
   */
  close(drainMs?: number): Promise<void>;
}>;

/** Opens and starts everything a role needs. Throws Permanent, saying what to do, when it can't be used as it is. */
export async function startService(settings: Settings, model: Model, log: Logger): Promise<Running> {
  const channels = openChannels(settings.channels, model);
  const store = await openRedis({
    url: settings.redisUrl ?? undefined,
    dataDir: settings.dataDir,
    tell: (line) => log.info(line),
    onLost: (reason) => log.fatal({ err: reason }, "the embedded Redis ended by itself; Faseport stops"),
  });
  try {
    return await startOn(store, { settings, model, channels, log });
  } catch (error) {
    await store.close();
    throw error;
  }
}

type Start = Readonly<{ settings: Settings; model: Model; channels: OutsideChannels; log: Logger }>;

async function startOn(store: OpenRedis, { settings, model, channels, log }: Start): Promise<Running> {
  const [doorRedis, workRedis] = await Promise.all([openDoorRedis(store.connection), openWorkRedis(store.connection)]);
  const had = await bringUpToDate(workRedis, prefixOf(workRedis));
  if (had !== LEDGER_VERSION) log.info({ from: had, to: LEDGER_VERSION }, "the ledger was brought up to date");
  const ledger = new Ledger(workRedis);
  const producer = openProducer(doorRedis, prefixOf(doorRedis), openTraces());
  const now = clockOf(settings.clock);
  const kept = new Ledger(doorRedis);
  const metrics = openMetrics(settings, model, () => readStanding({ sides, redis: doorRedis, ledger: kept, producer }));

  const sides = await openSides({
    settings,
    model,
    redis: workRedis,
    ledger,
    onStop: (side, ms) =>
      log.warn({ side, ms }, "a remote side says that its budget is spent; nothing is asked of it for so long"),
    onCall(call) {
      metrics.call(call);
      log[isWrite(call) ? "info" : "debug"]({ ...call, ms: Math.round(call.ms) }, isWrite(call) ? "written" : "asked");
    },
    opening: (open) => untilAnswered(log, open),
  });
  const { notion, tracker } = sides;
  await sides.remember();

  const report = (entry: SyncReport) => {
    metrics.verdict(entry);
    log.info(entry, "judged");
  };
  const notify = notifier({ log, model, producer });
  const drifted: SyncWorld["drifted"] = (found) => metrics.drifted(found);
  const world = { model, board: notion.board, tracker, ledger, now, report, notify, drifted };
  const { clock, role } = settings;
  const work = { world, channels, shape: notion.shape, clock, connection: store.connection, producer, metrics, log };
  const workers = role === "web" ? null : await startWorking(work);
  let isClosing = false;
  const door = await openDoor({
    settings,
    model,
    sides,
    ledger: kept,
    producer,
    now,
    metrics,
    health: () => health(doorRedis, workers, isClosing),
    isClosing: () => isClosing,
    log,
  });
  const url = door?.url ?? null;
  log.info({ url, role, redis: store.where }, "Faseport is running");
  return {
    url,
    async close(drainMs = 0) {
      isClosing = true;
      sides.close();
      const closingDoor = wait(drainMs).then(() => door?.close(LAST_REQUEST_MS));
      const [outcome] = await Promise.all([workers?.close(SHUTDOWN_MS), door && closingDoor]);
      if (outcome === "late") log.warn("work under way did not end in time; another process does it again");
      await producer.close();
      doorRedis.disconnect();
      workRedis.disconnect();
      await store.close();
    },
  };
}

function openMetrics({ role }: Settings, { municipality }: Model, standing: MetricsWish["standing"]): Metrics {
  const chosen = Object.values(municipality.channels).filter((name) => name !== "off");
  const channels = ["comment", ...chosen];
  return new Metrics({ version: packageJson.version, role, jobs: jobNames, rules: loggedRules, channels, standing });
}

/** Notion's queries are asked with POST. */
function isWrite({ method, path }: Called): boolean {
  return method !== "GET" && !path.endsWith("/query");
}

async function health(redis: RedisClient, workers: Workers | null, isClosing: boolean): Promise<Health> {
  const ping = await redis.ping().catch(() => "away");
  const checks = {
    process: isClosing ? "closing" : "ok",
    redis: ping === "PONG" ? "ok" : "away",
    ...(workers && { workers: workers.isRunning() ? "ok" : "stopped" }),
  };
  return { ready: Object.values(checks).every((check) => check === "ok"), checks };
}
