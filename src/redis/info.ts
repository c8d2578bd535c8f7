// SPDX-License-Identifier: EUPL-1.2
/** One question to a Redis: its INFO. Tells whether it answers, what it is, and whether decisions are safe in it. */
import { prefixOf } from "./client.ts";
import { clientOf } from "./connect.ts";
import type { RedisConnection } from "./redis.ts";

export type RedisInfo = Readonly<Record<string, string>>;

/** Connects, asks INFO and disconnects, all within about `patienceMs` milliseconds. Throws what the connection said. */
export async function askInfo(connection: RedisConnection, patienceMs: number): Promise<RedisInfo> {
  const client = clientOf(connection, {
    connectTimeout: patienceMs,
    commandTimeout: patienceMs,
    enableReadyCheck: false,
    maxRetriesPerRequest: 0,
    comesBack: false,
  });
  let heard: Error | undefined;
  client.on("error", (error: Error) => {
    heard = error;
  });
  try {
    await client.connect();
    // By a key, so that of a cluster it is the node that is asked for ours.
    const info = client.isCluster
      ? client.eval("return redis.call('INFO')", 1, `${prefixOf(client)}:notes`)
      : client.info();
    return parseInfo(String(await info));
  } catch (error) {
    // connect() only says "Connection is closed."; why stands in the event.
    throw heard ?? error;
  } finally {
    client.disconnect();
  }
}

function parseInfo(text: string): RedisInfo {
  const pairs = text.split(/\r?\n/).filter((line) => line.includes(":") && !line.startsWith("#"));
  return Object.fromEntries(pairs.map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1)]));
}

/** The oldest Redis that everything here works on (Valkey began at 7.2). */
export const OLDEST = "6.2";

export function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > 6 || (major === 6 && minor >= 2);
}
