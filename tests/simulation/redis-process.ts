// SPDX-License-Identifier: EUPL-1.2
/**
 * A Redis to be killed. A killed process has handed everything to the kernel; when the machine itself fails, what was not
 * yet on the disk (`appendfsync everysec`: about the last second) is gone. `kill` can take that second away.
 */
import { readdir, stat, truncate } from "node:fs/promises";
import { join } from "node:path";
import { setInterval } from "node:timers";
import { askInfo } from "../../src/redis/info.ts";
import { type OpenRedis, openRedis, type RedisConnection } from "../../src/redis/redis.ts";
import { openCluster, openSentinels } from "../redis-fleet.ts";

export interface RedisProcess {
  /** As REDIS_URL. */
  readonly url: string;
  readonly connection: RedisConnection;
  /** SIGKILL, and up again. `lostMs`: what was written in so many milliseconds before is lost as well. */
  kill(lostMs: number): Promise<void>;
  close(): Promise<void>;
}

type Mark = Readonly<{ at: number; file: string; size: number }>;
const MARK_EVERY_MS = 100;

/** `keepMarks`: it is to be killed with a loss, so how long the file was when must be known. */
export async function openRedisProcess(dataDir: string, keepMarks: boolean): Promise<RedisProcess> {
  const start = (): Promise<OpenRedis> => openRedis({ dataDir, tell: () => {} });
  let redis = await start();
  const connection = redis.connection as { path: string };
  let marks: Mark[] = [];
  const marking = setInterval(() => {
    if (!keepMarks) return;
    void markOf(dataDir).then((mark) => {
      marks = [...marks.slice(-100), mark];
    }, ignored);
  }, MARK_EVERY_MS);
  return {
    url: `unix://${connection.path}`,
    connection,
    async kill(lostMs) {
      const { process_id: pid } = await askInfo(connection, 2_000);
      process.kill(Number(pid), "SIGKILL");
      await redis.close();
      if (lostMs > 0) await cutBack(marks, await markOf(dataDir), Date.now() - lostMs);
      redis = await start();
    },
    async close() {
      clearInterval(marking);
      await redis.close();
    },
  };
}

/** Several servers, of which another becomes the primary each time: the first is killed, hands over, or hangs, in turn. */
export async function openRedisFleet(kind: "sentinels" | "cluster"): Promise<RedisProcess> {
  const fleet = await (kind === "sentinels" ? openSentinels() : openCluster());
  const ways = ["killed", "hands over", "hangs"] as const;
  let times = 0;
  return {
    url: fleet.url,
    connection: fleet.connection,
    async kill() {
      const former = await fleet.primary();
      const way = ways[times++ % ways.length];
      if (way === "killed") await former.kill();
      else if (way === "hangs") former.freeze();
      else await fleet.handOver();
      await fleet.replaced(former);
      if (way === "killed") await former.start();
      former.thaw();
      await fleet.whole();
    },
    close: () => fleet.close(),
  };
}

const ignored = () => {};

/** How long the append-only file is now. Redis begins a new one when it rewrites; only the newest grows. */
async function markOf(dataDir: string): Promise<Mark> {
  const folder = join(dataDir, "appendonlydir");
  const files = (await readdir(folder)).filter((name) => name.endsWith(".incr.aof"));
  const newest = files.sort((a, b) => Number(b.split(".")[2]) - Number(a.split(".")[2]))[0] ?? "";
  const file = join(folder, newest);
  return { at: Date.now(), file, size: (await stat(file)).size };
}

/** Cuts the file back to what it was then. A command cut in half is dropped by Redis itself when it starts. */
async function cutBack(marks: readonly Mark[], now: Mark, until: number): Promise<void> {
  const then = marks.findLast(({ at, file }) => at <= until && file === now.file);
  if (then && then.size < now.size) await truncate(now.file, then.size);
}
