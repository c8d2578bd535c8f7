// SPDX-License-Identifier: EUPL-1.2
/** What the ledger does in one step inside Redis. A script runs alone; whatever it compares still holds when it writes. */
import type { RedisClient } from "../redis/client.ts";

/**
 * Compares the card's counter and the log's head, then writes log, record, the card's place and links. The chain's hashes come from
 * outside, for Redis has no SHA-256; comparing the head makes them right all the same. The log is written first: should
 * that be refused, nothing of the card is accepted. Cards of
 * which nobody knows since when they stand where they do come in the order in which they were first seen, before all others.
 */
const COMMIT = `
if (redis.call('HGET', KEYS[1], 'revision') or '0') ~= ARGV[1] then return 'overtaken' end
if #ARGV > 7 and (redis.call('HGET', KEYS[4], 'hash') or '') ~= ARGV[5] then return 'head moved' end
for i = 8, #ARGV, 4 do
  redis.call('XADD', KEYS[2], '*', 'seq', ARGV[i], 'prev', ARGV[i + 1], 'hash', ARGV[i + 2], 'line', ARGV[i + 3])
  redis.call('HSET', KEYS[4], 'seq', ARGV[i], 'hash', ARGV[i + 2])
end
local place = redis.call('HGET', KEYS[1], 'place') or ''
if place ~= ARGV[6] then
  if place ~= '' then redis.call('ZREM', place, ARGV[3]) end
  local since = ARGV[7] ~= '' and ARGV[7] or redis.call('INCR', KEYS[5])
  if ARGV[6] ~= '' then redis.call('ZADD', ARGV[6], since, ARGV[3]) end
end
redis.call('HSET', KEYS[1], 'revision', ARGV[1] + 1, 'record', ARGV[2], 'place', ARGV[6])
for _, row in ipairs(cjson.decode(ARGV[4])) do redis.call('HSET', KEYS[3], row, ARGV[3]) end
return 'written'`;

/** Keeps a hint, unless its event was judged before; tells whether it was kept. What was kept for a while only stays. */
const HINT = `
if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])
redis.call('PERSIST', KEYS[2])
return 1`;

/**
 * Whether a message is the first of those that came at once; each later one makes the time of coming at once longer. The
 * message that was the first stays the first, however often it is asked. Forgotten after an hour.
 */
const FIRST = `
local known = redis.call('HMGET', KEYS[1], 'marker', 'at')
if known[1] == ARGV[1] then return 1 end
local atOnce = known[1] and math.abs(tonumber(ARGV[2]) - tonumber(known[2])) <= tonumber(ARGV[3])
if atOnce then redis.call('HSET', KEYS[1], 'at', ARGV[2])
else redis.call('HSET', KEYS[1], 'marker', ARGV[1], 'at', ARGV[2]) end
redis.call('EXPIRE', KEYS[1], 3600)
return atOnce and 0 or 1`;

/** Keeps a card's task and the ways back to the card, unless somebody else has kept it since. */
const TASK = `
local kept = redis.call('HGET', KEYS[1], ARGV[1])
local revision = kept and cjson.decode(kept).revision or 0
if revision ~= tonumber(ARGV[2]) then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
for i = 4, #ARGV do redis.call('HSET', KEYS[2], ARGV[i], ARGV[1]) end
return 1`;

/** Drops a request if it is still the one that was answered. */
const ANSWERED = `
if redis.call('HGET', KEYS[1], ARGV[1]) == ARGV[2] then redis.call('HDEL', KEYS[1], ARGV[1]) end
return 1`;

/** Puts a message's next state in the place of the one that was read, or takes it away, and notes what was sent in the same step. */
const LETTER = `
if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then return 0 end
for i = 4, #ARGV, 2 do redis.call('HSET', KEYS[2], ARGV[i], ARGV[i + 1]) end
if ARGV[3] == '' then redis.call('HDEL', KEYS[1], ARGV[1]) else redis.call('HSET', KEYS[1], ARGV[1], ARGV[3]) end
return 1`;

/** Puts the next in the place of what was read, if it is still there. */
const REPLACE = `
if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
return 1`;

/** The scripts as commands of the connection. */
export type Scripted = RedisClient & {
  faseportCommit(...args: readonly string[]): Promise<"written" | "overtaken" | "head moved">;
  faseportHint(...args: readonly string[]): Promise<number>;
  faseportFirst(...args: readonly string[]): Promise<0 | 1>;
  faseportAnswered(...args: readonly string[]): Promise<number>;
  faseportTask(...args: readonly string[]): Promise<number>;
  faseportLetter(...args: readonly string[]): Promise<0 | 1>;
  faseportReplace(...args: readonly string[]): Promise<0 | 1>;
};

/** Makes the scripts known to the connection: sent once, then called by their hash. */
export function withScripts(redis: RedisClient): Scripted {
  redis.defineCommand("faseportCommit", { numberOfKeys: 5, lua: COMMIT });
  redis.defineCommand("faseportHint", { numberOfKeys: 2, lua: HINT });
  redis.defineCommand("faseportFirst", { numberOfKeys: 1, lua: FIRST });
  redis.defineCommand("faseportAnswered", { numberOfKeys: 1, lua: ANSWERED });
  redis.defineCommand("faseportTask", { numberOfKeys: 2, lua: TASK });
  redis.defineCommand("faseportLetter", { numberOfKeys: 2, lua: LETTER });
  redis.defineCommand("faseportReplace", { numberOfKeys: 1, lua: REPLACE });
  return redis as Scripted;
}
