// SPDX-License-Identifier: EUPL-1.2
/** The chain of the decision log: whatever is done to a line afterwards is found, and the line is named. */
import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chained, type Entry, type Head, hashOf, START } from "../../../src/ledger/chain.ts";
import type { StoredEntry } from "../../../src/ledger/log.ts";
import { type Finding, verifyLog } from "../../../src/ledger/verify.ts";
import { runs } from "../../properties.ts";

const stored = (entries: readonly Entry[]): readonly StoredEntry[] =>
  entries.map((entry, index) => ({ ...entry, place: `${index + 1}-0` }));
const headOf = (entries: readonly Entry[]): Head => {
  const { seq, hash } = entries.at(-1) ?? START;
  return { seq, hash };
};
const logOf = (count: number): readonly Entry[] =>
  chained(
    START,
    Array.from({ length: count }, (_, index) => JSON.stringify({ rule: `T${index}`, to: "Nytænk" })),
  );
const rehashed = (entry: Entry): Entry => ({ ...entry, hash: hashOf(entry) });

async function findings(entries: readonly Entry[], head: Head | null, noted?: string): Promise<readonly Finding[]> {
  return (await verifyLog(stored(entries), head, noted)).findings;
}

/** A log of some lines and one of them, by index. */
const logAndLine = fc.integer({ min: 1, max: 30 }).chain((count) =>
  fc.record({
    log: fc.constant(logOf(count)),
    at: fc.integer({ min: 0, max: count - 1 }),
  }),
);
const property = <T>(arbitrary: fc.Arbitrary<T>, law: (value: T) => Promise<void>) =>
  fc.assert(fc.asyncProperty(arbitrary, law), { numRuns: runs(300) });

describe("what was written is found in order", () => {
  it("whatever the lines say, and however they were grouped into commits", () =>
    property(fc.array(fc.array(fc.jsonValue(), { maxLength: 3 }), { maxLength: 12 }), async (commits) => {
      const log: Entry[] = [];
      for (const lines of commits) {
        const texts = lines.map((line) => JSON.stringify(line));
        log.push(...chained(headOf(log), texts));
      }
      const head = log.length > 0 ? headOf(log) : null;
      expect(await verifyLog(stored(log), head)).toEqual({ lines: log.length, head: headOf(log), findings: [] });
      for (const { hash } of log) expect(await findings(log, head, hash)).toEqual([]);
    }));

  it("the hash is SHA-256 over number, previous hash and text, as anybody can compute it", () => {
    const [entry] = logOf(1);
    const text = `1\n${"0".repeat(64)}\n{"rule":"T0","to":"Nytænk"}`;
    expect(entry?.hash).toBe(createHash("sha256").update(text, "utf8").digest("hex"));
  });
});

