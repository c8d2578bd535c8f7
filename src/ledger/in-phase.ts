// SPDX-License-Identifier: EUPL-1.2
/** The cards that are being worked on in each phase, in the order in which they came. Kept by the ledger's commit, only read here. */
import type { CardId } from "../core/card.ts";
import type { PhaseKey } from "../model/model.ts";
import type { RedisClient } from "../redis/client.ts";

export class InPhase {
  readonly #redis: RedisClient;
  readonly #prefix: string;

  /** `prefix` is the ledger's. */
  constructor(redis: RedisClient, prefix: string) {
    this.#redis = redis;
    this.#prefix = prefix;
  }

  /** Where a phase's cards are kept. */
  key(phase: PhaseKey): string {
    return `${this.#prefix}:in-phase:${phase}`;
  }

  /** How many cards came to a phase before this one and are still being worked on there; null for a card that is not. */
  async placeOf(phase: PhaseKey, card: CardId): Promise<number | null> {
    return this.#redis.zrank(this.key(phase), card);
  }

  /** The card before which so many came to a phase; null when there are not so many. */
  async cardAt(phase: PhaseKey, place: number): Promise<CardId | null> {
    return (await this.#redis.zrange(this.key(phase), String(place), String(place)))[0] ?? null;
  }

  /** How many cards beside this one are being worked on in a phase. */
  async others(phase: PhaseKey, card: CardId): Promise<number> {
    const [count, own] = await Promise.all([
      this.#redis.zcard(this.key(phase)),
      this.#redis.zscore(this.key(phase), card),
    ]);
    return own === null ? count : count - 1;
  }
}
