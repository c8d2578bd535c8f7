// SPDX-License-Identifier: EUPL-1.2
/**
 * Whether the decision log is what was written. The chain is read from its end: the head names the last line, each line
 * the one before it. What is named is genuine; what is not has been changed, put in or moved; what is named and not
 * there has been taken out. Everything before a changed line is known by its number only, until a hash fits again.
 */
import { type Head, isSound, START } from "./chain.ts";
import type { StoredEntry } from "./log.ts";

export type Finding =
  /** The line is there, but its text, number or hashes are others than the line after it (or the head) names. */
  | Readonly<{ kind: "changed"; line: number; place: string }>
  /** The lines from `from` to `to` are gone. */
  | Readonly<{ kind: "removed"; from: number; to: number }>
  /** A line that no other names. `claims`: the number it gives itself; null: none. `after`: the line it stands behind. */
  | Readonly<{ kind: "inserted"; claims: number | null; after: number; place: string }>
  /** A genuine line that stands behind a later one. */
  | Readonly<{ kind: "moved"; line: number; after: number; place: string }>
  /** There are lines, and nothing beside them that says where they end: a cut-off end could not be seen. */
  | Readonly<{ kind: "headless" }>
  /** The log no longer contains a head that was noted down elsewhere. */
  | Readonly<{ kind: "unknown-head"; hash: string }>;

export type Verification = Readonly<{
  /** How many lines were found, genuine or not. */
  lines: number;
  /** The head beside the log, or its last line when there is none. */
  head: Head;
  /** In the order of the log; empty: it is what was written. */
  findings: readonly Finding[];
}>;

/**
 * Verifies a log against the head beside it (null: none) and, if given, a hash noted down elsewhere.
 * Keeps some two hundred bytes a line in memory, never their texts.
 */
export async function verifyLog(
  entries: AsyncIterable<StoredEntry> | Iterable<StoredEntry>,
  head: Head | null,
  noted: string | null = null,
): Promise<Verification> {
  const links: Link[] = [];
  for await (const entry of entries) links.push({ ...entry, line: null, sound: isSound(entry) });
  const last = links.findLast(({ sound }) => sound);
  const end = head ?? (last ? { seq: last.seq, hash: last.hash } : START);
  const { numbers, findings } = walk(links, end);
  const headless: readonly Finding[] = head === null && links.length > 0 ? [{ kind: "headless" }] : [];
  const isKnown = noted === null || links.some(({ hash, sound }, at) => hash === noted && sound && numbers.has(at));
  const unknown: readonly Finding[] = isKnown ? [] : [{ kind: "unknown-head", hash: noted }];
  const found = [...findings, ...strangers(links, numbers)].sort((a, b) => positionOf(a) - positionOf(b));
  return { lines: links.length, head: end, findings: [...found, ...headless, ...unknown] };
}

type Link = Omit<StoredEntry, "line"> & Readonly<{ line: null; sound: boolean }>;
/** The number that each recognised line has in the chain, by where it stands. */
type Numbers = Map<number, number>;

/** Follows the chain from its end to line 1. Every line is either found, changed or gone. */
function walk(links: readonly Link[], end: Head): { numbers: Numbers; findings: readonly Finding[] } {
  const index = indexOf(links);
  const numbers: Numbers = new Map();
  const findings: Finding[] = [];
  /** The line looked for; its hash is null while no sound line names it. */
  let wanted: Readonly<{ seq: number; hash: string | null }> = end;
  let before = links.length;
  while (wanted.seq > 0) {
    const at: number | undefined =
      wanted.hash === null ? index.bySeq(wanted.seq) : index.byHash(wanted.seq, wanted.hash, before);
    const other = at ?? index.inPlaceOf(wanted.seq, wanted.hash);
    const link: Link | undefined = other === undefined ? undefined : links[other];
    if (other === undefined || !link) {
      const next = index.seqBelow(wanted.seq);
      findings.push({ kind: "removed", from: next + 1, to: wanted.seq });
      wanted = { seq: next, hash: null };
      continue;
    }
    numbers.set(other, wanted.seq);
    before = other;
    if (at === undefined) findings.push({ kind: "changed", line: wanted.seq, place: link.place });
    const isNamed = at !== undefined || index.byHash(wanted.seq - 1, link.prev, before) !== undefined;
    wanted = { seq: wanted.seq - 1, hash: isNamed ? link.prev : null };
  }
  const first = [...numbers].find(([, seq]) => seq === 1)?.[0];
  const isCutOff = wanted.hash !== null && wanted.hash !== START.hash && first !== undefined;
  if (isCutOff) findings.push({ kind: "changed", line: 1, place: links[first]?.place ?? "" });
  return { numbers, findings };
}

/** Ways to find a line. Only a sound line is found by hash or number; any may stand in the place of a changed one. */
function indexOf(links: readonly Link[]) {
  const sound = new Map<string, number[]>();
  const soundBySeq = new Map<number, number>();
  const claims = new Map<number, number>();
  const changed = new Map<string, number>();
  for (const [at, link] of links.entries()) {
    const keep = <Key>(map: Map<Key, number>, key: Key) => map.has(key) || map.set(key, at);
    if (link.sound) sound.set(link.hash, [...(sound.get(link.hash) ?? []), at]);
    if (link.sound) keep(soundBySeq, link.seq);
    else keep(changed, link.hash);
    keep(claims, link.seq);
  }
  const seqs = [...claims.keys()].filter(Number.isSafeInteger).sort((a, b) => a - b);
  return {
    /** Of a line and its copies, the one that stands closest before the line after it. */
    byHash: (seq: number, hash: string, before: number) => {
      const places = (sound.get(hash) ?? []).filter((at) => links[at]?.seq === seq);
      return places.findLast((at) => at < before) ?? places.at(-1);
    },
    bySeq: (seq: number) => soundBySeq.get(seq),
    inPlaceOf: (seq: number, hash: string | null) => (hash === null ? undefined : changed.get(hash)) ?? claims.get(seq),
    /** The greatest number below `seq` that a line gives itself; 0 when there is none. */
    seqBelow: (seq: number) => seqs.findLast((it) => it < seq && it > 0) ?? 0,
  };
}

/** Lines that the chain does not name, and lines of it that stand behind a later one. */
function strangers(links: readonly Link[], numbers: Numbers): readonly Finding[] {
  const findings: Finding[] = [];
  let highest = 0;
  for (const [at, { seq, place }] of links.entries()) {
    const line = numbers.get(at);
    if (line === undefined) {
      findings.push({ kind: "inserted", claims: Number.isNaN(seq) ? null : seq, after: highest, place });
    } else if (line < highest) findings.push({ kind: "moved", line, after: highest, place });
    else highest = line;
  }
  return findings;
}

function positionOf(finding: Finding): number {
  switch (finding.kind) {
    case "changed":
      return finding.line;
    case "removed":
      return finding.from;
    case "inserted":
    case "moved":
      return finding.after + 0.5;
    case "headless":
    case "unknown-head":
      return Number.POSITIVE_INFINITY;
  }
}