describe("one thing done to one line is found, and the line is named", () => {
  const change = fc.constantFrom<(entry: Entry) => Entry>(
    (it) => ({ ...it, line: it.line.replace("Nytænk", "Test") }),
    (it) => ({ ...it, line: `${it.line} ` }),
    (it) => ({ ...it, seq: it.seq + 1 }),
    (it) => ({ ...it, seq: Number.NaN }),
    (it) => ({ ...it, prev: "a".repeat(64) }),
    (it) => ({ ...it, hash: "b".repeat(64) }),
    (it) => rehashed({ ...it, line: it.line.replace("Nytænk", "Test") }),
    (it) => rehashed({ ...it, prev: "a".repeat(64) }),
  );

  it("changed, with or without a new hash", () =>
    property(fc.tuple(logAndLine, change), async ([{ log, at }, how]) => {
      const line = log[at] as Entry;
      const found = await findings(log.with(at, how(line)), headOf(log));
      expect(found).toEqual([{ kind: "changed", line: at + 1, place: `${at + 1}-0` }]);
    }));

  it("removed, also at either end", () =>
    property(fc.tuple(logAndLine, fc.integer({ min: 1, max: 5 })), async ([{ log, at }, many]) => {
      const found = await findings(log.toSpliced(at, many), headOf(log));
      expect(found).toEqual([{ kind: "removed", from: at + 1, to: Math.min(at + many, log.length) }]);
    }));

  const stranger = fc.constantFrom<(before: Head, log: readonly Entry[]) => Entry>(
    (before) => chained(before, ["{}"])[0] as Entry,
    (before) => ({ seq: before.seq + 1, prev: before.hash, hash: "c".repeat(64), line: "{}" }),
    () => ({ seq: Number.NaN, prev: "", hash: "", line: "" }),
    (_, log) => log[0] as Entry,
    (_, log) => log.at(-1) as Entry,
  );

  it("inserted: made up, well chained, empty, or the copy of another line", () =>
    property(fc.tuple(logAndLine, stranger, fc.boolean()), async ([{ log, at }, make, isLast]) => {
      const place = isLast ? log.length : at;
      const made = make(log[place - 1] ?? START, log);
      const found = await findings(log.toSpliced(place, 0, made), headOf(log));
      const claims = Number.isNaN(made.seq) ? null : made.seq;
      expect(found).toEqual([{ kind: "inserted", claims, after: expect.any(Number), place: expect.any(String) }]);
      const [{ after, place: named }] = found as unknown as [{ after: number; place: string }];
      // Of two equal lines side by side either may be called the copy.
      expect([place - 1, place].slice(log[place - 1]?.hash === made.hash ? 0 : 1)).toContain(after);
      expect(named).toBe(`${after + 1}-0`);
    }));

  it("swapped with another one", () =>
    property(
      fc.tuple(logAndLine, fc.nat()).filter(([{ log }]) => log.length > 1),
      async ([{ log, at }, step]) => {
        const other = (at + 1 + (step % (log.length - 1))) % log.length;
        const [first, second] = [Math.min(at, other), Math.max(at, other)];
        const swapped = log.with(first, log[second] as Entry).with(second, log[first] as Entry);
        const found = await findings(swapped, headOf(log));
        expect(found).toContainEqual({ kind: "moved", line: first + 1, after: second + 1, place: `${second + 1}-0` });
        expect(found.every(({ kind }) => kind === "moved")).toBe(true);
      },
    ));
});

describe("what the chain alone cannot show", () => {
  const log = logOf(5);

  it("a cut-off end: the head beside the log shows it", async () => {
    expect(await findings(log.slice(0, 3), headOf(log))).toEqual([{ kind: "removed", from: 4, to: 5 }]);
    expect(await findings([], headOf(log))).toEqual([{ kind: "removed", from: 1, to: 5 }]);
  });

  it("a head that is gone too is told", async () => {
    expect(await findings(log.slice(0, 3), null)).toEqual([{ kind: "headless" }]);
  });

  it("a log rewritten from a line on, with its head: only a hash noted down elsewhere shows it", async () => {
    const forged = [...log.slice(0, 2), ...chained(log[1] as Entry, ["{}", "{}", "{}"])];
    const noted = (log[3] as Entry).hash;
    expect(await findings(forged, headOf(forged))).toEqual([]);
    expect(await findings(forged, headOf(forged), noted)).toEqual([{ kind: "unknown-head", hash: noted }]);
    expect(await findings(log, headOf(log), noted)).toEqual([]);
  });

  it("a noted hash does not count when it only stands on a line that was put in", async () => {
    const other = chained(START, ["{}"]);
    const noted = headOf(other).hash;
    expect(await findings([...log, ...other], headOf(log), noted)).toContainEqual({
      kind: "unknown-head",
      hash: noted,
    });
  });
});

it("several things at once are each named", async () => {
  const log = logOf(9);
  const tampered = log
    .with(7, { ...(log[7] as Entry), line: "{}" })
    .toSpliced(4, 1)
    .toSpliced(1, 0, { seq: 99, prev: "", hash: "", line: "" });
  expect(await findings(tampered, headOf(log))).toEqual([
    { kind: "inserted", claims: 99, after: 1, place: "2-0" },
    { kind: "removed", from: 5, to: 5 },
    { kind: "changed", line: 8, place: "8-0" },
  ]);
});
