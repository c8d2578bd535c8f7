// SPDX-License-Identifier: EUPL-1.2
/**
 * What was accepted, kept in Redis: per card the last accepted state with its counter, written in one step with the lines
 * of the append-only decision log. What else is kept beside the cards has a file of its own and is reached from here.
 */
import type { Accepted, LogLine, Tell } from "../core/accepted.ts";
import type { CardId, CardSeen, RowId, UserId } from "../core/card.ts";
import { Bug, RetryLater } from "../core/errors.ts";
import { keysLike, prefixOf, type RedisClient } from "../redis/client.ts";
import { Adoption } from "./adoption.ts";
import { chained, type Head, START } from "./chain.ts";
import { Hints } from "./hints.ts";
import { InPhase } from "./in-phase.ts";
import { Letters } from "./letters.ts";
import { Listed } from "./listed.ts";
import { DecisionLog } from "./log.ts";
import { Notices } from "./notices.ts";
import { Reports } from "./reports.ts";
import { type Scripted, withScripts } from "./scripts.ts";
import { Tasks } from "./tasks.ts";

/** A card as the ledger keeps it. */
export type CardRecord = Readonly<{
  accepted: Accepted;
  /** The card as it was last read or written. */
  seen: CardSeen;
  /** Messages that were decided but perhaps not said yet. */
  outbox: readonly Tell[];
  /** A judgement is being carried out; if nobody is at it, somebody died at it. */
  dirty: boolean;
}>;

/** A record and the counter that fences it: whoever writes must know the last value. */
export type Kept = Readonly<{ revision: number; record: CardRecord }>;

export class Ledger {
  readonly #redis: Scripted;
  readonly #prefix: string;
  readonly #log: DecisionLog;
  readonly listed: Listed;
  /** What has been heard of pages and not been judged yet. */
  readonly hints: Hints;
  /** Which task belongs to which card. */
  readonly tasks: Tasks;
  /** The cards that are being worked on in each phase. */
  readonly inPhase: InPhase;
  /** How the service took over its board. */
  readonly adoption: Adoption;
  /** What stands open for an administrator. */
  readonly notices: Notices;
  /** The reminders that were sent, and those on their way. */
  readonly letters: Letters;
  /** The reports that are written as pages. */
  readonly reports: Reports;
  /** Appends of one process wait for each other, so that only processes contend for the head. */
  #lastAppend: Promise<unknown> = Promise.resolve();

  /** `prefix` keeps several services apart in one Redis. */
  constructor(redis: RedisClient, prefix = prefixOf(redis)) {
    this.#redis = withScripts(redis);
    this.#prefix = prefix;
    this.#log = new DecisionLog(redis, prefix);
    this.listed = new Listed(redis, prefix);
    this.hints = new Hints(redis, prefix);
    this.tasks = new Tasks(redis, prefix);
    this.inPhase = new InPhase(redis, prefix);
    this.adoption = new Adoption(redis, prefix);
    this.notices = new Notices(redis, prefix);
    this.letters = new Letters(redis, prefix);
    this.reports = new Reports(redis, prefix);
  }

  /** The card's record, or null when the ledger does not know the card. */
  async card(card: CardId): Promise<Kept | null> {
    const [revision, record] = await this.#redis.hmget(this.#key("card", card), "revision", "record");
    return revision && record ? { revision: Number(revision), record: JSON.parse(record) as CardRecord } : null;
  }

  /**
   * Writes a record and its log lines in one step and returns the new counter. The lines are chained to the log's head;
   * when another worker has appended meanwhile, they are chained to the new one and tried again.
   * Throws RetryLater when another worker has written the card since `expected` was read (I8).
   */
  async commit(expected: number, record: CardRecord, log: readonly LogLine[] = []): Promise<number> {
    if (log.length === 0) return this.#append(expected, record, []);
    const appended = this.#lastAppend.then(() => this.#append(expected, record, log));
    this.#lastAppend = appended.catch(() => {});
    return appended;
  }

