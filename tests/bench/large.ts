// SPDX-License-Identifier: EUPL-1.2
/** How large a board the service carries: the calls of a full look, the memory of a process that looks, and the ledger's size. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Redis } from "ioredis";
import type { House } from "../integration/house.ts";

export type Carried = Readonly<{ peakMegabytes: number; ledgerBytesPerCard: number }>;

const script = join(import.meta.dirname, "../../scripts/reconcile.ts");

/** As in package.json: what a list leaves behind is collected early, so that a large board takes no more than a small one. */
const flags = ["--max-semi-space-size=4"];

/** Looks at everything in a process of its own, and at what Redis holds for each card. Linux only: reads /proc. */
export async function measureLarge({ environment }: House, cards: number): Promise<Carried> {
  const child = spawn(process.execPath, [...flags, script, "--full", "--dry-run", "--json"], {
    env: environment,
    stdio: "ignore",
  });
  let isOver = false;
  const ended = once(child, "exit").then(() => {
    isOver = true;
  });
  let peakKilobytes = 0;
  while (!isOver) {
    const status = await readFile(`/proc/${child.pid}/status`, "utf8").catch(() => "");
    peakKilobytes = Math.max(peakKilobytes, Number(/VmHWM:\s+(\d+)/u.exec(status)?.[1] ?? 0));
    await pause(20);
  }
  await ended;
  return { peakMegabytes: peakKilobytes / 1024, ledgerBytesPerCard: (await ledgerBytes(environment)) / cards };
}

/** Everything that is kept under the ledger's own names; the queues are not. */
async function ledgerBytes({ REDIS_URL = "" }: Readonly<Record<string, string>>): Promise<number> {
  const redis = new Redis({ path: REDIS_URL.replace("unix://", "") });
  let bytes = 0;
  const own = /^faseport:(card|hints|unknown-rows|requests|listed|phase)[^:]*:|^faseport:[a-z-]+$/u;
  for await (const keys of redis.scanStream({ match: "faseport:*", count: 1_000 })) {
    for (const key of (keys as string[]).filter((it) => own.test(it))) {
      bytes += Number(await redis.call("MEMORY", "USAGE", key, "SAMPLES", "0"));
    }
  }
  redis.disconnect();
  return bytes;
}
