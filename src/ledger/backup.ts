// SPDX-License-Identifier: EUPL-1.2
/**
 * All that the service keeps, as one moment's copy: what was accepted, what was heard, the decision log. Queues, budgets and
 * what is only remembered to save a call are left out: they are made anew, and an old job or count would be wrong.
 */
import { createHash } from "node:crypto";
import { z } from "zod";
import { Permanent } from "../core/errors.ts";
import type { RedisClient } from "../redis/client.ts";
import { LEDGER_VERSION, mustUnderstand } from "./version.ts";

/** What begins keys that a backup leaves out, beside the queues' names. */
const PASSING = ["rate", "listed"] as const;

/**
 * Everything in one step, so that the log and the cards are of the same moment; binary as Redis itself writes it. What is
 * left out has something after its name: `tasks` is the ledger's, `tasks:wait` a queue's.
 */
const COPY = `
local copied = {}
for _, key in ipairs(redis.call('KEYS', ARGV[1] .. ':*')) do
  local first = string.match(string.sub(key, #ARGV[1] + 2), '^([^:]+):')
  local isKept = true
  for i = 2, #ARGV do if ARGV[i] == first then isKept = false end end
  if isKept then
    copied[#copied + 1] = { string.sub(key, #ARGV[1] + 2), redis.call('PTTL', key), redis.call('DUMP', key) }
  end
end
return copied`;

const opening = z.strictObject({
  backup: z.literal("faseport"),
  format: z.literal(1),
  ledger: z.int(),
  at: z.string(),
});
const entry = z.strictObject({ key: z.string().min(1), ttl: z.int(), dump: z.base64() });
const closing = z.strictObject({ keys: z.int(), sha256: z.string() });

/** The lines of a backup; `queues` names the keys of the queues, which are not kept. */
export async function* backupLines(
  redis: RedisClient,
  prefix: string,
  { queues, at }: Readonly<{ queues: readonly string[]; at: Date }>,
): AsyncGenerator<string> {
  const version = (await mustUnderstand(redis, prefix)) ?? LEDGER_VERSION;
  const copied = (await redis.callBuffer("EVAL", COPY, 1, `${prefix}:notes`, prefix, ...PASSING, ...queues)) as [
    Buffer,
    number,
    Buffer,
  ][];
  const hash = createHash("sha256");
  const line = (value: object) => {
    const text = `${JSON.stringify(value)}\n`;
    hash.update(text);
    return text;
  };
  yield line({ backup: "faseport", format: 1, ledger: version, at: at.toISOString() });
  for (const [key, ttl, dump] of copied) yield line({ key: key.toString(), ttl, dump: dump.toString("base64") });
  yield `${JSON.stringify({ keys: copied.length, sha256: hash.digest("hex") })}\n`;
}

export type Backup = Readonly<{
  /** When it was taken, ISO. */
  at: string;
  entries: readonly Readonly<{ key: string; ttl: number; dump: string }>[];
}>;

/** Reads a backup through to its end before anything is written. Throws Permanent for one that is damaged, cut off, or newer than the code. */
export async function readBackup(lines: AsyncIterable<string>): Promise<Backup> {
  const hash = createHash("sha256");
  const entries: z.infer<typeof entry>[] = [];
  let first: z.infer<typeof opening> | null = null;
  let last: z.infer<typeof closing> | null = null;
  for await (const text of lines) {
    if (last) throw damaged("something follows its end");
    const value = parsed(text);
    if (!first) first = opening.safeParse(value).data ?? raise(damaged("it does not begin as one"));
    else if (closing.safeParse(value).success) last = closing.parse(value);
    else entries.push(entry.safeParse(value).data ?? raise(damaged(`its line ${entries.length + 2} cannot be read`)));
    if (!last) hash.update(`${text}\n`);
  }
  if (!first || !last) throw damaged("its end is missing");
  if (last.sha256 !== hash.digest("hex") || last.keys !== entries.length) throw damaged("it is not what was written");
  if (first.ledger > LEDGER_VERSION)
    throw new Permanent(`the backup is of version ${first.ledger} of the ledger: restore it with the newer Faseport`);
  return { at: first.at, entries };
}

/** Puts a backup into an empty ledger. Throws Permanent, and writes nothing, when the ledger knows anything. */
export async function restoreBackup(redis: RedisClient, prefix: string, { entries }: Backup): Promise<void> {
  if ((await redis.exists(`${prefix}:notes`, `${prefix}:log`, `${prefix}:log-head`, `${prefix}:rows`)) > 0)
    throw new Permanent(
      "the ledger is not empty: stop the service and give it an empty Redis (or FASEPORT_DATA) first",
    );
  // The notes come last: until they are there the ledger counts as empty, and a restore that died can be done again.
  const ordered = entries.toSorted((one, other) => Number(one.key === "notes") - Number(other.key === "notes"));
  for (const { key, ttl, dump } of ordered)
    await redis.restore(`${prefix}:${key}`, Math.max(0, ttl), Buffer.from(dump, "base64"), "REPLACE");
}

function damaged(why: string): Permanent {
  return new Permanent(`this is no whole backup: ${why}`);
}

function raise(error: Error): never {
  throw error;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
