// SPDX-License-Identifier: EUPL-1.2
/** What the ledger holds of one person: the part that may be forgotten, and how much stays and why is not this file's to say. */
import type { UserId } from "../core/card.ts";
import type { Pending } from "../core/reminders/pending.ts";
import { keysLike, prefixOf, type RedisClient } from "../redis/client.ts";
import type { Ledger } from "./ledger.ts";
import { DecisionLog } from "./log.ts";

/** What may be forgotten. */
export type Forgettable = Readonly<{
  /** Reminders that were sent to the person. */
  sent: number;
  /** Messages to the person on their way. */
  letters: readonly Pending[];
  /** Whether the person stands among those whom the board did not have any more at the last round. */
  gone: boolean;
  /** Notes of the last hour that the person has been told something: keys. */
  told: readonly string[];
}>;

/** What stays, as numbers; the cards by their own. */
export type Staying = Readonly<{ cards: readonly string[]; waiting: number; links: number; log: number }>;

export class PersonHeld {
  readonly #redis: RedisClient;
  readonly #ledger: Ledger;
  readonly #prefix: string;
  readonly #users: readonly UserId[];

  /** `users`: every id by which the board or the tracker knows the person. `prefix` is the ledger's. */
  constructor(redis: RedisClient, ledger: Ledger, users: readonly UserId[], prefix = prefixOf(redis)) {
    this.#redis = redis;
    this.#ledger = ledger;
    this.#prefix = prefix;
    this.#users = users;
  }

  async forgettable(): Promise<Forgettable> {
    const { letters } = this.#ledger;
    const isOf = ({ person }: Readonly<{ person: UserId }>) => this.#users.includes(person);
    const told = await Promise.all(this.#users.map((user) => this.#keys(`told:${user}:*`)));
    return {
      sent: (await letters.sent()).filter(isOf).length,
      letters: (await letters.pending()).filter(isOf),
      gone: (await letters.gone()).some((user) => this.#users.includes(user)),
      told: told.flat(),
    };
  }

  /** Reads everything: for a question that is asked by hand now and then. `logins` are the tracker's names of the person. */
  async staying(logins: readonly string[]): Promise<Staying> {
    const cards: string[] = [];
    for await (const id of this.#ledger.cards()) {
      const record = (await this.#ledger.card(id))?.record;
      if (record && this.#isIn(JSON.stringify(record))) cards.push(record.seen.projectId || id);
    }
    const asked = [...(await this.#keys("hints:*")), ...(await this.#keys("requests:*"))];
    const waiting = await Promise.all(asked.map((key) => this.#redis.hvals(key)));
    const links = await this.#redis.hvals(`${this.#prefix}:tasks`);
    const log = await new DecisionLog(this.#redis, this.#prefix).lines((line) => this.#isIn(line));
    return {
      cards: cards.toSorted((one, other) => one.localeCompare(other, "en", { numeric: true })),
      waiting: waiting.flat().filter((json) => this.#isIn(json)).length,
      links: links.filter((json) => logins.some((login) => json.includes(JSON.stringify(login)))).length,
      log: log.length,
    };
  }

  /**
   * Forgets it. That a reminder was sent stays, for the next one is counted from it; to whom does not. Safe to repeat.
   * Throws RetryLater when one of the messages is being sent at this moment.
   */
  async forget({ letters, told }: Forgettable): Promise<void> {
    for (const letter of letters) await this.#ledger.letters.drop(letter);
    await this.#ledger.letters.unname(this.#users);
    if (told.length > 0) await this.#redis.del(...told);
  }

  #isIn(json: string): boolean {
    return this.#users.some((user) => json.includes(JSON.stringify(user)));
  }

  async #keys(pattern: string): Promise<readonly string[]> {
    const found: string[] = [];
    for await (const keys of keysLike(this.#redis, `${this.#prefix}:${pattern}`)) found.push(...keys);
    return [...new Set(found)];
  }
}
