// SPDX-License-Identifier: EUPL-1.2
/** How the service took over its board: which cards were there before it, and what a lost memory was taken back from. */
import type { CardId } from "../core/card.ts";
import type { PhaseKey } from "../model/model.ts";
import type { RedisClient } from "../redis/client.ts";

/** A note among those that the ledger keeps beside the cards. */
const ADOPTED_AT = "adopted-at";

export class Adoption {
  readonly #redis: RedisClient;
  readonly #keys: Readonly<{ cards: string; notes: string; recalled: string }>;

  /** `prefix` is the ledger's. */
  constructor(redis: RedisClient, prefix: string) {
    this.#redis = redis;
    this.#keys = { cards: `${prefix}:adopted`, notes: `${prefix}:notes`, recalled: `${prefix}:recalled` };
  }

  /** Whether the service has taken over this board: from then on an unknown card is a new one. */
  async isDone(): Promise<boolean> {
    return (await this.#redis.hexists(this.#keys.notes, ADOPTED_AT)) === 1;
  }

  /** When the service took over this board, ISO; null: it has not yet. Its memory begins then. */
  async doneAt(): Promise<string | null> {
    const kept = await this.#redis.hget(this.#keys.notes, ADOPTED_AT);
    return kept === null ? null : (JSON.parse(kept) as string);
  }

  /** Puts down a card that was on the board before the service; `end` ends the taking over. */
  async add(card: CardId): Promise<void> {
    await this.#redis.sadd(this.#keys.cards, card);
  }

  async end(at: Date): Promise<void> {
    await this.#redis.hset(this.#keys.notes, ADOPTED_AT, JSON.stringify(at.toISOString()));
  }

  /** Whether the card was on the board when the service took it over. */
  async has(card: CardId): Promise<boolean> {
    return (await this.#redis.sismember(this.#keys.cards, card)) === 1;
  }

  /** Keeps the phase that a card's task was labelled with when the memory was taken back from board and tracker. */
  async recallPhase(card: CardId, phase: PhaseKey): Promise<void> {
    await this.#redis.hset(this.#keys.recalled, card, phase);
  }

  /** null: its task said nothing, or no memory was ever taken back. */
  async recalledPhase(card: CardId): Promise<PhaseKey | null> {
    return this.#redis.hget(this.#keys.recalled, card);
  }
}
