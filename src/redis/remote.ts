// SPDX-License-Identifier: EUPL-1.2
/** A Redis that somebody else runs, given by its address. It answers, or the start fails: there is no falling back. */

import { Permanent } from "../core/errors.ts";
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
  for (const warning of unsafeSettings(info)) tell(`Redis at ${where}: ${warning}`);
  return { connection, where, close: async () => {} };
}

/** What could lose a job or a decision in this Redis, each with what to set. */
export function unsafeSettings(info: RedisInfo): readonly string[] {
  const policy = info.maxmemory_policy ?? "noeviction";
  return [
    ...(policy === "noeviction" ? [] : [`maxmemory-policy is ${policy} and may drop jobs: set it to noeviction`]),
    ...(info.aof_enabled === "0" ? ["the append-only file is off, a crash may lose jobs: set appendonly yes"] : []),
  ];
}

/**
 * The parts of a Redis address: redis://, rediss:// (TLS) or unix:// with user, password and database number.
 * `where` is for people and logs and leaves the password out. Throws on any other address, without repeating it.
 */
export function parseRedisUrl(url: string): Readonly<{ connection: RedisConnection; where: string }> {
  const parts = URL.canParse(url) ? new URL(url) : null;
  const kind = parts?.protocol;
  if (!parts || (kind !== "redis:" && kind !== "rediss:" && kind !== "unix:")) {
    throw new Permanent(
      "REDIS_URL must look like redis://[user:password@]host[:port][/database], rediss://… or unix:///path",
    );
  }
  if (parts.search)
    throw new Permanent("REDIS_URL must not have a query (?…): put user, password and database in the address");
  const login = {
    ...(parts.username && { username: decodeURIComponent(parts.username) }),
    ...(parts.password && { password: decodeURIComponent(parts.password) }),
  };
  if (kind === "unix:") {
    const path = decodeURIComponent(parts.pathname);
    return { connection: { ...login, path }, where: `unix://${path}` };
  }
  return { connection: { ...login, ...networkParts(parts) }, where: `${kind}//${parts.host}${parts.pathname}` };
}

function networkParts(parts: URL) {
  const database = parts.pathname.replace(/^\//, "");
  if (!/^\d*$/.test(database))
    throw new Permanent("REDIS_URL: what follows the host must be a database number such as /0");
  return {
    host: parts.hostname.replace(/^\[(.*)\]$/, "$1") || "127.0.0.1",
    port: Number(parts.port || 6379),
    db: Number(database || 0),
    ...(parts.protocol === "rediss:" && { tls: {} }),
  };
}
