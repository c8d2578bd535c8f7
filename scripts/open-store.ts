// SPDX-License-Identifier: EUPL-1.2
/** The service's Redis for a command that may also come before the service's first start, or after its data is lost. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Settings } from "../src/config.ts";
import { Permanent } from "../src/core/errors.ts";
import { attachRedis } from "../src/redis/attach.ts";
import { type OpenRedis, openRedis } from "../src/redis/redis.ts";

/** What to do where there is no data yet: refuse, work on an empty one that leaves nothing behind, or begin a new one. */
export type WithoutData = "refuse" | "pretend" | "begin";

/** The running service's Redis, or its data. Throws Permanent for whatever a person has to mend. */
export async function openStore(
  { redisUrl, dataDir }: Pick<Settings, "redisUrl" | "dataDir">,
  otherwise: WithoutData,
  say: (line: string) => void,
): Promise<OpenRedis> {
  try {
    return await attachRedis({ url: redisUrl ?? undefined, dataDir });
  } catch (error) {
    if (otherwise === "refuse" || redisUrl !== null || !(error instanceof Permanent)) throw error;
    if (otherwise === "begin") return openRedis({ dataDir, tell: say });
    say(`${error.message}. Until then: this is what would happen on an empty one.`);
    const folder = await mkdtemp(join(tmpdir(), "faseport-dry-run-"));
    const store = await openRedis({ dataDir: folder, durable: false, tell: () => {} });
    const close = () => store.close().then(() => rm(folder, { recursive: true, force: true }));
    return { ...store, close };
  }
}
