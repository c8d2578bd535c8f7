// SPDX-License-Identifier: EUPL-1.2
/**
 * A lock between processes that survives a killed holder. It is a folder of claims: each contender puts down a file whose
 * name says who it is, then looks round. Another living claim: withdraw. Only dead ones: remove them and hold the lock.
 *
 * Of two contenders at least the later one sees the other, so two never hold it at once. A claim's name is never used
 * again, so removing a dead one cannot hit a living one, as taking over a single lock file could.
 */
import { randomUUID } from "node:crypto";
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { birthOf } from "./process.ts";

/** Who holds a lock; `file` is the claim to delete when that machine is known to be gone. */
export type Holder = Readonly<{ pid: number; host: string; file: string }>;
export type Claim = Readonly<{ release(): Promise<void> }>;
export type Claimed = Readonly<{ held: true; claim: Claim }> | Readonly<{ held: false; by: Holder }>;

/** Contenders that meet both withdraw; this many meetings in a row do not happen among a handful of processes. */
const MEETINGS = 20;

/** Takes the lock if nobody alive holds it; never waits for a holder. */
export async function tryClaim(folder: string): Promise<Claimed> {
  for (let meeting = 1; ; meeting++) {
    const outcome = await claimOnce(folder);
    if (outcome.held || outcome.settled || meeting === MEETINGS) return outcome;
    await pause(10 + Math.random() * 50);
  }
}

/** Takes the lock, waiting up to `patienceMs` milliseconds for whoever holds it; throws when it is still held then. */
export async function claimWithin(folder: string, patienceMs: number): Promise<Claim> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const outcome = await tryClaim(folder);
    if (outcome.held) return outcome.claim;
    if (Date.now() > deadline) throw new Error(`${folder} is still locked by process ${outcome.by.pid}`);
    await pause(50 + Math.random() * 50);
  }
}

type Attempt = Readonly<{ held: true; claim: Claim }> | Readonly<{ held: false; settled: boolean; by: Holder }>;

async function claimOnce(folder: string): Promise<Attempt> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const holder = await livingClaim(folder, null);
  if (holder) return { held: false, settled: true, by: holder };
  const name = `${process.pid}_${birthOf(process.pid)}_${randomUUID()}_${encodeURIComponent(hostname())}`;
  const file = join(folder, name);
  await writeFile(file, "", { flag: "wx", mode: 0o600 });
  const other = await livingClaim(folder, name);
  if (!other) return { held: true, claim: { release: () => rm(file, { force: true }) } };
  await rm(file, { force: true });
  return { held: false, settled: false, by: other };
}

/** The first living claim except one's own; dead ones are removed on the way. */
async function livingClaim(folder: string, own: string | null): Promise<Holder | null> {
  for (const name of await readdir(folder)) {
    if (name === own) continue;
    const [pid = "", birth = "", , host = ""] = name.split("_");
    const holder = { pid: Number(pid), host: decodeURIComponent(host), file: join(folder, name) };
    // A process on another machine cannot be looked up from here; its claim stands until a person removes it.
    if (holder.host !== hostname() || birthOf(holder.pid) === birth) return holder;
    await rm(holder.file, { force: true });
  }
  return null;
}
