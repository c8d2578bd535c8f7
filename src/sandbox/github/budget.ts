// SPDX-License-Identifier: EUPL-1.2
/** The two budgets of a caller: so many requests an hour, and, when switched on, so many in any minute. */
import type { SandboxClock } from "../world.ts";
import { primaryLimit, secondaryLimit } from "./replies.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

export type Budget = ReturnType<typeof createBudget>;

export function createBudget(clock: SandboxClock, hourly: number) {
  let perMinute: number | null = null;
  let lastMinute: number[] = [];
  let windowEnds = 0;
  let used = 0;

  function roll(now: number): void {
    lastMinute = lastMinute.filter((at) => at > now - MINUTE_MS);
    if (now < windowEnds) return;
    windowEnds = now + HOUR_MS;
    used = 0;
  }

  return {
    limit(count: number | null): void {
      perMinute = count;
    },
    /** Throws the answer of a spent budget. A refused request still counts toward the minute on GitHub; here it does not. */
    check(login: string): void {
      const now = clock.now().getTime();
      roll(now);
      const oldest = lastMinute[0];
      if (perMinute !== null && lastMinute.length >= perMinute) {
        throw secondaryLimit(429, Math.max(1, Math.ceil(((oldest ?? now) + MINUTE_MS - now) / 1000)));
      }
      if (used >= hourly) throw primaryLimit(login);
    },
    spend(): void {
      const now = clock.now().getTime();
      roll(now);
      lastMinute.push(now);
      used += 1;
    },
    /** The core resource as GET /rate_limit shows it; `reset` in seconds. */
    shown() {
      roll(clock.now().getTime());
      return { limit: hourly, used, remaining: Math.max(0, hourly - used), reset: Math.ceil(windowEnds / 1000) };
    },
  };
}
