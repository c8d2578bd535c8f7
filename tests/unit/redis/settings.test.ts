// SPDX-License-Identifier: EUPL-1.2
import { expect, test } from "vitest";
import { parseRedisUrl } from "../../../src/redis/address.ts";
import { isExposed, unsafeSettings } from "../../../src/redis/remote.ts";
import { isUnreachable } from "../../../src/redis/unreachable.ts";

const safe = { aof_enabled: "1", maxmemory_policy: "noeviction" };

test.for<[string, Record<string, string>, RegExp[]]>([
  ["redis://h", safe, []],
  ["redis://h", { ...safe, aof_enabled: "0" }, [/set appendonly yes/]],
  ["redis://h", { ...safe, maxmemory_policy: "allkeys-lru" }, [/allkeys-lru .* set it to noeviction/]],
  ["redis+sentinel://h/name", { ...safe, min_slaves_good_slaves: "2" }, []],
  ["redis+sentinel://h/name", safe, [/set min-replicas-to-write 1/]],
  ["redis+cluster://h", { ...safe, aof_enabled: "0" }, [/set appendonly yes/]],
])("what is unsafe about %s with %j", ([url, info, expected]) => {
  const told = unsafeSettings(info, parseRedisUrl(url).connection);
  expect(told).toEqual(expected.map((it) => expect.stringMatching(it)));
});

test.for<[string, boolean]>([
  ["redis://10.0.0.1", true],
  ["redis://:p@10.0.0.1", false],
  ["rediss://10.0.0.1", false],
  ["redis://redis", false],
  ["redis://127.0.0.1", false],
  ["redis://[::1]", false],
  ["redis://[2001:db8::1]", true],
  ["unix:///r.sock", false],
  ["redis+sentinel://s1,s2.kommune.dk/name", true],
  ["redis+cluster://a,10.0.0.1", true],
  ["rediss+cluster://a.kommune.dk", false],
])("%s can be read by others: %s", ([url, expected]) => {
  expect(isExposed(parseRedisUrl(url).connection)).toBe(expected);
});

test.for<[string, string, boolean]>([
  ["Error", "Socket timeout. Expecting data, but didn't receive any in 12000ms.", true],
  ["Error", "All sentinels are unreachable. Retrying from scratch after 10ms.", true],
  ["ClusterAllFailedError", "Failed to refresh slots cache.", true],
  ["Error", "Cluster isn't ready and enableOfflineQueue options is false", true],
  ["Error", "Too many Cluster redirections. Last error: Error: Connection is closed.", true],
  ["Error", "None of startup nodes is available", true],
  ["ReplyError", "NOREPLICAS Not enough good replicas to write.", true],
  ["ReplyError", "CLUSTERDOWN Hash slot not served", true],
  [
    "ReplyError",
    "ERR Error running script: @user_script:1: -READONLY You can't write against a read only replica.",
    true,
  ],
  ["ReplyError", "CROSSSLOT Keys in request don't hash to the same slot", false],
  ["ReplyError", "WRONGTYPE Operation against a key holding the wrong kind of value", false],
  ["TypeError", "Cannot read properties of undefined", false],
])("%s «%s» means that Redis is away: %s", ([name, message, expected]) => {
  expect(isUnreachable(Object.assign(new Error(message), { name }))).toBe(expected);
});
