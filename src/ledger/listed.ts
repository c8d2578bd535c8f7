// SPDX-License-Identifier: EUPL-1.2
/** Pages as a list has just shown them: the look that follows need not read them again. */
import type { Redis } from "ioredis";
import type { CardSeen } from "../core/card.ts";
import type { DecisionSeen } from "../core/decision.ts";

/** Beyond this, in milliseconds, a page may have changed without anybody telling, and is read anew. */
const FRESH_MS = 15 * 60_000;

type Page = CardSeen | DecisionSeen;

export class Listed {
  readonly #redis: Redis;
  readonly #prefix: string;

  /** `prefix` is the ledger's. */
  constructor(redis: Redis, prefix: string) {
    this.#redis = redis;
    this.#prefix = prefix;
  }

  /** Keeps a page for the next look at its card; `revision` is the card's counter when the list was read (0: unknown). */
  async keep(page: Page, revision: number): Promise<void> {
    await this.#redis.set(this.#key(page.id), JSON.stringify({ revision, page }), "PX", FRESH_MS);
  }

  /** The page as it was listed; null when it was not, or when its card has been looked at since. */
  async page<Kind extends Page>(id: string, revision: number): Promise<Kind | null> {
    const kept = await this.#redis.get(this.#key(id));
    if (kept === null) return null;
    const listed = JSON.parse(kept) as { revision: number; page: Kind };
    return listed.revision === revision ? listed.page : null;
  }

  /** To be done at the end of every look: what it read is newer than what was listed before. */
  async drop(ids: readonly string[]): Promise<void> {
    if (ids.length > 0) await this.#redis.del(...ids.map((id) => this.#key(id)));
  }

  #key(id: string): string {
    return `${this.#prefix}:listed:${id}`;
  }
}
