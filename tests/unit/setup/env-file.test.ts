// SPDX-License-Identifier: EUPL-1.2
/**
 * What becomes of an .env file: only what is asked for changes, it reads back as it was meant, and no secret is printed. And
 * how a file is written that not everybody may read.
 */
import { chownSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import {
  describeChange,
  envChanges,
  mergeEnv,
  modes,
  readText,
  readValues,
  writePrivately,
} from "../../../scripts/setup/env-file.ts";

const before = `# ours
A=1 # a note
export B="two
lines"

C='x'`;

const merged = (wanted: Record<string, string>) => mergeEnv(before, envChanges(before, wanted));

describe("the file after the changes", () => {
  it.each([
    ["nothing asked for", {}, `${before}\n`],
    ["what it says already", { A: "1", C: "x" }, `${before}\n`],
    [
      "another value, in its own place",
      { A: "2" },
      before.replace("A=1 # a note", "A=2\n").replace("\n\n", "\n").concat("\n"),
    ],
    ["a value of several lines", { B: "one" }, before.replace('export B="two\nlines"', "B=one").concat("\n")],
    ["a new one at the end", { D: "a b" }, `${before}\nD='a b'\n`],
    ["a value with a sign that means something", { D: "a#b$c" }, `${before}\nD='a#b$c'\n`],
    ["one with a quotation mark", { D: "it's" }, `${before}\nD="it's"\n`],
  ])("%s", (_, wanted, after) => {
    expect(merged(wanted as Record<string, string>)).toBe(after);
  });

  it("a name that only ends alike is another", () => {
    expect(mergeEnv("MY_A=1\n", envChanges("MY_A=1\n", { A: "2" }))).toBe("MY_A=1\nA=2\n");
  });

  it("reads back as it was meant, and a second time nothing changes", () => {
    const value = fc
      .string({ minLength: 1, unit: fc.constantFrom(..."abcZ09-_=#$ '.:/@") })
      .filter((it) => it.trim() === it && !/'.*\$|\$.*'/u.test(it));
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom("A", "B", "C", "D", "E_1"), value), (wanted) => {
        const after = merged({ ...wanted });
        const { A = "1", B = "two\nlines", C = "x", ...more } = wanted;
        expect(readValues(after)).toEqual({ A, B, C, ...more });
        expect(envChanges(after, { ...wanted })).toEqual([]);
      }),
    );
  });
});

it("what is printed of a change names no secret, neither the old nor the new", () => {
  const change = { name: "X", from: "old", to: "new" };
  expect(describeChange(change, () => false)).toBe("~ X: old → new");
  expect(describeChange({ ...change, from: null }, () => false)).toBe("+ X=new");
  for (const from of ["old", null]) expect(describeChange({ ...change, from }, () => true)).not.toMatch(/old|new/u);
});

describe("a file that only some may read", () => {
  const folder = mkdtempSync(join(tmpdir(), "faseport-private-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "kommune.yaml");
  const now = new Date("2026-11-30T08:15:00Z");
  const write = (text: string) => writePrivately(path, text, modes.personal, true, now);

  it("is written for its owner and its group, and is copied before it is written again", () => {
    expect(write("one")).toBe(null);
    expect(write("two")).toBe(`${path}.2026-11-30T081500`);
    expect([path, `${path}.2026-11-30T081500`].map((it) => readFileSync(it, "utf8"))).toEqual(["two", "one"]);
    expect(statSync(path).mode & 0o777).toBe(0o640);
  });

  it("that is a folder, which Docker makes where a mounted file is missing, is told to be removed", () => {
    expect(readText(join(folder, "none"))).toBe("");
    expect(() => readText(folder)).toThrow(/is a folder.*remove it/u);
  });

  // Only root can give a file away.
  it.runIf(process.getuid?.() === 0)("stays whose it was: the service may be reading it by its group", () => {
    chownSync(path, 1001, 1000);
    write("three");
    expect(readFileSync(path, "utf8")).toBe("three");
    expect([statSync(path).uid, statSync(path).gid, statSync(path).mode & 0o777]).toEqual([1001, 1000, 0o640]);
  });
});