  /** Every failed try is another process's success, so it ends when they do; a head that stands still is no such thing. */
  async #append(expected: number, record: CardRecord, log: readonly LogLine[]): Promise<number> {
    for (let head = log.length > 0 ? await this.#log.head() : null; ; ) {
      const outcome = await this.#tryCommit(expected, record, log, head);
      if (outcome === "written") return expected + 1;
      if (outcome === "overtaken")
        throw new RetryLater(`card ${record.accepted.card} was judged by another worker meanwhile`);
      const moved = await this.#log.head();
      if (moved?.hash === head?.hash) throw new Bug(`the decision log refuses its own head ${head?.hash}`);
      head = moved;
    }
  }

  #tryCommit(expected: number, record: CardRecord, log: readonly LogLine[], head: Head | null) {
    const { card, decisions, position, trashed, since } = record.accepted;
    const isAtWork = position.state === "active" && position.phase !== null && !trashed;
    const lines = log.map((line) => JSON.stringify(line));
    return this.#redis.faseportCommit(
      this.#key("card", card),
      this.#log.keys.lines,
      this.#key("rows"),
      this.#log.keys.head,
      this.#key("in-phase-arrivals"),
      String(expected),
      JSON.stringify(record),
      card,
      JSON.stringify(decisions.flatMap(({ row }) => row ?? [])),
      head?.hash ?? "",
      isAtWork ? this.inPhase.key(position.phase) : "",
      since === null ? "" : String(Date.parse(since)),
      ...chained(head ?? START, lines).flatMap(({ seq, prev, hash, line }) => [String(seq), prev, hash, line]),
    );
  }

  /** Throws RetryLater unless the card's counter is still the one this worker wrote: to be asked before a remote write. */
  async mustHold(card: CardId, revision: number): Promise<void> {
    const current = await this.#redis.hget(this.#key("card", card), "revision");
    if (Number(current ?? 0) !== revision) throw new RetryLater(`card ${card} was taken over by another worker`);
  }

  /** Every card the ledger knows. */
  async *cards(): AsyncIterable<CardId> {
    const start = this.#key("card", "");
    for await (const keys of keysLike(this.#redis, `${start}*`)) {
      for (const key of keys) yield key.slice(start.length);
    }
  }

  /**
   * Those of the people who have not been told the same of another card moved at once, that is within `atOnceSeconds`
   * of the last one they were not told of. Asked again for the same message, the answer is the same (I4).
   */
  async firstToldOf(
    people: readonly UserId[],
    { topic, marker, movedAt }: Readonly<{ topic: string; marker: string; movedAt: string }>,
    { atOnceSeconds }: Readonly<{ atOnceSeconds: number }>,
  ): Promise<readonly UserId[]> {
    const [at, window] = [Date.parse(movedAt), atOnceSeconds * 1_000].map(String);
    const asked = people.map((user) =>
      this.#redis.faseportFirst(this.#key("told", user, topic), marker, at ?? "", window ?? ""),
    );
    const answers = await Promise.all(asked);
    return people.filter((_user, index) => answers[index] === 1);
  }

  /** The card whose decision the row is now. A row that was made anew is nobody's, though it once was somebody's. */
  async cardOfRow(row: RowId): Promise<CardId | null> {
    const card = await this.#redis.hget(this.#key("rows"), row);
    const kept = card === null ? null : await this.card(card);
    return kept?.record.accepted.decisions.some((it) => it.row === row) ? card : null;
  }

  /** A small value kept beside the cards: the board's binding, a reconcile's watermark. */
  async note<Value>(name: string): Promise<Value | null> {
    const kept = await this.#redis.hget(this.#key("notes"), name);
    return kept ? (JSON.parse(kept) as Value) : null;
  }

  async keepNote(name: string, value: unknown): Promise<void> {
    await this.#redis.hset(this.#key("notes"), name, JSON.stringify(value));
  }

  /** The whole decision log, oldest line first: for tests and small logs. A long one is read through DecisionLog. */
  async log(): Promise<readonly LogLine[]> {
    return this.#log.lines(() => true);
  }

  /** The lines of one card, oldest first. Reads the whole log, page by page: for a question that a person asks. */
  async logOf(card: CardId): Promise<readonly LogLine[]> {
    return this.#log.lines((line) => line.includes(card)).then((lines) => lines.filter((it) => it.card === card));
  }

  #key(...parts: readonly string[]): string {
    return [this.#prefix, ...parts].join(":");
  }
}
