// SPDX-License-Identifier: EUPL-1.2
/** An upgrade that changes the ledger's form: each step is done once, in order, whoever dies at it; a newer ledger is left alone. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { Redis } from "ioredis";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Bug, Permanent } from "../../src/core/errors.ts";
import { bringUpToDate, LEDGER_VERSION, ledgerVersion, mustUnderstand, type Steps } from "../../src/ledger/version.ts";
import { createSandbox } from "../../src/sandbox/sandbox.ts";
import { startRedis, type TestRedis } from "../redis-server.ts";
import { model, municipalityPath, start } from "./house.ts";

let store: TestRedis;
let redis: Redis;
let count = 0;
beforeAll(async () => {
  store = await startRedis();
  redis = new Redis(store.connection);
});
afterAll(async () => {
  redis.disconnect();
  await store.close();
});

/** A ledger of the first version that knows something, as one that was there before versions were noted. */
async function oldLedger(): Promise<string> {
  count += 1;
  const prefix = `version-${count}`;
  await redis.hset(`${prefix}:notes`, "adopted-at", '"2026-01-01T00:00:00.000Z"');
  return prefix;
}

/** Invented steps that write down that they were done. */
function invented(said: string[]): Steps {
  return {
    1: async (client, prefix) => {
      said.push("1 to 2");
      await client.hset(`${prefix}:notes`, "invented", '"second"');
    },
    2: async () => void said.push("2 to 3"),
  };
}

it("a new ledger is of today's version, and nothing is done to it", async () => {
  expect(await bringUpToDate(redis, "new")).toBe(LEDGER_VERSION);
  expect(await ledgerVersion(redis, "new")).toBe(LEDGER_VERSION);
});

it("a ledger of before versions were noted is of the first", async () => {
  const prefix = await oldLedger();
  expect(await bringUpToDate(redis, prefix)).toBe(1);
  expect(await ledgerVersion(redis, prefix)).toBe(LEDGER_VERSION);
});

it("every step is done once and in order, though five processes begin at once", async () => {
  const prefix = await oldLedger();
  const said: string[] = [];
  const form = { version: 3, steps: invented(said) };
  const clients = Array.from({ length: 5 }, () => new Redis(store.connection));
  await Promise.all(clients.map((client) => bringUpToDate(client, prefix, form)));
  for (const client of clients) client.disconnect();
  expect(said).toEqual(["1 to 2", "2 to 3"]);
  expect(await ledgerVersion(redis, prefix)).toBe(3);
  expect(await redis.hget(`${prefix}:notes`, "invented")).toBe('"second"');
  expect(await bringUpToDate(redis, prefix, form)).toBe(3);
  expect(said.length).toBe(2);
});

it("a step that fails is done again by the next start, and those before it are not", async () => {
  const prefix = await oldLedger();
  const said: string[] = [];
  const dying: Steps = { ...invented(said), 2: () => Promise.reject(new Error("out of power")) };
  await expect(bringUpToDate(redis, prefix, { version: 3, steps: dying })).rejects.toThrow("out of power");
  expect(await ledgerVersion(redis, prefix)).toBe(2);
  await bringUpToDate(redis, prefix, { version: 3, steps: invented(said) });
  expect(said).toEqual(["1 to 2", "2 to 3"]);
});

it("a step that is missing is our mistake, and nothing is noted", async () => {
  const prefix = await oldLedger();
  await expect(bringUpToDate(redis, prefix, { version: 2, steps: {} })).rejects.toThrow(Bug);
  expect(await ledgerVersion(redis, prefix)).toBeNull();
});

it("there is a step for every version that there has been", async () => {
  const prefix = await oldLedger();
  await bringUpToDate(redis, prefix);
  expect(await ledgerVersion(redis, prefix)).toBe(LEDGER_VERSION);
});

it("a newer ledger is refused and left as it is, also by the service itself", async () => {
  const newer = JSON.stringify(LEDGER_VERSION + 1);
  await redis.hset("faseport:notes", "ledger-version", newer);
  await expect(bringUpToDate(redis, "faseport")).rejects.toThrow(Permanent);
  await expect(mustUnderstand(redis, "faseport")).rejects.toThrow(/start the newer Faseport again/u);
  const sandbox = await createSandbox({ ...model, start });
  const { path } = store.connection as { path: string };
  const env = { ...sandbox.environment(), REDIS_URL: `unix://${path}`, FASEPORT_KOMMUNE: municipalityPath, PORT: "0" };
  const child = spawn(process.execPath, ["src/main.ts"], { env, stdio: ["ignore", "ignore", "pipe"] });
  const said = child.stderr.toArray();
  const [code] = await once(child, "exit");
  await sandbox.close();
  expect([code, Buffer.concat(await said).toString()]).toEqual([
    1,
    expect.stringContaining("start the newer Faseport"),
  ]);
  expect(sandbox.notion.calls).toEqual([]);
  expect(await redis.hget("faseport:notes", "ledger-version")).toBe(newer);
});
