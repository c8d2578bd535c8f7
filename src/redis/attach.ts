// SPDX-License-Identifier: EUPL-1.2
/** The service's Redis for a script that reads beside it: the one that runs, or for as long as it takes one of its own. */
import { access, realpath } from "node:fs/promises";
import { join, resolve } from "node:path";
import { Permanent } from "../core/errors.ts";
import { askInfo } from "./info.ts";
import { type OpenRedis, openRedis, type RedisWish } from "./redis.ts";
import { socketFor } from "./socket.ts";

const ANSWER_MS = 2000;

/**
 * Opens the Redis that the service uses. The embedded one is the running service's where it answers, and `close` leaves
 * that alone; otherwise it is started on the same data and ended by `close`. Never makes a data folder: an empty ledger
 * would be read as one that knows nothing. Throws Permanent for whatever a person has to mend.
 */
export async function attachRedis(wish: RedisWish): Promise<OpenRedis> {
  if (wish.url !== undefined) return openRedis(wish);
  const dir = await existing(wish.dataDir);
  const connection = { path: await socketFor(dir) };
  const runs = await askInfo(connection, ANSWER_MS).catch(() => null);
  if (!runs) return openRedis(wish);
  return { connection, where: `the running embedded Redis in ${dir}`, close: async () => {} };
}

async function existing(dataDir: string): Promise<string> {
  const dir = resolve(dataDir);
  try {
    // Whoever has ever served this folder left its number here.
    await access(join(dir, "redis.pid"));
    return await realpath(dir);
  } catch (cause) {
    throw new Permanent(
      `there is no data in ${dir}: set FASEPORT_DATA to the folder that the service uses, or REDIS_URL to its Redis`,
      { cause },
    );
  }
}
