// SPDX-License-Identifier: EUPL-1.2
import { describe, expect, it, test } from "vitest";
import { parseRedisUrl } from "../../../src/redis/address.ts";
import type { RedisConnection } from "../../../src/redis/redis.ts";

const at = (host: string, port: number) => ({ host, port });

test.for<[string, RedisConnection, string]>([
  ["redis://localhost", { ...at("localhost", 6379), db: 0 }, "redis://localhost"],
  ["redis://", { ...at("127.0.0.1", 6379), db: 0 }, "redis://"],
  ["redis://h:7000/3", { ...at("h", 7000), db: 3 }, "redis://h:7000/3"],
  ["redis://:p%40ss@h", { ...at("h", 6379), db: 0, password: "p@ss" }, "redis://h"],
  ["redis://:a:b@h", { ...at("h", 6379), db: 0, password: "a:b" }, "redis://h"],
  ["rediss://u:p@h:1", { ...at("h", 1), db: 0, username: "u", password: "p", tls: {} }, "rediss://h:1"],
  ["redis://[::1]:7000", { ...at("::1", 7000), db: 0 }, "redis://[::1]:7000"],
  ["unix:///run/redis/r.sock", { path: "/run/redis/r.sock" }, "unix:///run/redis/r.sock"],
  ["unix://:p@/r.sock", { path: "/r.sock", password: "p" }, "unix:///r.sock"],
  [
    "redis+sentinel://one,two:5000/mymaster",
    { sentinels: [at("one", 26379), at("two", 5000)], name: "mymaster", db: 0 },
    "redis+sentinel://one,two:5000/mymaster",
  ],
  [
    "rediss+sentinel://u:p@one,[::1]:2/my%20master/4?sentinel_password=s%26p",
    {
      sentinels: [at("one", 26379), at("::1", 2)],
      name: "my master",
      db: 4,
      username: "u",
      password: "p",
      tls: {},
      sentinelPassword: "s&p",
    },
    "rediss+sentinel://one,[::1]:2/my%20master/4",
  ],
  ["redis+cluster://:p@a,b:1/", { cluster: [at("a", 6379), at("b", 1)], password: "p" }, "redis+cluster://a,b:1/"],
  ["rediss+cluster://a", { cluster: [at("a", 6379)], tls: {} }, "rediss+cluster://a"],
])("%s is taken apart, and its passwords are not shown", ([url, connection, where]) => {
  expect(parseRedisUrl(url)).toEqual({ connection, where });
});

describe("anything else is refused, without repeating it", () => {
  it.for([
    ["", "must begin with redis://"],
    ["localhost:6379", "must begin with redis://"],
    ["http://h", "must begin with redis://"],
    ["rediss+unix:///x", "must begin with redis://"],
    ["constructor://h", "must begin with redis://"],
    ["unix://run/r.sock", "a whole path"],
    ["unix:///r.sock?db=1", "a whole path"],
    ["redis://h/name", "database number"],
    ["redis://h?db=3", "no query"],
    ["redis://secret:x@a,b", "redis+sentinel://"],
    ["redis://h:port", "each host"],
    ["redis://:100%@h", "%25"],
    ["redis+sentinel://one,two", "the name by which"],
    ["redis+sentinel://one/mymaster/x", "database number"],
    ["redis+sentinel://one,/mymaster", "each host"],
    ["redis+sentinel://one/mymaster?password=x", "sentinel_password only"],
    ["redis+cluster://a/1", "no databases"],
    ["redis+cluster://", "each host"],
  ] as const)("«%s»: %s", ([url, why]) => {
    expect(() => parseRedisUrl(url)).toThrow(`REDIS_URL cannot be used: `);
    expect(() => parseRedisUrl(url)).toThrow(why);
    expect(() => parseRedisUrl(url)).not.toThrow(/secret/);
  });
});
