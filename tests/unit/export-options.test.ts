// SPDX-License-Identifier: EUPL-1.2
/** `npm run export`: what it takes, and how it says what it does not. */
import { describe, expect, it } from "vitest";
import { OptionProblem, readOptions } from "../../scripts/export-options.ts";
import { verificationInWords } from "../../scripts/export-words.ts";

const hash = "0123456789abcdef".repeat(4);

it("an export of everything as CSV is what no option asks for", () => {
  expect(readOptions([])).toEqual({ do: "export", format: "csv", filter: {}, out: null });
});

it("takes every option", () => {
  const words = "--format markdown --card INNO-3 --body udi --from 2026-01-01 --to 2026-12-31 --out a.md";
  expect(readOptions(words.split(" "))).toEqual({
    do: "export",
    format: "markdown",
    filter: { card: "INNO-3", body: "udi", from: "2026-01-01", to: "2026-12-31" },
    out: "a.md",
  });
  expect(readOptions(["--verify", "--head", ` ${hash.toUpperCase()}`, "--in", "log.ndjson", "--json"])).toEqual({
    do: "verify",
    head: hash,
    file: "log.ndjson",
    json: true,
  });
  expect(readOptions(["--help", "--verify"])).toEqual({ do: "help" });
});

const wrong: readonly (readonly [words: string, said: RegExp])[] = [
  ["--format xml", /csv, ndjson, markdown, not «xml»/u],
  ["--from 23.11.2026", /--from takes a day such as 2026-11-23, not «23.11.2026»/u],
  ["--to 2026-02-30", /--to takes a day/u],
  ["--from 2026-12-31 --to 2026-01-01", /--from 2026-12-31 is after --to 2026-01-01/u],
  ["--verify --head abc", /--head takes a checksum of 64 hex digits/u],
  ["--verify --card INNO-3", /--card does not go with --verify/u],
  ["--json", /--json needs --verify/u],
  ["--everything", /--everything/u],
  ["INNO-3", /INNO-3/u],
  ["--card", /--card/u],
];
it.each(wrong)("%s is told", (words, said) => {
  expect(() => readOptions(words.split(" "))).toThrow(OptionProblem);
  expect(() => readOptions(words.split(" "))).toThrow(said);
});

describe("what verifying found, in words", () => {
  const head = { seq: 9, hash };
  it("names every line", () => {
    const text = verificationInWords({
      lines: 9,
      head,
      findings: [
        { kind: "removed", from: 1, to: 1 },
        { kind: "removed", from: 3, to: 5 },
        { kind: "changed", line: 6, place: "6-0" },
        { kind: "inserted", claims: 7, after: 7, place: "8-0" },
        { kind: "inserted", claims: null, after: 0, place: "0-1" },
        { kind: "moved", line: 8, after: 9, place: "9-0" },
        { kind: "headless" },
        { kind: "unknown-head", hash },
      ],
    });
    for (const part of [
      "line 1 was removed",
      "lines 3 to 5 were removed",
      "line 6 was changed",
      "after line 7; it calls itself line 7",
      "before the first line; it has no number",
      "line 8 was moved behind line 9",
      "head beside the log is gone",
      `noted hash ${hash}`,
    ]) {
      expect(text).toContain(part);
    }
  });

  it("an empty log is not praised for being in order", () => {
    expect(verificationInWords({ lines: 0, head: { seq: 0, hash }, findings: [] })).toBe("The decision log is empty.");
  });
});
