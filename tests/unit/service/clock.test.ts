// SPDX-License-Identifier: EUPL-1.2
/** The clock port: what it shows, and what it says when it has been moved. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it, vi } from "vitest";
import { RetryLater } from "../../../src/core/errors.ts";
import { clockOf, watchClock } from "../../../src/service/clock.ts";

const HOUR = 3_600_000;
const ending: (() => void)[] = [];
afterEach(() => {
  for (const end of ending.splice(0)) end();
});

/** A clock on the wire that a test can move, or break. */
async function serveClock() {
  const clock = { aheadMs: 0, isAway: false, reads: 0 };
  const server = createServer((_request, response) => {
    clock.reads += 1;
    if (clock.isAway) return void response.writeHead(503).end();
    response.end(JSON.stringify({ now: new Date(Date.now() + clock.aheadMs).toISOString() }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  ending.push(() => server.close());
  const setting = { kind: "url", url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` } as const;
  return { clock, setting };
}

async function watched(setting: Parameters<typeof watchClock>[0], moved: () => Promise<void>): Promise<void> {
  ending.push(await watchClock(setting, moved));
}

describe("a clock that can be moved", () => {
  it("tells each time it is moved, once, and not of the time that passes by itself", async () => {
    const { clock, setting } = await serveClock();
    const moved = vi.fn(async () => {});
    await watched(setting, moved);
    const readsOnce = async () => {
      const { reads } = clock;
      await vi.waitFor(() => expect(clock.reads).toBeGreaterThan(reads + 2), { timeout: 15_000 });
    };
    await readsOnce();
    expect(moved).not.toHaveBeenCalled();
    clock.aheadMs = HOUR;
    await vi.waitFor(() => expect(moved).toHaveBeenCalledOnce(), { timeout: 15_000 });
    await readsOnce();
    expect(moved).toHaveBeenCalledOnce();
    clock.aheadMs = 2 * HOUR;
    await vi.waitFor(() => expect(moved).toHaveBeenCalledTimes(2), { timeout: 15_000 });
  });

  it("tells again until it could be acted on, also when the clock was away meanwhile", async () => {
    const { clock, setting } = await serveClock();
    const moved = vi.fn(async () => {});
    moved.mockRejectedValueOnce(new Error("Redis is away"));
    await watched(setting, moved);
    clock.isAway = true;
    clock.aheadMs = HOUR;
    const { reads } = clock;
    await vi.waitFor(() => expect(clock.reads).toBeGreaterThan(reads + 1), { timeout: 15_000 });
    expect(moved).not.toHaveBeenCalled();
    clock.isAway = false;
    await vi.waitFor(() => expect(moved).toHaveBeenCalledTimes(2), { timeout: 15_000 });
  });

  it("throws RetryLater when it cannot be read: no judgement without a time", async () => {
    const { clock, setting } = await serveClock();
    clock.isAway = true;
    await expect(clockOf(setting)()).rejects.toBeInstanceOf(RetryLater);
    await expect(watchClock(setting, async () => {})).rejects.toBeInstanceOf(RetryLater);
  });
});

it("a clock that nobody can move is not watched", async () => {
  const timers = vi.spyOn(globalThis, "setInterval");
  ending.push(() => timers.mockRestore());
  await watched({ kind: "system" }, async () => {});
  await watched({ kind: "offset", ms: HOUR }, async () => {});
  expect(timers).not.toHaveBeenCalled();
  expect((await clockOf({ kind: "offset", ms: HOUR })()).getTime()).toBeGreaterThan(Date.now() + HOUR - 1_000);
});
