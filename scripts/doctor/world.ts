// SPDX-License-Identifier: EUPL-1.2
/** What the doctor examines: both sides as they are now, the Redis, and what the service remembers in it. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Board, Shape } from "../../src/board/board.ts";
import { administerNotion, type NotionAdministration } from "../../src/board/notion/administration.ts";
import { openNotion } from "../../src/board/notion/notion.ts";
import { type Environment, parseSettings, type Settings } from "../../src/config.ts";
import type { CardSeen } from "../../src/core/card.ts";
import { Permanent, RetryLater } from "../../src/core/errors.ts";
import { openProducer, type Producer } from "../../src/jobs/queues.ts";
import { Ledger } from "../../src/ledger/ledger.ts";
import { loadModel } from "../../src/model/load.ts";
import type { Model } from "../../src/model/model.ts";
import { withUrgency } from "../../src/rate/urgency.ts";
import { attachRedis } from "../../src/redis/attach.ts";
import { prefixOf, type RedisClient } from "../../src/redis/client.ts";
import { openDoorRedis } from "../../src/redis/connect.ts";
import type { OpenRedis } from "../../src/redis/redis.ts";
import { openBudgets } from "../../src/service/budgets.ts";
import { clockOf } from "../../src/service/clock.ts";
import { rememberedShape } from "../../src/sync/watch-board.ts";
import { administerGithub, type GithubAdministration } from "../../src/tracker/github/administration.ts";

/** What the service keeps in Redis. */
export type Memory = Readonly<{ ledger: Ledger; producer: Producer; connection: OpenRedis["connection"] }>;

/** A part as it is, or why it cannot be examined, with what to do. */
type OrWhyNot<Part> = Part | string;

export type Patient = Readonly<{
  settings: Settings;
  model: Model;
  now: () => Promise<Date>;
  /** null: the service has not been started here yet, so there is nothing to remember. */
  memory: OrWhyNot<Memory> | null;
  board: OrWhyNot<Readonly<{ board: Board; shape: Shape }>>;
  /** Every card of the board, read once; none when it cannot be examined. */
  cards: () => Promise<readonly CardSeen[]>;
  notion: NotionAdministration;
  github: OrWhyNot<GithubAdministration>;
}>;

/**
 * Opens everything, hands it over, and closes what it opened. May run beside the service. Throws SettingsError and
 * ModelError: without settings and rules there is nothing to examine with.
 */
export async function examine<Result>(
  environment: Environment,
  look: (patient: Patient) => Promise<Result>,
): Promise<Result> {
  const settings = parseSettings(environment);
  const model = loadModel({ rulesPath: settings.modelPath, municipalityPath: settings.municipalityPath });
  const store = await openStore(settings);
  if (store === null || typeof store === "string")
    return look(await patientOf({ settings, model, redis: null, memory: store }));
  try {
    const redis = await openDoorRedis(store.connection);
    const ledger = new Ledger(redis);
    const producer = openProducer(redis, prefixOf(redis));
    try {
      const memory = { ledger, producer, connection: store.connection };
      const patient = await patientOf({ settings, model, redis, memory });
      return await withUrgency("background", () => look(patient));
    } finally {
      await producer.close();
      redis.disconnect();
    }
  } finally {
    await store.close();
  }
}

async function openStore({ redisUrl, dataDir }: Settings): Promise<OrWhyNot<OpenRedis> | null> {
  if (redisUrl === null && !existsSync(join(dataDir, "redis.pid"))) return null;
  return orWhyNot(() => attachRedis({ url: redisUrl ?? undefined, dataDir, tell: () => {} }));
}

type Parts = Pick<Patient, "settings" | "model" | "memory"> & Readonly<{ redis: RedisClient | null }>;

async function patientOf({ settings, model, redis, memory }: Parts): Promise<Patient> {
  const budgets = redis && openBudgets(redis, prefixOf(redis), model, () => {});
  const onBoard = budgets && { budget: budgets.board };
  const onTracker = budgets && { budget: budgets.tracker };
  const board = await orWhyNot(async () =>
    openNotion({
      ...settings.board,
      ...onBoard,
      model,
      remembered: isThere(memory) ? await rememberedShape(memory.ledger) : null,
    }),
  );
  let listed: Promise<readonly CardSeen[]> | undefined;
  return {
    settings,
    model,
    memory,
    now: clockOf(settings.clock),
    board,
    cards: () => {
      listed ??= typeof board === "string" ? Promise.resolve([]) : allOf(board.board);
      return listed;
    },
    notion: administerNotion({ ...settings.board, ...onBoard }),
    github: await orWhyNot(() => administerGithub({ ...settings.tracker, ...onTracker })),
  };
}

async function allOf(board: Board): Promise<readonly CardSeen[]> {
  const cards: CardSeen[] = [];
  for await (const card of board.cards(null)) cards.push(card);
  return cards;
}

/** What a person or time has to mend is a finding; anything else is a bug. */
export async function orWhyNot<Part>(open: () => Promise<Part>): Promise<Part | string> {
  try {
    return await open();
  } catch (error) {
    if (error instanceof Permanent || error instanceof RetryLater) return error.message;
    throw error;
  }
}

/** Whether the service's memory is there to be looked at. */
export function isThere(memory: Patient["memory"]): memory is Memory {
  return memory !== null && typeof memory !== "string";
}
