// SPDX-License-Identifier: EUPL-1.2
/** What has been heard of pages and not been judged yet: the hints of events, and rows that a card does not know. */
import type { CardId, Hint, RowId } from "../core/card.ts";
import type { RedisClient } from "../redis/client.ts";
import { type Scripted, withScripts } from "./scripts.ts";

/** Events are remembered longer than any sender redelivers them: three days. */
const SEEN_SECONDS = 3 * 86_400;

/** What events tell of a task is kept as hints of this page. */
export function taskPage(task: number): string {
  return `task-${task}`;
}

export class Hints {
  readonly #redis: Scripted;
  readonly #prefix: string;

  /** `prefix` is the ledger's. */
  constructor(redis: RedisClient, prefix: string) {
    this.#redis = withScripts(redis);
    this.#prefix = prefix;
  }

  /** Keeps a hint about a page until it has been judged; false for an event that was judged before. */
  async keep(page: string, hint: Hint): Promise<boolean> {
    const keys = [`${this.#prefix}:event:${hint.event}`, this.#hints(page)];
    return (await this.#redis.faseportHint(...keys, hint.event, JSON.stringify(hint))) === 1;
  }

  /** The hints about each page that have not been judged yet, oldest first. */
  async about(pages: readonly string[]): Promise<Readonly<Record<string, readonly Hint[]>>> {
    const entries = pages.map(async (page) => {
      const kept = Object.values(await this.#redis.hgetall(this.#hints(page)));
      const hints = kept.map((json) => JSON.parse(json) as Hint);
      return [page, hints.sort((a, b) => a.at.localeCompare(b.at))] as const;
    });
    return Object.fromEntries(await Promise.all(entries));
  }

  /** Drops hints that have been judged, and remembers their events so that a redelivery is no work. */
  async judged(hints: Readonly<Record<string, readonly Hint[]>>): Promise<void> {
    const pipeline = this.#redis.pipeline();
    for (const [page, judged] of Object.entries(hints)) {
      if (judged.length === 0) continue;
      pipeline.hdel(this.#hints(page), ...judged.map(({ event }) => event));
      for (const { event } of judged) pipeline.set(`${this.#prefix}:event:${event}`, 1, "EX", SEEN_SECONDS);
    }
    for (const [error] of (await pipeline.exec()) ?? []) if (error) throw error;
  }

  /**
   * Keeps the hints about pages that were not there when they should have been read, for as long as a sender redelivers:
   * should access come back, they still say who ticked (I2: until then nobody did).
   */
  async keepAWhile(pages: readonly string[]): Promise<void> {
    for (const page of pages) await this.#redis.expire(this.#hints(page), SEEN_SECONDS);
  }

  /** Rows that point at the card and that it does not know: to be read at its next look. */
  async unknownRows(card: CardId): Promise<readonly RowId[]> {
    return this.#redis.smembers(this.#unknownRows(card));
  }

  async addUnknownRow(card: CardId, row: RowId): Promise<void> {
    await this.#redis.sadd(this.#unknownRows(card), row);
  }

  async dropUnknownRows(card: CardId, rows: readonly RowId[]): Promise<void> {
    if (rows.length > 0) await this.#redis.srem(this.#unknownRows(card), ...rows);
  }

  #hints(page: string): string {
    return `${this.#prefix}:hints:${page}`;
  }

  #unknownRows(card: CardId): string {
    return `${this.#prefix}:unknown-rows:${card}`;
  }
}
