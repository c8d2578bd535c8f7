// SPDX-License-Identifier: EUPL-1.2
/** `npm run backup`: a copy of all that the service keeps, taken beside it, or put back into an empty ledger. */
import { createReadStream, createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import { createGunzip, createGzip } from "node:zlib";
import { readSome } from "../src/config.ts";
import { jobNames } from "../src/jobs/registry.ts";
import { type Backup, backupLines, readBackup, restoreBackup } from "../src/ledger/backup.ts";
import { DecisionLog } from "../src/ledger/log.ts";
import { verifyLog } from "../src/ledger/verify.ts";
import { prefixOf, type RedisClient } from "../src/redis/client.ts";
import { openDoorRedis } from "../src/redis/connect.ts";
import { openStore, type WithoutData } from "./open-store.ts";
import { problemText } from "./problem.ts";

const usage = `Usage: npm run backup -- --out FILE
       npm run backup -- --restore FILE [--dry-run]

Copies all that Faseport keeps (what was accepted, what was heard and not judged yet, the decision log) as it stands at one
moment, compressed, into a new file that only you can read. It may run beside the service. The file names persons by their
ids and cards by their titles: keep it as you keep the database.

  --out FILE      the file to write; one that is there stays as it is
  --restore FILE  put a copy into an empty ledger. Stop the service first
  --dry-run       read the file through and say what is in it; write nothing
  --help          this text`;

async function run(): Promise<number> {
  const { values } = parseArgs({
    options: {
      out: { type: "string" },
      restore: { type: "string" },
      "dry-run": { type: "boolean", default: false },
      help: { type: "boolean" },
    },
  });
  if (values.help) return say(usage);
  const { out, restore, "dry-run": dryRun } = values;
  if (out !== undefined && restore === undefined && !dryRun) return take(out);
  if (restore !== undefined && out === undefined) return putBack(restore, dryRun);
  process.stderr.write(`${usage}\n`);
  return 1;
}

async function take(out: string): Promise<number> {
  return withRedis("refuse", async (redis) => {
    const lines = backupLines(redis, prefixOf(redis), { queues: jobNames, at: new Date() });
    try {
      await pipeline(Readable.from(lines), createGzip(), createWriteStream(out, { flags: "wx", mode: 0o600 }));
    } catch (error) {
      const isThere = error instanceof Error && "code" in error && error.code === "EEXIST";
      if (!isThere) await rm(out, { force: true });
      throw error;
    }
    // What was written is read again: a backup that cannot be read is none.
    const { entries } = await readFile(out);
    return say(`${out}: ${entries.length} keys. ${await aboutLog(redis)}`);
  });
}

async function putBack(file: string, dryRun: boolean): Promise<number> {
  const backup = await readFile(file);
  say(`${file} was taken at ${backup.at} and holds ${backup.entries.length} keys`);
  if (dryRun) return say("Nothing was written.");
  return withRedis("begin", async (redis) => {
    await restoreBackup(redis, prefixOf(redis), backup);
    say(`Put back. ${await aboutLog(redis)}`);
    return say("What happened since the copy was taken is judged at the service's start, by the same rules.");
  });
}

function readFile(file: string): Promise<Backup> {
  const text = createReadStream(file).pipe(createGunzip());
  return readBackup(createInterface({ input: text, crlfDelay: Number.POSITIVE_INFINITY }));
}

async function aboutLog(redis: RedisClient): Promise<string> {
  const snapshot = await new DecisionLog(redis).snapshot();
  const { lines, head, findings } = await verifyLog(snapshot.entries(), snapshot.head);
  const sound = findings.length === 0 ? "is what was written" : "IS NOT WHAT WAS WRITTEN (npm run export -- --verify)";
  return `The decision log of ${lines} lines ${sound}; it ends with line ${head.seq}: ${head.hash}`;
}

async function withRedis(withoutData: WithoutData, use: (redis: RedisClient) => Promise<number>): Promise<number> {
  const { REDIS_URL: redisUrl, FASEPORT_DATA: dataDir } = readSome(["REDIS_URL", "FASEPORT_DATA"]);
  const store = await openStore({ redisUrl, dataDir }, withoutData, (line) => process.stderr.write(`${line}\n`));
  try {
    const redis = await openDoorRedis(store.connection);
    try {
      return await use(redis);
    } finally {
      redis.disconnect();
    }
  } finally {
    await store.close();
  }
}

function say(text: string): number {
  process.stdout.write(`${text}\n`);
  return 0;
}

run().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${problemText(error)}\n`);
    process.exitCode = 1;
  },
);
