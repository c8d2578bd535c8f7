// SPDX-License-Identifier: EUPL-1.2
/**
 * How the property tests draw their cases. Every file has a seed of its own that never changes, so that a run of today
 * is the run of tomorrow; the environment asks for others:
 *
 * - `FC_SEED`: a number, or `random`
 * - `FC_RUNS`: cases per property (`100000`), or how many times the usual number (`x10`)
 * - `FC_PATH`: with a seed, the one case that failed
 */
import { createHash } from "node:crypto";
import { relative } from "node:path";

type Environment = Readonly<Partial<Record<"FC_SEED" | "FC_RUNS" | "FC_PATH", string>>>;
type Drawn = Readonly<{ seed: number; path?: string; endOnFailure?: boolean }>;

/** Which cases a test file draws. Throws on a seed that is no whole number. */
export function drawn({ FC_SEED, FC_PATH }: Environment, file: string): Drawn {
  const seed = FC_SEED ? seedFrom(FC_SEED) : createHash("sha256").update(file).digest().readInt32BE();
  // Only the failed case: neither what comes after it nor what it could shrink to.
  return FC_PATH ? { seed, path: FC_PATH, endOnFailure: true } : { seed };
}

function seedFrom(text: string): number {
  if (text === "random") return Math.trunc(Math.random() * 2 ** 31);
  const seed = Number(text);
  if (!Number.isInteger(seed)) throw new Error(`FC_SEED is a whole number or «random», not «${text}»`);
  return seed;
}

/** How many cases a property draws that usually draws `usual`. Throws on a number below one. */
export function runs(usual: number, { FC_RUNS }: Environment = process.env): number {
  if (!FC_RUNS) return usual;
  const count = FC_RUNS.startsWith("x") ? Math.ceil(usual * Number(FC_RUNS.slice(1))) : Number(FC_RUNS);
  if (!Number.isInteger(count) || count < 1)
    throw new Error(`FC_RUNS is a number of cases (100000), or of times (x10), not «${FC_RUNS}»`);
  return count;
}

/** The path of a test file as every machine knows it. */
export function fileName(path: string): string {
  return relative(`${import.meta.dirname}/..`, path).replaceAll("\\", "/");
}

/** The command that runs one failed case of one test again, and nothing else. */
export function replay(failed: Readonly<{ seed: number; path: string | null; file: string; test: string }>): string {
  const name = `^${failed.test.replace(/[\\^$.*+?()[\]{}|]/gu, "\\$&")}$`;
  return `FC_SEED=${failed.seed} FC_PATH=${failed.path ?? "0"} npm test -- ${failed.file} -t '${name.replaceAll("'", "'\\''")}'`;
}
