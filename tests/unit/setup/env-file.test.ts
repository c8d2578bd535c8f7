// SPDX-License-Identifier: EUPL-1.2
/** What becomes of an .env file: only what is asked for changes, it reads back as it was meant, and no secret is printed. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { describeChange, envChanges, mergeEnv, readValues } from "../../../scripts/setup/env-file.ts";

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
