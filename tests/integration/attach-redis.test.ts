// SPDX-License-Identifier: EUPL-1.2
/** A script that reads beside the service: the running Redis is used and left alone, a stopped one is started and ended. */
import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, onTestFinished } from "vitest";
import { attachRedis } from "../../src/redis/attach.ts";
import { clientOf } from "../../src/redis/connect.ts";
import { askInfo } from "../../src/redis/info.ts";
import { openRedis, type RedisConnection } from "../../src/redis/redis.ts";

let dataDir: string;
beforeEach(async () => {
  dataDir = join(await mkdtemp(join(tmpdir(), "faseport-attach-")), "data");
});
afterEach(() => rm(join(dataDir, ".."), { recursive: true, force: true }));

const wish = () => ({ dataDir, tell: () => {} });

async function valueIn(connection: RedisConnection): Promise<string | null> {
  const client = clientOf(connection, {});
  try {
    return await client.get("kept");
  } finally {
    client.disconnect();
  }
}

async function service() {
  const redis = await openRedis(wish());
  onTestFinished(() => redis.close());
  const client = clientOf(redis.connection, {});
  await client.set("kept", "by the service");
  client.disconnect();
  return redis;
}

it("reads beside a running service, and leaves its Redis running", async () => {
  const running = await service();
  const attached = await attachRedis(wish());
  expect(await valueIn(attached.connection)).toBe("by the service");
  await attached.close();
  expect(await valueIn(running.connection)).toBe("by the service");
});

it("starts the Redis of a stopped service, and ends it", async () => {
  await (await service()).close();
  const attached = await attachRedis(wish());
  expect(await valueIn(attached.connection)).toBe("by the service");
  await attached.close();
  await expect(askInfo(attached.connection, 1000)).rejects.toThrow();
});

it("uses the Redis at an address as the service does", async () => {
  const { path } = (await service()).connection as { path: string };
  const attached = await attachRedis({ ...wish(), url: `unix://${path}` });
  expect(await valueIn(attached.connection)).toBe("by the service");
});

it("says what to set where no service has ever kept its data, and puts nothing there", async () => {
  await expect(attachRedis(wish())).rejects.toThrow(/FASEPORT_DATA.*REDIS_URL/u);
  await mkdir(dataDir);
  await expect(attachRedis(wish())).rejects.toThrow(/there is no data in/u);
  expect(await readdir(dataDir)).toEqual([]);
});
