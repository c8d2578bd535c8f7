// SPDX-License-Identifier: EUPL-1.2
/** Prometheus's own checker: installed, unpacked earlier, or unpacked now from the distribution as the embedded Redis is. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { canFetch, fetchPackages } from "../src/redis/debian.ts";
import { claimWithin } from "../src/redis/lock.ts";

const run = promisify(execFile);
const root = join(import.meta.dirname, "../.cache/prometheus");
const FETCH_MS = 100_000;

/** The program; null where there is none to be had. */
export async function findPromtool(): Promise<string | null> {
  const unpacked = join(root, "usr/bin/promtool");
  if (await starts("promtool")) return "promtool";
  if (await starts(unpacked)) return unpacked;
  if (!(await canFetch())) return null;
  // Two test files may ask at once.
  const claim = await claimWithin(`${root}.claims`, FETCH_MS);
  if (!(await starts(unpacked))) await fetchPackages(root, FETCH_MS, [["prometheus"]]).catch(() => {});
  await claim.release();
  return (await starts(unpacked)) ? unpacked : null;
}

function starts(command: string): Promise<boolean> {
  return run(command, ["--version"]).then(
    () => true,
    () => false,
  );
}

/** What it says, and whether it is content. */
export async function promtool(command: string, args: readonly string[]): Promise<{ ok: boolean; said: string }> {
  return run(command, [...args]).then(
    ({ stdout, stderr }) => ({ ok: true, said: stdout + stderr }),
    (error: { stdout?: string; stderr?: string }) => ({
      ok: false,
      said: `${error.stdout ?? ""}${error.stderr ?? error}`,
    }),
  );
}
