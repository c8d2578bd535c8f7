// SPDX-License-Identifier: EUPL-1.2
/** Which form the ledger has, and the steps that bring an older one up to date. */
import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { Bug, Permanent } from "../core/errors.ts";
import type { RedisClient } from "../redis/client.ts";

/** The form that this code reads and writes. Grows by one with each entry of `steps`. */
export const LEDGER_VERSION = 1;

/** Brings a ledger from one version to the next. Safe to repeat: it may die half way, and is then done again. */
export type Step = (redis: RedisClient, prefix: string) => Promise<void>;

/** By the version that it begins from. A ledger that says no version is of the first. */
export type Steps = Readonly<Record<number, Step>>;
const steps: Steps = {};

/** A ledger in which the version is not noted yet. */
const FIRST = 1;
const NOTE = "ledger-version";
/** A step is done by one process; should that die, another goes on after so long, in milliseconds. */
const LEASE_MS = 60_000;
const ASK_AGAIN_MS = 200;

type Form = Readonly<{ version: number; steps: Steps }>;

/** The version that is noted; null: none. */
export async function ledgerVersion(redis: RedisClient, prefix: string): Promise<number | null> {
  const kept = await redis.hget(`${prefix}:notes`, NOTE);
  return kept === null ? null : Number(JSON.parse(kept));
}

/** Throws Permanent when the ledger is of a newer version than this code knows. */
export async function mustUnderstand(
  redis: RedisClient,
  prefix: string,
  known = LEDGER_VERSION,
): Promise<number | null> {
  const version = await ledgerVersion(redis, prefix);
  if (version !== null && version > known)
    throw new Permanent(
      `the ledger is of version ${version} and this Faseport knows ${known} at most: start the newer Faseport again, or restore a backup that was taken before it came`,
    );
  return version;
}

/**
 * Brings the ledger up to date and notes its version; gives the one it had. Several processes may begin at once: one does
 * the steps, the others wait for it. Throws Permanent for a ledger that is newer than the code.
 */
export async function bringUpToDate(
  redis: RedisClient,
  prefix: string,
  form: Form = { version: LEDGER_VERSION, steps },
): Promise<number> {
  const had = (await mustUnderstand(redis, prefix, form.version)) ?? (await unnoted(redis, prefix, form.version));
  const lease = `${prefix}:migrating`;
  const own = randomUUID();
  for (;;) {
    const now = (await mustUnderstand(redis, prefix, form.version)) ?? had;
    if (now === form.version) break;
    if ((await redis.set(lease, own, "PX", LEASE_MS, "NX")) === "OK") {
      try {
        await stepFrom(redis, prefix, form);
      } finally {
        if ((await redis.get(lease)) === own) await redis.del(lease);
      }
    } else await pause(ASK_AGAIN_MS);
  }
  await note(redis, prefix, form.version);
  return had;
}

/** One step, from where the ledger stands now: another process may have done one meanwhile. */
async function stepFrom(redis: RedisClient, prefix: string, form: Form): Promise<void> {
  const from = (await ledgerVersion(redis, prefix)) ?? FIRST;
  if (from >= form.version) return;
  const step = form.steps[from];
  if (!step) throw new Bug(`there is no step from version ${from} of the ledger`);
  await step(redis, prefix);
  await note(redis, prefix, from + 1);
}

/** A new ledger is of today's version; one that was there before versions were noted is of the first. */
async function unnoted(redis: RedisClient, prefix: string, version: number): Promise<number> {
  const isNew = (await redis.exists(`${prefix}:notes`, `${prefix}:log-head`)) === 0;
  if (isNew) await note(redis, prefix, version);
  return isNew ? version : FIRST;
}

async function note(redis: RedisClient, prefix: string, version: number): Promise<void> {
  await redis.hset(`${prefix}:notes`, NOTE, JSON.stringify(version));
}
