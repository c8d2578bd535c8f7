// SPDX-License-Identifier: EUPL-1.2
/**
 * The reminders that have been sent, and those on their way. A message is put down before it is sent and taken away in the
 * same step in which it is noted as sent: whenever the work stops, it stands in one of the two places (I9).
 */
import type { UserId } from "../core/card.ts";
import { RetryLater } from "../core/errors.ts";
import type { Pending, Try } from "../core/reminders/pending.ts";
import type { Sent } from "../core/reminders/situation.ts";
import type { RedisClient } from "../redis/client.ts";
import { type Scripted, withScripts } from "./scripts.ts";

export class Letters {
  readonly #redis: Scripted;
  readonly #keys: Readonly<{ sent: string; pending: string; lastRound: string; gone: string; lost: string }>;

  /** `prefix` is the ledger's. */
  constructor(redis: RedisClient, prefix: string) {
    this.#redis = withScripts(redis);
    this.#keys = {
      sent: `${prefix}:reminders-sent`,
      pending: `${prefix}:letters`,
      lastRound: `${prefix}:reminders-round`,
      gone: `${prefix}:reminders-gone`,
      lost: `${prefix}:reminders-lost`,
    };
  }

  /** Everything that was sent and may still matter. */
  async sent(): Promise<readonly Sent[]> {
    return (await this.#redis.hvals(this.#keys.sent)).map((json) => JSON.parse(json) as Sent);
  }

  /** Puts down what counts as sent although nobody remembers that it was. */
  async assume(sent: readonly Sent[]): Promise<void> {
    const entries = sent.flatMap((it) => [fieldOf(it), JSON.stringify(it)]);
    if (entries.length > 0) await this.#redis.hset(this.#keys.sent, ...entries);
    await this.#redis.del(this.#keys.lost);
  }

  /** What was sent is not remembered: the ledger was taken back from the board, which does not say. */
  async keepLost(): Promise<void> {
    await this.#redis.set(this.#keys.lost, "1");
  }

  /** Whether it was lost, and nothing has been assumed since. */
  async isLost(): Promise<boolean> {
    return (await this.#redis.exists(this.#keys.lost)) === 1;
  }

  /** Those whom the board did not have any more at the last round. */
  async gone(): Promise<readonly UserId[]> {
    const kept = await this.#redis.get(this.#keys.gone);
    return kept === null ? [] : (JSON.parse(kept) as UserId[]);
  }

  async keepGone(users: readonly UserId[]): Promise<void> {
    await this.#redis.set(this.#keys.gone, JSON.stringify(users));
  }

  /**
   * Takes persons out of what is remembered. What was sent stays, as sent to nobody: a reason's next step is counted from
   * its last one, and would else be sent again to whoever has the role now.
   */
  async unname(users: readonly UserId[]): Promise<void> {
    const theirs = (await this.sent()).filter(({ person }) => users.includes(person));
    const writing = this.#redis.multi();
    for (const sent of theirs) {
      const unnamed: Sent = { ...sent, person: NOBODY };
      writing.hset(this.#keys.sent, fieldOf(unnamed), JSON.stringify(unnamed)).hdel(this.#keys.sent, fieldOf(sent));
    }
    await writing.exec();
    await this.keepGone((await this.gone()).filter((user) => !users.includes(user)));
  }

  /** Forgets what can never matter again. */
  async forget(sent: readonly Sent[]): Promise<void> {
    if (sent.length > 0) await this.#redis.hdel(this.#keys.sent, ...sent.map(fieldOf));
  }

  /** The messages on their way. */
  async pending(): Promise<readonly Pending[]> {
    return (await this.#redis.hvals(this.#keys.pending)).map((json) => JSON.parse(json) as Pending);
  }

  /** null: not on its way any more. */
  async find(key: string): Promise<Pending | null> {
    const kept = await this.#redis.hget(this.#keys.pending, key);
    return kept === null ? null : (JSON.parse(kept) as Pending);
  }

  /** Puts a message on its way; one that is on its way already stays as it is. */
  async put(pending: Pending): Promise<void> {
    await this.#redis.hsetnx(this.#keys.pending, pending.key, JSON.stringify(pending));
  }

  /**
   * Puts down a try, and gives the message as it is kept with it. Throws RetryLater when another worker has taken the
   * message over since it was read (I8).
   */
  async keepTry(pending: Pending, tried: Try): Promise<Pending> {
    const next: Pending = { ...pending, tried };
    await this.#replace(pending, next, []);
    return next;
  }

  /** Notes what was sent, and takes the message away. Throws RetryLater as `keepTry` does. */
  async note(pending: Pending, sent: readonly Sent[]): Promise<void> {
    await this.#replace(pending, null, sent);
  }

  /** Takes a message away that is not to be sent. Throws RetryLater as `keepTry` does. */
  async drop(pending: Pending): Promise<void> {
    await this.#replace(pending, null, []);
  }

  /** The local date of the last round that has put all its messages on their way; null: none yet. */
  async lastRound(): Promise<string | null> {
    return this.#redis.get(this.#keys.lastRound);
  }

  async keepRound(date: string): Promise<void> {
    await this.#redis.set(this.#keys.lastRound, date);
  }

  async #replace(known: Pending, next: Pending | null, sent: readonly Sent[]): Promise<void> {
    const kept = await this.#redis.faseportLetter(
      this.#keys.pending,
      this.#keys.sent,
      known.key,
      JSON.stringify(known),
      next === null ? "" : JSON.stringify(next),
      ...sent.flatMap((it) => [fieldOf(it), JSON.stringify(it)]),
    );
    if (kept === 0) throw new RetryLater(`letter ${known.key} was taken over by another worker`);
  }
}

/** In the place of a person who was taken out: no user of any board. */
const NOBODY: UserId = "00000000-0000-0000-0000-000000000000";

/** An occurrence reaches each person once. */
function fieldOf({ occurrence, person }: Sent): string {
  return `${occurrence} ${person}`;
}
