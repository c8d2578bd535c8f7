// SPDX-License-Identifier: EUPL-1.2
/** A budget that every process spends from, kept in Redis. Interactive requests go before background ones. */
import { setTimeout as pause } from "node:timers/promises";
import { RetryLater, type Side } from "../core/errors.ts";
import type { RedisClient } from "../redis/client.ts";
import { isUnreachable } from "../redis/unreachable.ts";
import type { Budget, Need, Window } from "./budget.ts";
import { PARTS, type Scripted, withScripts } from "./script.ts";
import { type Urgency, urgencyNow } from "./urgency.ts";

export type BudgetOptions = Readonly<{
  /** Keeps several services apart in one Redis. */
  prefix?: string;
  /** Whose budget it is. */
  side: Exclude<Side, "ledger">;
  windows: readonly Window[];
  /** Longest wait, in milliseconds, that a request sits through; beyond it the work is put off. */
  patienceMs: number;
  /** Told once per stop: the remote side says that its budget is spent, and nobody sends anything for so long. */
  onStop?: (ms: number) => void;
}>;

/** What may still be asked within a window. */
export type Left = Readonly<{ window: string; limit: number; left: number }>;

/** What the budget says to one request: sent (0), or so many milliseconds to wait, and for which window. */
export type Answer = Readonly<{ waitMs: number; window: string }>;

/** A Redis that is away is no failure of the request that wanted to be sent: its work is put off. */
async function answered<Answer>(answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer;
  } catch (cause) {
    throw isUnreachable(cause) ? new RetryLater("Redis, which keeps the budget, cannot be reached", { cause }) : cause;
  }
}

export class SharedBudget implements Budget {
  readonly #redis: Scripted;
  readonly #options: BudgetOptions;
  readonly #closing = new AbortController();

  constructor(redis: RedisClient, options: BudgetOptions) {
    this.#redis = withScripts(redis);
    this.#options = options;
  }

  async spend(need: Need): Promise<void> {
    const { side, patienceMs } = this.#options;
    for (let left = patienceMs; ; ) {
      const { waitMs, window } = await this.take(need, urgencyNow());
      if (waitMs === 0) return;
      if (waitMs > left) {
        throw new RetryLater(`the budget of ${window} is spent`, { afterMs: waitMs, limited: side });
      }
      left -= waitMs;
      await this.#wait(waitMs, window);
    }
  }

  async stop(ms: number): Promise<void> {
    const isNews = await answered(this.#redis.faseportStop(this.#key("stop"), "", String(ms)));
    if (isNews === 1) this.#options.onStop?.(ms);
  }

  /**
   * Asks once, without waiting. `now` (milliseconds) stands for Redis's clock, for a test that moves time itself.
   */
  async take(need: Need, urgency: Urgency, now?: number): Promise<Answer> {
    const { windows, patienceMs, side } = this.#options;
    const keys = [this.#key("stop"), this.#key("promise"), ...windows.map(({ name }) => this.#key(name))];
    const asked = windows.flatMap(({ name, limit, ms }) => [limit, ms, need[name] ?? 0].map(String));
    const [waitMs, number] = await answered(
      this.#redis.faseportSpend(
        keys.length,
        ...keys,
        now === undefined ? "" : String(now),
        urgency,
        String(patienceMs),
        ...asked,
      ),
    );
    return { waitMs, window: `${side} ${windows[number - 1]?.name ?? "requests, as it says itself,"}` };
  }

  /** What is left of every window now: read through a connection of the asker's, and nothing taken. */
  async left(redis: RedisClient): Promise<readonly Left[]> {
    const { windows } = this.#options;
    const [[seconds = 0, micros = 0], stopped, ...counts] = await Promise.all([
      redis.time(),
      redis.get(this.#key("stop")),
      ...windows.map(({ name }) => redis.hgetall(this.#key(name))),
    ]);
    const now = seconds * 1_000 + micros / 1_000;
    return windows.map(({ name, limit, ms }, index) => {
      const oldest = Math.floor(now / (ms / PARTS)) - PARTS;
      const parts = Object.entries(counts[index] ?? {}).filter(([part]) => Number(part) >= oldest);
      const taken = parts.reduce((sum, [, count]) => sum + Number(count), 0);
      return { window: name, limit, left: Number(stopped ?? 0) > now ? 0 : Math.max(0, limit - taken) };
    });
  }

  /** Ends every wait: what waits is put off, to be done by whoever comes next. */
  close(): void {
    this.#closing.abort();
  }

  async #wait(ms: number, window: string): Promise<void> {
    const { signal } = this.#closing;
    await pause(ms, undefined, { signal }).catch((cause: unknown) => {
      throw new RetryLater(`closing, while waiting for the budget of ${window}`, { cause });
    });
  }

  #key(name: string): string {
    const { prefix = "faseport", side } = this.#options;
    return `${prefix}:rate:${side}:${name}`;
  }
}
