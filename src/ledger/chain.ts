// SPDX-License-Identifier: EUPL-1.2
/** The chain of the decision log: every line carries its number, the hash of the line before it, and a hash over all of it. */
import { createHash } from "node:crypto";

/** A line in the chain. `line` is the text that was hashed: the JSON of a LogLine, exactly as it was written. */
export type Entry = Readonly<{ seq: number; prev: string; hash: string; line: string }>;

/** Where the log ends: the number and the hash of its last line. Whoever keeps it can tell later what became of the log. */
export type Head = Readonly<{ seq: number; hash: string }>;

/** The head of an empty log, and what line 1 names as the line before it. */
export const START: Head = { seq: 0, hash: "0".repeat(64) };

/** SHA-256 in hex over number, previous hash and text, with a line feed between them; JSON has none of its own. */
export function hashOf({ seq, prev, line }: Omit<Entry, "hash">): string {
  return createHash("sha256").update(`${seq}\n${prev}\n${line}`).digest("hex");
}

/** The lines as they follow on `head`. */
export function chained(head: Head, lines: readonly string[]): readonly Entry[] {
  const entries: Entry[] = [];
  for (const line of lines) {
    const last = entries.at(-1) ?? head;
    const entry = { seq: last.seq + 1, prev: last.hash, line };
    entries.push({ ...entry, hash: hashOf(entry) });
  }
  return entries;
}

/** A SHA-256 as it is written here: 64 lower-case hex digits. */
export function isHash(text: string): boolean {
  return /^[0-9a-f]{64}$/u.test(text);
}

/** Whether a line is what its own hash says. Says nothing of its place: that is for the line after it. */
export function isSound(entry: Entry): boolean {
  // A hash that could hold a line feed would let two lines share one text.
  return (
    Number.isSafeInteger(entry.seq) && isHash(entry.prev) && !entry.line.includes("\n") && entry.hash === hashOf(entry)
  );
}
