// SPDX-License-Identifier: EUPL-1.2
/**
 * Pages of cards that nobody has looked at yet, as a list has just shown them: their first look need not read them again.
 * Never of a card that is known: a list may be behind by what was accepted a moment ago, and would seem to take it back.
 */
import type { CardSeen } from "../core/card.ts";
import type { DecisionSeen } from "../core/decision.ts";
import type { RedisClient } from "../redis/client.ts";

/** Beyond this, in milliseconds, a page may have changed without anybody telling, and is read anew. */
const FRESH_MS = 15 * 60_000;

type Page = CardSeen | DecisionSeen;

export class Listed {
  readonly #redis: RedisClient;
  readonly #prefix: string;

  /** `prefix` is the ledger's. */
  constructor(redis: RedisClient, prefix: string) {
    this.#redis = redis;
    this.#prefix = prefix;
  }

  /** Keeps a page for the first look at its card. */
  async keep(page: Page): Promise<void> {
    await this.#redis.set(this.#key(page.id), JSON.stringify(page), "PX", FRESH_MS);
  }

  /** The page as it was listed; null when it was not, or when its card has been looked at since. */
  async page<Kind extends Page>(id: string): Promise<Kind | null> {
    const kept = await this.#redis.get(this.#key(id));
    return kept === null ? null : (JSON.parse(kept) as Kind);
  }

  /** To be done at the end of every look: what it read is newer than what was listed before. */
  async drop(ids: readonly string[]): Promise<void> {
    if (ids.length > 0) await this.#redis.del(...ids.map((id) => this.#key(id)));
  }

  #key(id: string): string {
    return `${this.#prefix}:listed:${id}`;
  }
}
