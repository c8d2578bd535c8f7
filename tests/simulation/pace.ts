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
/**
 * People wait until they see what became of the card, but not while the service goes on with others and leaves this one:
 * the work at it may have been broken off. How fast that is is up to the machine, so it is counted in calls, not in time.
 */
const PATIENCE_MS = 6_000;
/** No service needs longer to come back. */
const LONGEST_MS = 120_000;

/** `calls`: how many calls the service has made so far. `patience`: in how many of them every card should have had its turn. */
export function pace(
  { queues }: Producer,
  { heardAfterMs, calls, patience }: Readonly<{ heardAfterMs: number; calls: () => number; patience: number }>,
): Pace {
  type Waiting = Readonly<{ card: string; since: number; calls: number; resolve: () => void }>;
  const waiting = new Set<Waiting>();
  const isTooLong = ({ since, calls: then }: Waiting, now: number) =>
    now > since + LONGEST_MS || (now > since + PATIENCE_MS && calls() > then + patience);
  let isOver = false;
  const look = async () => {
    while (!isOver) {
      await pause(LOOK_EVERY_MS);
      if (waiting.size === 0) continue;
      const jobs = await queues.sync.getJobs(["active", "waiting", "prioritized", "delayed"]).catch(() => null);
      const busy = jobs && new Set(jobs.map((job) => (job?.data as { card?: string } | undefined)?.card));
      const now = Date.now();
      for (const it of waiting) {
        const isSeen = busy !== null && now > it.since + heardAfterMs && !busy.has(it.card);
        if (!isSeen && !isTooLong(it, now)) continue;
        waiting.delete(it);
        it.resolve();
      }
    }
  };
  void look();
  return {
    seen(card) {
      const { promise, resolve } = Promise.withResolvers<void>();
      waiting.add({ card, since: Date.now(), calls: calls(), resolve });
      return promise;
    },
    stop() {
      isOver = true;
      for (const { resolve } of waiting) resolve();
    },
  };
}
