// SPDX-License-Identifier: EUPL-1.2
/**
 * What was accepted, kept in Redis: per card the last accepted state with its counter, the links to rows and tasks, the
 * hints that have not been judged yet, and the append-only decision log.
 */
import type { Redis } from "ioredis";
import type { Accepted, LogLine, Tell } from "../core/accepted.ts";
import type { CardId, CardSeen, Hint, RowId, UserId } from "../core/card.ts";
import { Bug, RetryLater } from "../core/errors.ts";
import { noTask, type TaskLink } from "../core/task-link.ts";
import type { TaskRequest } from "../core/task-request.ts";
import type { PhaseKey } from "../model/model.ts";
import { chained, type Head, START } from "./chain.ts";
import { Listed } from "./listed.ts";
import { DecisionLog } from "./log.ts";
import { Notices } from "./notices.ts";
import { type Scripted, withScripts } from "./scripts.ts";

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

/** Events are remembered longer than any sender redelivers them: three days. */
const SEEN_SECONDS = 3 * 86_400;

/** What events tell of a task is kept as hints of this page. */
export function taskPage(task: number): string {
  return `task-${task}`;
}

export class Ledger {
  readonly #redis: Scripted;
  readonly #prefix: string;
  readonly #log: DecisionLog;
  readonly listed: Listed;
  /** What stands open for an administrator. */
  readonly notices: Notices;
  /** Appends of one process wait for each other, so that only processes contend for the head. */
  #lastAppend: Promise<unknown> = Promise.resolve();

