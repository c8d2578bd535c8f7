// SPDX-License-Identifier: EUPL-1.2
/** Property tests draw the same cases every time, and a failed one can be had again, alone. */
import { globSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { drawn, fileName, replay, runs } from "../properties.ts";

const file = fileName(import.meta.filename);

function failure(law: () => void): string {
  try {
    law();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  throw new Error("nothing failed");
}

describe("the seed", () => {
  it("is the file's own, and the same on every machine", () => {
    expect(file).toBe("tests/unit/properties.test.ts");
    expect(drawn({}, "tests/a.test.ts")).toEqual({ seed: -438_887_017 });
    expect(drawn({}, "tests/a.test.ts")).not.toEqual(drawn({}, "tests/b.test.ts"));
  });

  it("is every property's", () => {
    expect(fc.readConfigureGlobal().seed).toBeTypeOf("number");
    const cases = () => fc.sample(fc.nat(), 20);
    expect(cases()).toEqual(cases());
  });

  it("can be given, or left to chance", () => {
    expect(drawn({ FC_SEED: "-7" }, file)).toEqual({ seed: -7 });
    expect(drawn({ FC_SEED: "random" }, file).seed).not.toBe(drawn({ FC_SEED: "random" }, file).seed);
    expect(() => drawn({ FC_SEED: "seven" }, file)).toThrow("FC_SEED is a whole number or «random», not «seven»");
  });
});

it.each([
  [undefined, 300, 300],
  ["", 300, 300],
  ["5", 300, 5],
  ["x10", 300, 3_000],
  ["x0.01", 300, 3],
] as const)("FC_RUNS=%s makes %d cases %d", (FC_RUNS, usual, expected) => {
  expect(runs(usual, FC_RUNS === undefined ? {} : { FC_RUNS })).toBe(expected);
});

it.each(["0", "x0", "many", "1.5"])("FC_RUNS=%s is no number of cases", (FC_RUNS) => {
  expect(() => runs(100, { FC_RUNS })).toThrow(`not «${FC_RUNS}»`);
});

it("no property has a number of cases that FC_RUNS cannot change", () => {
  const fixed = globSync("tests/**/*.ts").filter((it) => /\{ *numRuns: *\d/u.test(readFileSync(it, "utf8")));
  expect(fixed).toEqual([]);
});

describe("a failure", () => {
  it("prints the command that runs this case again, and nothing else", () => {
    const tried: number[] = [];
    const law = fc.property(fc.nat(), (it) => {
      tried.push(it);
      expect(it).toBeLessThan(1_000);
    });
    const said = failure(() => fc.assert(law));
    const [, seed = "", path = ""] = /^FC_SEED=(\S+) FC_PATH=(\S+) npm test -- /mu.exec(said) ?? [];
    expect(said).toContain(
      `npm test -- ${file} -t '^a failure > prints the command that runs this case again, and nothing else$'`,
    );
    tried.length = 0;
    const again = failure(() => fc.assert(law, drawn({ FC_SEED: seed, FC_PATH: path }, file)));
    expect(tried).toEqual([1_000]);
    expect(again).toContain("expected 1000 to be less than 1000");
  });

  it("names a test as a shell and a pattern need it", () => {
    const failed = { seed: 1, path: null, file: "tests/a.test.ts", test: "a > it's (5.9) twice" };
    expect(replay(failed)).toBe(
      "FC_SEED=1 FC_PATH=0 npm test -- tests/a.test.ts -t '^a > it'\\''s \\(5\\.9\\) twice$'",
    );
  });
});
