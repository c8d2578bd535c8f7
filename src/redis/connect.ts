// SPDX-License-Identifier: EUPL-1.2
/** Connections to the service's Redis: one that fails at once, for the door, and one that waits, for the work behind it. */
import { Redis } from "ioredis";
import type { RedisConnection } from "./redis.ts";

/** Fails a command at once while Redis is away, so that a sender is told to come again (503) instead of waiting. */
export async function openDoorRedis(connection: RedisConnection): Promise<Redis> {
  return connected(
    new Redis({
      ...connection,
      lazyConnect: true,
      enableOfflineQueue: false,
      maxRetriesPerRequest: 1,
    }),
  );
}

/** Waits for Redis to come back and then goes on. */
export async function openWorkRedis(connection: RedisConnection): Promise<Redis> {
  return connected(new Redis({ ...connection, lazyConnect: true }));
}

async function connected(redis: Redis): Promise<Redis> {
  // Every failed command rejects where it was asked for; without a listener the connection's own events would be printed too.
  redis.on("error", () => {});
  await redis.connect();
  return redis;
}
