// SPDX-License-Identifier: EUPL-1.2
/**
 * What stands open for an administrator, and the work that waits for it. A notice is said by whoever puts it down first;
 * while it stands nobody says it again.
 */
import type { Notice, Topic } from "../core/notice.ts";
import type { News, Standing } from "../core/notice-letter.ts";
import type { RedisClient } from "../redis/client.ts";

export class Notices {
  readonly #redis: RedisClient;
  readonly #keys: Readonly<{ notices: string; shownOn: string; told: string; held: string; unseen: string }>;

  constructor(redis: RedisClient, prefix: string) {
    this.#redis = redis;
    this.#keys = {
      notices: `${prefix}:notices`,
      shownOn: `${prefix}:notices-shown`,
      told: `${prefix}:notices-told`,
      held: `${prefix}:held`,
      unseen: `${prefix}:unseen`,
    };
  }

  /** Everything that stands, oldest first. */
  all(): Promise<readonly Standing[]> {
    return this.#read(this.#keys.notices);
  }

  /** What the administrator has been written of, and not yet that it is over; as it was then, oldest first. */
  told(): Promise<readonly Standing[]> {
    return this.#read(this.#keys.told);
  }

  /** The administrator has been written. */
  async keepTold({ begun, over }: News): Promise<void> {
    const writing = this.#redis.multi();
    for (const notice of begun) writing.hset(this.#keys.told, notice.id, JSON.stringify(notice));
    for (const { id } of over) writing.hdel(this.#keys.told, id);
    await writing.exec();
  }

  async #read(key: string): Promise<readonly Standing[]> {
    const kept = Object.values(await this.#redis.hgetall(key));
    const notices = kept.map((json) => JSON.parse(json) as Standing);
    return notices.sort((one, other) => one.since.localeCompare(other.since) || one.id.localeCompare(other.id));
  }

  async stands(id: string): Promise<boolean> {
    return (await this.#redis.hexists(this.#keys.notices, id)) === 1;
  }

  /** Puts a notice down; true when it was not standing yet, so that it is to be said. */
  async open(notice: Notice, now: Date): Promise<boolean> {
    const standing: Standing = { ...notice, since: now.toISOString() };
    return (await this.#redis.hsetnx(this.#keys.notices, notice.id, JSON.stringify(standing))) === 1;
  }

  /** Says a standing notice otherwise, such as with one card more; not told again. */
  async reword(notice: Notice): Promise<void> {
    const kept = await this.#redis.hget(this.#keys.notices, notice.id);
    if (kept === null) return;
    const { since } = JSON.parse(kept) as Standing;
    await this.#redis.hset(this.#keys.notices, notice.id, JSON.stringify({ ...notice, since }));
  }

  /** Takes a notice away; true when it stood. */
  async withdraw(id: string): Promise<boolean> {
    const [[, stood] = []] =
      (await this.#redis.multi().hdel(this.#keys.notices, id).hdel(this.#keys.shownOn, id).exec()) ?? [];
    return stood === 1;
  }

  /** Of a topic, whatever is not among these stands no more; gives what was withdrawn. */
  async keepOnly(topic: Topic, ids: readonly string[]): Promise<readonly Standing[]> {
    const gone = (await this.all()).filter((it) => it.topic === topic && !ids.includes(it.id));
    const withdrawn: Standing[] = [];
    for (const notice of gone) if (await this.withdraw(notice.id)) withdrawn.push(notice);
    return withdrawn;
  }

  /** True for the first who asks to show a standing notice on a card: it is shown on one. */
  async claim(id: string, card: string): Promise<boolean> {
    return (await this.stands(id)) && (await this.#redis.hsetnx(this.#keys.shownOn, id, card)) === 1;
  }

  /** Puts work aside until it can be done. `job` names it to whoever takes it up again. */
  async hold(job: string): Promise<void> {
    await this.#redis.sadd(this.#keys.held, job);
  }

  /** The work put aside. */
  async held(): Promise<readonly string[]> {
    return this.#redis.smembers(this.#keys.held);
  }

  /** The work has been taken up again. */
  async release(jobs: readonly string[]): Promise<void> {
    if (jobs.length > 0) await this.#redis.srem(this.#keys.held, ...jobs);
  }

  /** Cards that are not there although nobody is known to have thrown them away. */
  async unseen(): Promise<readonly string[]> {
    return (await this.#redis.smembers(this.#keys.unseen)).sort();
  }

  async addUnseen(card: string): Promise<void> {
    await this.#redis.sadd(this.#keys.unseen, card);
  }

  async dropUnseen(cards: readonly string[]): Promise<void> {
    if (cards.length > 0) await this.#redis.srem(this.#keys.unseen, ...cards);
  }
}
