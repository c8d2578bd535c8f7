// SPDX-License-Identifier: EUPL-1.2
/** The decision log in Redis: a stream of chained lines, and its head beside it. Written in the ledger's commit, only read here. */
import type { LogLine } from "../core/accepted.ts";
import { Permanent } from "../core/errors.ts";
import { prefixOf, type RedisClient } from "../redis/client.ts";
import { type Entry, type Head, isHash } from "./chain.ts";

/** A line as it lies in the store. One that somebody made by hand may hold anything: its number is NaN, its texts "". */
export type StoredEntry = Entry & Readonly<{ place: string }>;

/** The log as it stood at one moment; lines that are added meanwhile are not in it. */
export type LogSnapshot = Readonly<{
  /** Null: nothing was ever logged, or the head was taken away or is damaged. */
  head: Head | null;
  /** Oldest first, read page by page. May be read again. */
  entries(): AsyncIterable<StoredEntry>;
}>;

/** Lines a page. A line is some five hundred bytes, so a page stays well below a megabyte. */
const PAGE = 500;

export class DecisionLog {
  readonly #redis: RedisClient;
  readonly keys: Readonly<{ lines: string; head: string }>;

  /** `prefix` is the ledger's. */
  constructor(redis: RedisClient, prefix = prefixOf(redis)) {
    this.#redis = redis;
    this.keys = { lines: `${prefix}:log`, head: `${prefix}:log-head` };
  }

  /** Null when nothing was ever logged. Throws Permanent on a damaged head: what cannot be logged must not be accepted. */
  async head(): Promise<Head | null> {
    const kept = await this.#redis.hmget(this.keys.head, "seq", "hash");
    const head = headOf(kept);
    if (head || kept.every((field) => field === null)) return head;
    throw new Permanent(`${this.keys.head} is damaged, so nothing can be logged; npm run export -- --verify says more`);
  }

  /** The head and the place of the last line, read in one step. */
  async snapshot(): Promise<LogSnapshot> {
    const { lines, head } = this.keys;
    const asked = this.#redis.multi().hmget(head, "seq", "hash").xrevrange(lines, "+", "-", "COUNT", 1);
    const [[headError, kept] = [], [lineError, last] = []] = (await asked.exec()) ?? [];
    const error = headError ?? lineError;
    if (error) throw error;
    const end = (last as readonly StreamEntry[])[0]?.[0] ?? null;
    return { head: headOf(kept as readonly (string | null)[]), entries: () => this.#entriesUpTo(end) };
  }

  /**
   * The lines that `holds` takes by their text, oldest first. One that is no JSON was not written by the service and is left
   * out; verifying names it.
   */
  async lines(holds: (text: string) => boolean): Promise<readonly LogLine[]> {
    const lines: LogLine[] = [];
    for await (const { line } of (await this.snapshot()).entries()) {
      const read = holds(line) ? parsed(line) : null;
      if (read) lines.push(read);
    }
    return lines;
  }

  async *#entriesUpTo(end: string | null): AsyncIterable<StoredEntry> {
    if (end === null) return;
    for (let from = "-"; ; ) {
      const page = await this.#redis.xrange(this.keys.lines, from, end, "COUNT", PAGE);
      for (const entry of page) yield stored(entry);
      const last = page.at(-1);
      if (!last || page.length < PAGE) return;
      from = `(${last[0]}`;
    }
  }
}

type StreamEntry = readonly [id: string, fields: readonly string[]];

function stored([place, fields]: StreamEntry): StoredEntry {
  const value = (name: string) => {
    const at = fields.findIndex((field, index) => index % 2 === 0 && field === name);
    return at < 0 ? "" : (fields[at + 1] ?? "");
  };
  return { place, seq: seqOf(value("seq")), prev: value("prev"), hash: value("hash"), line: value("line") };
}

function headOf([seq, hash]: readonly (string | null | undefined)[]): Head | null {
  const head = { seq: seqOf(seq ?? ""), hash: hash ?? "" };
  return Number.isNaN(head.seq) || !isHash(head.hash) ? null : head;
}

function seqOf(text: string): number {
  return /^[1-9]\d{0,14}$/u.test(text) ? Number(text) : Number.NaN;
}

function parsed(line: string): LogLine | null {
  try {
    return JSON.parse(line) as LogLine | null;
  } catch {
    return null;
  }
}
