// SPDX-License-Identifier: EUPL-1.2
/** What the doctor examines: the running service's ledger and queues, and the board as Notion shows it now. */
import type { Board, Shape } from "../../src/board/board.ts";
import { type OpenedNotion, openNotion } from "../../src/board/notion/notion.ts";
import { openBudgets } from "../../src/budgets.ts";
import { clockOf } from "../../src/clock.ts";
import { readSome } from "../../src/config.ts";
import { Permanent, RetryLater } from "../../src/core/errors.ts";
import { openProducer, type Producer } from "../../src/jobs/queues.ts";
import { Ledger } from "../../src/ledger/ledger.ts";
import { loadModel } from "../../src/model/load.ts";
import type { Model } from "../../src/model/model.ts";
import { withUrgency } from "../../src/rate/urgency.ts";
import { attachRedis } from "../../src/redis/attach.ts";
import { openDoorRedis } from "../../src/redis/connect.ts";
import { PREFIX } from "../../src/sides.ts";
import { rememberedShape } from "../../src/sync/watch-board.ts";

export type Patient = Readonly<{
  model: Model;
  ledger: Ledger;
  producer: Producer;
  now: () => Promise<Date>;
  /** Or why it cannot be examined, with what to do. */
  notion: Readonly<{ board: Board; shape: Shape }> | string;
}>;

const names = [
  "NOTION_TOKEN",
  "NOTION_API_URL",
  "NOTION_PROJECTS",
  "NOTION_DECISIONS",
  "REDIS_URL",
  "FASEPORT_DATA",
  "FASEPORT_MODEL",
  "FASEPORT_KOMMUNE",
  "FASEPORT_CLOCK",
] as const;

/** Opens everything, hands it over, and closes what it opened. May run beside the service. */
export async function examine<Result>(look: (patient: Patient) => Promise<Result>): Promise<Result> {
  const settings = readSome(names);
  const model = loadModel({ rulesPath: settings.FASEPORT_MODEL, municipalityPath: settings.FASEPORT_KOMMUNE });
  const store = await attachRedis({ url: settings.REDIS_URL ?? undefined, dataDir: settings.FASEPORT_DATA });
  try {
    const redis = await openDoorRedis(store.connection);
    const ledger = new Ledger(redis, PREFIX);
    const producer = openProducer(redis, PREFIX);
    const { board: budget } = openBudgets(redis, PREFIX, model, () => {});
    try {
      const { NOTION_TOKEN: token, NOTION_API_URL: apiUrl, ...ids } = settings;
      const sources = { projects: ids.NOTION_PROJECTS, decisions: ids.NOTION_DECISIONS };
      const notion = await orWhyNot(async () =>
        openNotion({ token, apiUrl, ...sources, model, budget, remembered: await rememberedShape(ledger) }),
      );
      const patient = { model, ledger, producer, now: clockOf(settings.FASEPORT_CLOCK), notion };
      return await withUrgency("background", () => look(patient));
    } finally {
      await producer.close();
      redis.disconnect();
    }
  } finally {
    await store.close();
  }
}

async function orWhyNot(open: () => Promise<OpenedNotion>): Promise<OpenedNotion | string> {
  try {
    return await open();
  } catch (error) {
    if (error instanceof Permanent || error instanceof RetryLater) return error.message;
    throw error;
  }
}
