// SPDX-License-Identifier: EUPL-1.2
/** REDIS_URL taken apart: one server, the primary that sentinels know, or a cluster. */
import { Permanent } from "../core/errors.ts";
import type { Address, RedisConnection } from "./redis.ts";

/**
 * The parts of a Redis address. `where` is for people and logs and leaves passwords out. Throws Permanent on any other
 * address, without repeating it.
 *
 *   redis:// or rediss:// (TLS)   [user:password@]host[:port][/database]
 *   unix://                       [user:password@]/path
 *   redis+sentinel://             [user:password@]host[:port],…/name[/database][?sentinel_password=…]
 *   redis+cluster://              [user:password@]host[:port],…
 *
 * The last two with rediss+ too. User and password are those of the servers.
 */
export function parseRedisUrl(url: string): Readonly<{ connection: RedisConnection; where: string }> {
  const [, kind = "", login = "", hosts = "", path = "", query = ""] = ADDRESS.exec(url) ?? [];
  const plain = kind.replace(/^rediss/, "redis");
  if (!isKind(plain)) throw wrong(`it must begin with ${Object.keys(readers).join("://, ")}:// or rediss`);
  const [user = "", ...rest] = login.split(":");
  const password = decoded(rest.join(":"));
  const connection = {
    ...(user && { username: decoded(user) }),
    ...(password && { password }),
    ...(kind.startsWith("rediss") && { tls: {} }),
    ...readers[plain]({ hosts, path, query }),
  };
  return { connection, where: `${kind}://${hosts}${path}` };
}

const ADDRESS = /^([a-z+]+):\/\/(?:([^@/?#]*)@)?([^@/?#]*)((?:\/[^?#]*)?)(?:\?([^#]*))?$/;

type Parts = Readonly<{ hosts: string; path: string; query: string }>;

const readers = {
  redis({ hosts, path, query }: Parts) {
    nothing(query, "it takes no query (?…): put user, password and database in the address");
    const [one, ...others] = addresses(hosts || "127.0.0.1", 6379);
    if (!one || others.length > 0) throw wrong("several servers are redis+sentinel:// or redis+cluster://");
    return { ...one, db: database(path) };
  },
  unix({ hosts, path, query }: Parts) {
    nothing(hosts + query, "a socket is a whole path, such as unix:///run/redis.sock, and nothing follows it");
    return { path: decoded(path) };
  },
  "redis+sentinel"({ hosts, path, query }: Parts) {
    const [, name = "", db = ""] = /^\/([^/]+)(\/.*)?$/.exec(path) ?? [];
    if (!name) throw wrong("after the sentinels comes the name by which they know the primary, such as /mymaster");
    const asked = new URLSearchParams(query);
    const sentinelPassword = asked.get("sentinel_password");
    nothing(
      [...asked.keys()].filter((it) => it !== "sentinel_password").join(),
      "after ? may stand sentinel_password only",
    );
    return {
      sentinels: addresses(hosts, 26379),
      name: decoded(name),
      db: database(db),
      ...(sentinelPassword && { sentinelPassword }),
    };
  },
  "redis+cluster"({ hosts, path, query }: Parts) {
    nothing(path.replace(/^\/0?$/, "") + query, "a cluster has no databases, and nothing follows its nodes");
    return { cluster: addresses(hosts, 6379) };
  },
} as const;

function isKind(kind: string): kind is keyof typeof readers {
  return Object.hasOwn(readers, kind);
}

function addresses(hosts: string, preset: number): readonly Address[] {
  return hosts.split(",").map((host) => {
    if (!host || !URL.canParse(`redis://${host}`))
      throw wrong("each host is a name or an address, with :port or without");
    const { hostname, port } = new URL(`redis://${host}`);
    return { host: hostname.replace(/^\[(.*)\]$/, "$1"), port: Number(port || preset) };
  });
}

function database(path: string): number {
  if (!/^\/?\d*$/.test(path)) throw wrong("what follows must be a database number such as /0");
  return Number(path.slice(1) || 0);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw wrong("a % in it must be written %25");
  }
}

function nothing(text: string, why: string): void {
  if (text !== "") throw wrong(why);
}

function wrong(why: string): Permanent {
  return new Permanent(
    `REDIS_URL cannot be used: ${why}. Such as redis://user:password@host:6379/0, a / or @ in the password written %2F or %40`,
  );
}
