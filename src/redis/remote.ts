// SPDX-License-Identifier: EUPL-1.2
/** A Redis that somebody else runs, given by its address. It answers, or the start fails: there is no falling back. */
import { Permanent } from "../core/errors.ts";
import { parseRedisUrl } from "./address.ts";
import { askInfo, isNewEnough, OLDEST, type RedisInfo } from "./info.ts";
import type { OpenRedis, RedisConnection } from "./redis.ts";

const ADVICE = "Check REDIS_URL and that the server runs, or leave REDIS_URL unset to use the embedded Redis.";

/** Checks that the Redis at `url` answers within five seconds and is new enough; tells what is unsafe about it. */
export async function openRemote(url: string, tell: (line: string) => void): Promise<OpenRedis> {
  const { connection, where } = parseRedisUrl(url);
  let info: RedisInfo;
  try {
    info = await askInfo(connection, 5000);
  } catch (cause) {
    const said = cause instanceof Error ? cause.message || cause.name : String(cause);
    throw new Permanent(`Redis at ${where} does not answer: ${said}. ${ADVICE}`, { cause });
  }
  const version = info.redis_version ?? "0";
  if (!isNewEnough(version))
    throw new Permanent(`Redis at ${where} is version ${version}; ${OLDEST} or newer is needed.`);
  for (const warning of unsafeSettings(info, connection)) tell(`Redis at ${where}: ${warning}`);
  return { connection, where, close: async () => {} };
}

/** What could lose a job or a decision in this Redis, each with what to set. */
export function unsafeSettings(info: RedisInfo, connection: RedisConnection): readonly string[] {
  const policy = info.maxmemory_policy ?? "noeviction";
  // Redis tells how many replicas are good only where it is told to care.
  const isAlone = "sentinels" in connection && info.min_slaves_good_slaves === undefined;
  return [
    ...(policy === "noeviction" ? [] : [`maxmemory-policy is ${policy} and may drop jobs: set it to noeviction`]),
    ...(info.aof_enabled === "0" ? ["the append-only file is off, a crash may lose jobs: set appendonly yes"] : []),
    ...(isAlone
      ? ["a primary that is cut off from its replicas takes what is lost afterwards: set min-replicas-to-write 1"]
      : []),
  ];
}

/** Whether it can be read on the way and needs no password, on another machine; a name without a dot is taken for one nearby. */
export function isExposed(connection: RedisConnection): boolean {
  if ("path" in connection || connection.password || connection.tls) return false;
  const addresses =
    "cluster" in connection ? connection.cluster : "sentinels" in connection ? connection.sentinels : [connection];
  return addresses.some(({ host }) => /[.:]/u.test(host) && !["127.0.0.1", "::1"].includes(host));
}