  /** `prefix` keeps several services apart in one Redis. */
  constructor(redis: Redis, prefix = "faseport") {
    this.#redis = withScripts(redis);
    this.#prefix = prefix;
    this.#log = new DecisionLog(redis, prefix);
    this.listed = new Listed(redis, prefix);
    this.notices = new Notices(redis, prefix);
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
      isAtWork ? this.#key("in-phase", position.phase) : "",
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
    for await (const keys of this.#redis.scanStream({ match: `${start}*`, count: 200 })) {
      for (const key of keys as string[]) yield key.slice(start.length);
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

  /** How many cards came to a phase before this one and are still being worked on there; null for a card that is not. */
  async placeInPhase(phase: PhaseKey, card: CardId): Promise<number | null> {
    return this.#redis.zrank(this.#key("in-phase", phase), card);
  }

  /** The card before which so many came to a phase; null when there are not so many. */
  async cardInPlace(phase: PhaseKey, place: number): Promise<CardId | null> {
    return (await this.#redis.zrange(this.#key("in-phase", phase), String(place), String(place)))[0] ?? null;
  }

  /** How many cards beside this one are being worked on in a phase. */
  async othersInPhase(phase: PhaseKey, card: CardId): Promise<number> {
    const key = this.#key("in-phase", phase);
    const [count, own] = await Promise.all([this.#redis.zcard(key), this.#redis.zscore(key, card)]);
    return own === null ? count : count - 1;
  }

  /** The card whose decision the row is now. A row that was made anew is nobody's, though it once was somebody's. */
  async cardOfRow(row: RowId): Promise<CardId | null> {
    const card = await this.#redis.hget(this.#key("rows"), row);
    const kept = card === null ? null : await this.card(card);
    return kept?.record.accepted.decisions.some((it) => it.row === row) ? card : null;
  }

  /** Keeps a hint about a page until it has been judged; false for an event that was judged before. */
  async hint(page: CardId | RowId, hint: Hint): Promise<boolean> {
    const keys = [this.#key("event", hint.event), this.#key("hints", page)];
    return (await this.#redis.faseportHint(...keys, hint.event, JSON.stringify(hint))) === 1;
  }

  /** The hints about each page that have not been judged yet, oldest first. */
  async hints(pages: readonly string[]): Promise<Readonly<Record<string, readonly Hint[]>>> {
    const entries = pages.map(async (page) => {
      const kept = Object.values(await this.#redis.hgetall(this.#key("hints", page)));
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
      pipeline.hdel(this.#key("hints", page), ...judged.map(({ event }) => event));
      for (const { event } of judged) pipeline.set(this.#key("event", event), 1, "EX", SEEN_SECONDS);
    }
    for (const [error] of (await pipeline.exec()) ?? []) if (error) throw error;
  }

  /**
   * Keeps the hints about pages that were not there when they should have been read, for as long as a sender redelivers:
   * should access come back, they still say who ticked (I2: until then nobody did).
   */
  async keepAWhile(pages: readonly string[]): Promise<void> {
    for (const page of pages) await this.#redis.expire(this.#key("hints", page), SEEN_SECONDS);
  }

  /** Rows that point at the card and that it does not know: to be read at its next look. */
  async unknownRows(card: CardId): Promise<readonly RowId[]> {
    return this.#redis.smembers(this.#key("unknown-rows", card));
  }

  async addUnknownRow(card: CardId, row: RowId): Promise<void> {
    await this.#redis.sadd(this.#key("unknown-rows", card), row);
  }

  async dropUnknownRows(card: CardId, rows: readonly RowId[]): Promise<void> {
    if (rows.length > 0) await this.#redis.srem(this.#key("unknown-rows", card), ...rows);
  }

  async task(card: CardId): Promise<TaskLink> {
    const kept = await this.#redis.hget(this.#key("tasks"), card);
    return kept ? (JSON.parse(kept) as TaskLink) : noTask;
  }

  /**
   * Keeps a card's task, and the way back from the task's number and address to the card; gives the link as it is kept.
   * Throws RetryLater when another worker has kept it since this one was read (I8).
   */
  async keepTask(card: CardId, link: TaskLink): Promise<TaskLink> {
    const next: TaskLink = { ...link, revision: link.revision + 1 };
    const keys = [this.#key("tasks"), this.#key("task-cards")];
    const ways = next.ref ? [String(next.ref.number), next.ref.url] : [];
    const kept = await this.#redis.faseportTask(...keys, card, String(link.revision), JSON.stringify(next), ...ways);
    if (kept === 0) throw new RetryLater(`the task of card ${card} was taken over by another worker`);
    return next;
  }

  /** Throws RetryLater unless the link is still the one this worker kept: to be asked before a comment is written. */
  async mustHoldTask(card: CardId, revision: number): Promise<void> {
    if ((await this.task(card)).revision !== revision)
      throw new RetryLater(`the task of card ${card} was taken over by another worker`);
  }

  /** Keeps what is asked of a card on its task until the card's next look. A later request of a kind takes the place of an earlier one. */
  async ask(card: CardId, request: TaskRequest): Promise<void> {
    await this.#redis.hset(this.#key("requests", card), request.kind, JSON.stringify(request));
  }

  /** What is asked of a card on its task. */
  async requests(card: CardId): Promise<readonly TaskRequest[]> {
    const kept = await this.#redis.hgetall(this.#key("requests", card));
    return Object.values(kept).map((json) => JSON.parse(json) as TaskRequest);
  }

  /** Drops requests that a look has answered; one that came since stays. */
  async answered(card: CardId, requests: readonly TaskRequest[]): Promise<void> {
    const key = this.#key("requests", card);
    for (const request of requests) await this.#redis.faseportAnswered(key, request.kind, JSON.stringify(request));
  }

  /** Puts down that a card is being made for a task (its id); gives since when, if that was put down before. */
  async beginIntake(task: number, at: Date): Promise<string | null> {
    const isFirst = await this.#redis.hsetnx(this.#key("intakes"), String(task), at.toISOString());
    return isFirst === 1 ? null : this.#redis.hget(this.#key("intakes"), String(task));
  }

  /** The card behind a task's number or address. */
  async cardOfTask(task: number | string): Promise<CardId | null> {
    return this.#redis.hget(this.#key("task-cards"), String(task));
  }

  /** Whether the service has taken over this board: from then on an unknown card is a new one. */
  async hasAdopted(): Promise<boolean> {
    return (await this.note<string>("adopted-at")) !== null;
  }

  /** Puts down a card that was on the board before the service; `adopted` ends the taking over. */
  async adopt(card: CardId): Promise<void> {
    await this.#redis.sadd(this.#key("adopted"), card);
  }

  async adopted(at: Date): Promise<void> {
    await this.keepNote("adopted-at", at.toISOString());
  }

  /** Whether the card was on the board when the service took it over. */
  async wasAdopted(card: CardId): Promise<boolean> {
    return (await this.#redis.sismember(this.#key("adopted"), card)) === 1;
  }

  /** Keeps the phase that a card's task was labelled with when the memory was taken back from board and tracker. */
  async recallPhase(card: CardId, phase: PhaseKey): Promise<void> {
    await this.#redis.hset(this.#key("recalled"), card, phase);
  }

  /** null: its task said nothing, or no memory was ever taken back. */
  async recalledPhase(card: CardId): Promise<PhaseKey | null> {
    return this.#redis.hget(this.#key("recalled"), card);
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
    const lines: LogLine[] = [];
    for await (const { line } of (await this.#log.snapshot()).entries()) lines.push(JSON.parse(line) as LogLine);
    return lines;
  }

  /** The lines of one card, oldest first. Reads the whole log, page by page: for a question that a person asks. */
  async logOf(card: CardId): Promise<readonly LogLine[]> {
    const lines: LogLine[] = [];
    for await (const { line } of (await this.#log.snapshot()).entries()) {
      // A line that is no JSON was not written by the service; verifying names it.
      const read = line.includes(card) ? parsed(line) : null;
      if (read?.card === card) lines.push(read);
    }
    return lines;
  }

  #key(...parts: readonly string[]): string {
    return [this.#prefix, ...parts].join(":");
  }
}

function parsed(line: string): LogLine | null {
  try {
    return JSON.parse(line) as LogLine | null;
  } catch {
    return null;
  }
}
