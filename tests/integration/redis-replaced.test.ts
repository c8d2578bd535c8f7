// SPDX-License-Identifier: EUPL-1.2
/** A server that is no primary any more, or is cut off from its replicas, is left: the next connection finds the present one. */
import { once } from "node:events";
import { Redis } from "ioredis";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { RedisClient } from "../../src/redis/client.ts";
import { openWorkRedis } from "../../src/redis/connect.ts";
import { isUnreachable } from "../../src/redis/unreachable.ts";
import { startRedis, type TestRedis } from "../redis-server.ts";

let store: TestRedis;
let redis: RedisClient;
let administrator: Redis;
beforeEach(async () => {
  store = await startRedis();
  redis = await openWorkRedis(store.connection);
  administrator = new Redis(store.connection);
});
afterEach(async () => {
  redis.disconnect();
  administrator.disconnect();
  await store.close();
});

const writes = {
  "a command": () => redis.set("kept", "yes"),
  "a script": () => redis.eval("return redis.call('SET', KEYS[1], 'yes')", 1, "kept"),
};

it.each(Object.entries(writes))(
  "%s that a replica refuses is asked again on a new connection",
  async (_name, write) => {
    await administrator.replicaof("127.0.0.1", "1");
    const left = once(redis, "reconnecting").then(() => administrator.replicaof("NO", "ONE"));
    await write();
    await left;
    expect(await redis.get("kept")).toBe("yes");
  },
);

it.each(Object.entries(writes))(
  "%s that would be kept by nobody else is not done; the server is left",
  async (_name, write) => {
    await administrator.config("SET", "min-replicas-to-write", "1");
    const left = once(redis, "reconnecting");
    expect(isUnreachable(await Promise.resolve(write()).catch((error: unknown) => error))).toBe(true);
    await left;
    await administrator.config("SET", "min-replicas-to-write", "0");
    expect(await redis.get("kept")).toBe(null);
  },
);
