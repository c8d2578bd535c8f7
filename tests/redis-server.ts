// SPDX-License-Identifier: EUPL-1.2
/** A private Redis for one test file: its own folder and socket, in memory only, gone when closed. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type OpenRedis, openRedis, type ServerConnection } from "../src/redis/redis.ts";

export type TestRedis = Pick<OpenRedis, "close"> & Readonly<{ connection: ServerConnection }>;

/** Starts it; `connection` goes to ioredis or BullMQ as it stands. Call `close` in `afterAll`. */
export async function startRedis(): Promise<TestRedis> {
  const dataDir = await mkdtemp(join(tmpdir(), "faseport-test-"));
  const redis = await openRedis({ dataDir, durable: false, tell: () => {} });
  const close = async () => {
    await redis.close();
    await rm(dataDir, { recursive: true, force: true });
  };
  return { connection: redis.connection as ServerConnection, close };
}
