// SPDX-License-Identifier: EUPL-1.2
/** The embedded Redis: one server process per data folder, owned by one service at a time. */
import { mkdir, readFile, realpath } from "node:fs/promises";
import { resolve } from "node:path";
import { Permanent } from "../core/errors.ts";
import { findProgram } from "./binary.ts";
import { askInfo } from "./info.ts";
import { type Claim, tryClaim } from "./lock.ts";
import { birthOf, endProcess, worksIn } from "./process.ts";
import type { OpenRedis, RedisWish } from "./redis.ts";
import { type Server, startServer } from "./server.ts";
import { socketFor } from "./socket.ts";

/** Redis writes its last second to disk on the way out; it needs far less than this. */
const STOP_MS = 10_000;

/** Starts the server of a data folder. Throws when another process owns the folder, or when there is no server program. */
export async function openEmbedded(wish: RedisWish, tell: (line: string) => void): Promise<OpenRedis> {
  await mkdir(wish.dataDir, { recursive: true, mode: 0o700 });
  const dir = await realpath(resolve(wish.dataDir));
  const claim = await claimFolder(dir);
  try {
    const socket = await socketFor(dir);
    await endSurvivor(dir, socket, tell);
    const program = await findProgram(wish, tell);
    const server = await startServer(program, dir, socket, wish.durable ?? true);
    const where = `embedded Redis ${program.version} in ${dir}`;
    return { connection: { path: socket }, where, close: closing(server, claim, where, wish.onLost) };
  } catch (error) {
    await claim.release();
    throw error;
  }
}

async function claimFolder(dir: string): Promise<Claim> {
  const outcome = await tryClaim(`${dir}/lock`);
  if (outcome.held) return outcome.claim;
  const { pid, host, file } = outcome.by;
  throw new Permanent(
    `${dir} is in use by process ${pid} on ${host}. Two services must not share a data folder: end that one, give this one ` +
      `another FASEPORT_DATA, or let both use one Redis through REDIS_URL. If ${host} no longer exists, delete ${file}`,
  );
}

/** close(), and the alarm for a server that ends before it is called. */
function closing(server: Server, claim: Claim, where: string, onLost: RedisWish["onLost"]): () => Promise<void> {
  let closed: Promise<void> | null = null;
  void server.ended.then((how) => {
    if (!closed) onLost?.(new Error(`${where} has ${how}; its redis.log may say why`));
  });
  const close = async () => {
    await server.stop(STOP_MS);
    await claim.release();
  };
  return () => {
    closed ??= close();
    return closed;
  };
}

/**
 * Ends a server that outlived a killed owner. It is ended rather than adopted, so that every server has a parent that is
 * told when it ends; asked politely it first writes everything to disk. Runs while the folder is claimed.
 */
async function endSurvivor(dir: string, socket: string, tell: (line: string) => void): Promise<void> {
  const answering = Number((await askInfo({ path: socket }, 2000).catch(() => null))?.process_id ?? 0);
  const noted = Number(await readFile(`${dir}/redis.pid`, "utf8").catch(() => 0));
  for (const pid of new Set([answering, noted])) {
    if (!pid || birthOf(pid) === null) continue;
    const ours = worksIn(pid, dir) ?? pid === answering;
    if (ours) {
      tell(`Ending the Redis (process ${pid}) that a killed service left behind in ${dir}`);
      await endProcess(pid, STOP_MS);
    }
  }
  // Whatever still answers lives where its process cannot be seen: another container that shares the folder.
  const foreign = await askInfo({ path: socket }, 2000).catch(() => null);
  if (foreign)
    throw new Permanent(
      `another Redis, which is not ours to end, answers on ${socket}: end it or choose another FASEPORT_DATA`,
    );
}
