// SPDX-License-Identifier: EUPL-1.2
/**
 * The reports that are written as pages of the board, by their titles. A try is put down before it is made, and what was
 * written once is never written again, whatever people do with the page (I9).
 */
import { RetryLater } from "../core/errors.ts";
import type { RedisClient } from "../redis/client.ts";
import { type Scripted, withScripts } from "./scripts.ts";

export type ReportPage =
  | Readonly<{ state: "planned" }>
  /** `overAt`: the instant, ISO, from which on nothing of the try is under way any more. */
  | Readonly<{ state: "tried"; overAt: string }>
  | Readonly<{ state: "written" }>;

export class Reports {
  readonly #redis: Scripted;
  readonly #key: string;

  /** `prefix` is the ledger's. */
  constructor(redis: RedisClient, prefix: string) {
    this.#redis = withScripts(redis);
    this.#key = `${prefix}:report-pages`;
  }

  /** How far a report has come; one that nobody has asked for yet is planned from now on. */
  async find(title: string): Promise<ReportPage> {
    const planned: ReportPage = { state: "planned" };
    await this.#redis.hsetnx(this.#key, title, JSON.stringify(planned));
    const kept = await this.#redis.hget(this.#key, title);
    return kept === null ? planned : (JSON.parse(kept) as ReportPage);
  }

  /** Puts down the next state, and gives it. Throws RetryLater when another worker has put one down since `known` was read (I8). */
  async keep(title: string, known: ReportPage, next: ReportPage): Promise<ReportPage> {
    const [from, to] = [known, next].map((it) => JSON.stringify(it)) as [string, string];
    if ((await this.#redis.faseportReplace(this.#key, title, from, to)) === 1) return next;
    throw new RetryLater(`the report «${title}» was taken over by another worker`);
  }
}
