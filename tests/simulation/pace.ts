// SPDX-License-Identifier: EUPL-1.2
/** The pace of people: some act again at once, others when they have seen what became of the card. Never by the machine's speed. */
import { setTimeout as pause } from "node:timers/promises";
import type { Producer } from "../../src/jobs/queues.ts";

export interface Pace {
  /** Resolves when no look at the card is waiting or under way, and what was done before has had time to be heard of. */
  seen(card: string): Promise<void>;
  stop(): void;
}

const LOOK_EVERY_MS = 100;
/** Nobody waits longer: the service may be down. */
const PATIENCE_MS = 6_000;

export function pace({ queues }: Producer, heardAfterMs: number): Pace {
  const waiting = new Set<{ card: string; from: number; until: number; resolve: () => void }>();
  let isOver = false;
  const look = async () => {
    while (!isOver) {
      await pause(LOOK_EVERY_MS);
      if (waiting.size === 0) continue;
      const jobs = await queues.sync.getJobs(["active", "waiting", "prioritized", "delayed"]).catch(() => null);
      const busy = jobs && new Set(jobs.map((job) => (job?.data as { card?: string } | undefined)?.card));
      const now = Date.now();
      for (const it of waiting) {
        const isSeen = busy !== null && now > it.from && !busy.has(it.card);
        if (!isSeen && now < it.until) continue;
        waiting.delete(it);
        it.resolve();
      }
    }
  };
  void look();
  return {
    seen(card) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const now = Date.now();
      waiting.add({ card, from: now + heardAfterMs, until: now + PATIENCE_MS, resolve });
      return promise;
    },
    stop() {
      isOver = true;
      for (const { resolve } of waiting) resolve();
    },
  };
}
