// SPDX-License-Identifier: EUPL-1.2
/** The port a process listens on: the whole door, or for a worker alone only what watches it. */
import type { Hono } from "hono";
import type { Logger } from "pino";
import type { Settings } from "../config.ts";
import type { Producer } from "../jobs/queues.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { Model } from "../model/model.ts";
import { followBoard } from "../sync/watch-board.ts";
import type { Metrics } from "../telemetry/metrics.ts";
import { createGithubInbound } from "../tracker/github/github.ts";
import { createApp } from "../web/app.ts";
import { listener } from "../web/heard.ts";
import { boardIntake, trackerIntake } from "../web/intake.ts";
import { type Health, watchRoutes } from "../web/watch.ts";
import { type Listening, listen } from "./listen.ts";
import { withAnyOf } from "./secrets.ts";
import type { Sides } from "./sides.ts";

/** `ledger` and `producer` are on a connection that fails at once, so that a sender is told to come again. */
export type DoorWish = Readonly<{
  settings: Settings;
  model: Model;
  sides: Sides;
  ledger: Ledger;
  producer: Producer;
  now: () => Promise<Date>;
  metrics: Metrics;
  health: () => Promise<Health>;
  /** Whether the process is ending: then no connection is kept for another request. */
  isClosing: () => boolean;
  log: Logger;
}>;

/** Opens the role's port; null for a worker that was given none. */
export async function openDoor(wish: DoorWish): Promise<Listening | null> {
  const { settings, health, metrics } = wish;
  const { host, port, workerPort, adminToken } = settings.web;
  if (settings.role !== "worker") return listen(doorOf(wish), { host, port, variable: "PORT" });
  if (workerPort === null) return null;
  return listen(watchRoutes({ health, metrics, adminToken }), {
    host,
    port: workerPort,
    variable: "FASEPORT_WORKER_PORT",
  });
}

function doorOf({ settings, model, sides, ledger, producer, now, metrics, health, isClosing, log }: DoorWish): Hono {
  const { notion, tracker } = sides;
  const notTaken = (entry: object) => log.debug(entry, "not taken");
  const hear = listener(ledger, now);
  const { board, tracker: hook } = settings;
  const inbound = withAnyOf(board.webhookSecret, (secret) => notion.inbound(secret));
  const githubInbound = withAnyOf(hook.webhookSecret, (secret) =>
    createGithubInbound({ secret, self: () => tracker.self, repository: () => tracker.repositoryId }),
  );
  return createApp({
    board: boardIntake(inbound, ledger, producer, notTaken, () => followBoard({ board: notion.board, ledger })),
    tracker: trackerIntake(githubInbound, { model, ledger, producer, report: notTaken }),
    health,
    isClosing,
    metrics,
    explaining: { model, ledger, now },
    queues: Object.values(producer.queues),
    adminToken: settings.web.adminToken,
    answered(entry) {
      metrics.event(entry);
      hear(entry);
      const { event, about, side, ms } = entry;
      if (event !== undefined) log.info({ events: [event], about, side, ms: Math.round(ms) }, "taken");
    },
    report: (entry) => log.warn(entry, "refused at the door"),
  });
}
