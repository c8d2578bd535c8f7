// SPDX-License-Identifier: EUPL-1.2
/** The budget's rule, as one step inside Redis: its clock and its counts are the same for every process. */
import type { RedisClient } from "../redis/client.ts";

/** A window is counted in this many parts; what a part holds is given back when the whole part is out of the window. */
export const PARTS = 60;

/** Of each hundred units, so many are kept for interactive requests. */
const RESERVE_PERCENT = 5;

/**
 * Takes what a request needs from every window, or says how long to wait. Nothing is taken unless all have room.
 *
 * Counted is every part that may still lie within the remote side's window, wherever that begins: a fixed window and a
 * sliding one are both respected. Background leaves a reserve, takes the first half of its share as it comes, and spreads
 * the rest evenly over the time until the oldest part is given back, so that there is nearly always room for a person.
 *
 * KEYS: the stop, the promise, then one hash per window. ARGV: now in ms ("" for Redis's own clock), "background" or not,
 * patience in ms, then limit, length in ms and need of each window.
 * Answers {0} when taken, else {ms to wait, the window's number; 0 for a stop}.
 */
const SPEND = `
local now = tonumber(ARGV[1])
if not now then
  local time = redis.call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end
local background, patience = ARGV[2] == 'background', tonumber(ARGV[3])
local stopped = tonumber(redis.call('GET', KEYS[1]) or '0')
if stopped > now then return { math.ceil(stopped - now), 0 } end

local wait, cause, spacing = 0, 0, 0
for i = 1, #KEYS - 2 do
  local limit, length, need = tonumber(ARGV[3 * i + 1]), tonumber(ARGV[3 * i + 2]), tonumber(ARGV[3 * i + 3])
  if need > 0 then
    local width = length / ${PARTS}
    local part = math.floor(now / width)
    local count, oldest, last = 0, part, 0
    local fields = redis.call('HGETALL', KEYS[i + 2])
    for f = 1, #fields, 2 do
      if fields[f] == 'last' then last = tonumber(fields[f + 1])
      elseif tonumber(fields[f]) < part - ${PARTS} then redis.call('HDEL', KEYS[i + 2], fields[f])
      else
        count = count + tonumber(fields[f + 1])
        oldest = math.min(oldest, tonumber(fields[f]))
      end
    end
    local share = limit
    if background then share = math.max(1, math.floor(limit * ${100 - RESERVE_PERCENT} / 100)) end
    local back = (oldest + ${PARTS} + 1) * width
    local at = now
    if count > 0 and count + need > share then at = back
    elseif background and count >= share / 2 then
      local left = (share - count) / need
      at = (back + left * last) / (left + 1)
    end
    if at - now > wait then wait, cause = at - now, i end
    spacing = math.max(spacing, length * need / share)
  end
end

if wait > 0 then
  wait = math.max(1, math.ceil(wait))
  -- Whoever has to leave is told to come back at a time of its own, for thousands may be leaving.
  if background and wait > patience then
    local promised = math.max(now + wait, tonumber(redis.call('GET', KEYS[2]) or '0') + spacing)
    redis.call('SET', KEYS[2], promised, 'PX', math.ceil(promised - now + spacing))
    wait = math.ceil(promised - now)
  end
  return { wait, cause }
end
for i = 1, #KEYS - 2 do
  local length, need = tonumber(ARGV[3 * i + 2]), tonumber(ARGV[3 * i + 3])
  if need > 0 then
    redis.call('HINCRBY', KEYS[i + 2], math.floor(now / (length / ${PARTS})), need)
    if background then redis.call('HSET', KEYS[i + 2], 'last', now) end
    redis.call('PEXPIRE', KEYS[i + 2], length * 2)
  end
end
return { 0, 0 }`;

/** Stops everyone until a time, unless a later one is known already. KEYS: the stop. ARGV: now or "", ms. */
const STOP = `
local now = tonumber(ARGV[1])
if not now then
  local time = redis.call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end
local till = now + tonumber(ARGV[2])
if till <= tonumber(redis.call('GET', KEYS[1]) or '0') then return 0 end
redis.call('SET', KEYS[1], till, 'PX', math.max(1, math.ceil(tonumber(ARGV[2]))))
return 1`;

/** The scripts as commands of the connection. */
export type Scripted = RedisClient & {
  faseportSpend(keys: number, ...args: readonly string[]): Promise<readonly [waitMs: number, window: number]>;
  faseportStop(...args: readonly string[]): Promise<number>;
};

/** Makes the scripts known to the connection: sent once, then called by their hash. */
export function withScripts(redis: RedisClient): Scripted {
  redis.defineCommand("faseportSpend", { lua: SPEND });
  redis.defineCommand("faseportStop", { numberOfKeys: 1, lua: STOP });
  return redis as Scripted;
}
