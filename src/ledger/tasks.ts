// SPDX-License-Identifier: EUPL-1.2
/** Which task belongs to which card, and what developers have asked of the card there. */
import type { CardId } from "../core/card.ts";
import { RetryLater } from "../core/errors.ts";
import { noTask, type TaskLink } from "../core/task-link.ts";
import type { TaskRequest } from "../core/task-request.ts";
import type { RedisClient } from "../redis/client.ts";
import { type Scripted, withScripts } from "./scripts.ts";

export class Tasks {
  readonly #redis: Scripted;
  readonly #prefix: string;
  readonly #keys: Readonly<{ links: string; cards: string; intakes: string }>;

  /** `prefix` is the ledger's. */
  constructor(redis: RedisClient, prefix: string) {
    this.#redis = withScripts(redis);
    this.#prefix = prefix;
    this.#keys = { links: `${prefix}:tasks`, cards: `${prefix}:task-cards`, intakes: `${prefix}:intakes` };
  }

  /** The card's link to its task; `noTask` for a card that never had one. */
  async of(card: CardId): Promise<TaskLink> {
    const kept = await this.#redis.hget(this.#keys.links, card);
    return kept ? (JSON.parse(kept) as TaskLink) : noTask;
  }

  /**
   * Keeps a card's task, and the way back from the task's number and address to the card; gives the link as it is kept.
   * Throws RetryLater when another worker has kept it since this one was read (I8).
   */
  async keep(card: CardId, link: TaskLink): Promise<TaskLink> {
    const next: TaskLink = { ...link, revision: link.revision + 1 };
    const keys = [this.#keys.links, this.#keys.cards];
    const ways = next.ref ? [String(next.ref.number), next.ref.url] : [];
    const kept = await this.#redis.faseportTask(...keys, card, String(link.revision), JSON.stringify(next), ...ways);
    if (kept === 0) throw new RetryLater(`the task of card ${card} was taken over by another worker`);
    return next;
  }

  /** Throws RetryLater unless the link is still the one this worker kept: to be asked before a comment is written. */
  async mustHold(card: CardId, revision: number): Promise<void> {
    if ((await this.of(card)).revision !== revision)
      throw new RetryLater(`the task of card ${card} was taken over by another worker`);
  }

  /** How many cards have a task, or have had one. */
  async count(): Promise<number> {
    return this.#redis.hlen(this.#keys.links);
  }

  /** The card behind a task's number or address. */
  async cardOf(task: number | string): Promise<CardId | null> {
    return this.#redis.hget(this.#keys.cards, String(task));
  }

  /** Keeps what is asked of a card on its task until the card's next look. A later request of a kind takes the place of an earlier one. */
  async ask(card: CardId, request: TaskRequest): Promise<void> {
    await this.#redis.hset(this.#requests(card), request.kind, JSON.stringify(request));
  }

  /** What is asked of a card on its task. */
  async requests(card: CardId): Promise<readonly TaskRequest[]> {
    const kept = await this.#redis.hgetall(this.#requests(card));
    return Object.values(kept).map((json) => JSON.parse(json) as TaskRequest);
  }

  /** Drops requests that a look has answered; one that came since stays. */
  async answered(card: CardId, requests: readonly TaskRequest[]): Promise<void> {
    const key = this.#requests(card);
    for (const request of requests) await this.#redis.faseportAnswered(key, request.kind, JSON.stringify(request));
  }

  /** Puts down that a card is being made for a task (its id); gives since when, if that was put down before. */
  async beginIntake(task: number, at: Date): Promise<string | null> {
    const isFirst = await this.#redis.hsetnx(this.#keys.intakes, String(task), at.toISOString());
    return isFirst === 1 ? null : this.#redis.hget(this.#keys.intakes, String(task));
  }

  #requests(card: CardId): string {
    return `${this.#prefix}:requests:${card}`;
  }
}
