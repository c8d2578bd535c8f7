// SPDX-License-Identifier: EUPL-1.2
/** Redis away: the sender is told to come again, at once, and the event is not lost. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { board, type House, openHouse, people } from "./house.ts";

let house: House;
beforeAll(async () => {
  house = await openHouse();
}, 60_000);
afterAll(() => house.close());

it("answers 503 while Redis is away, is not ready, and judges the redelivered event when it is back", async () => {
  const on = board(house);
  const url = house.service().url;
  await house.stopRedis();
  on.drag(people.anders, "INNO-3", "2. Nytænk");
  expect((await fetch(`${url}/livez`)).status).toBe(200);
  await expect.poll(async () => (await fetch(`${url}/readyz`)).status).toBe(503);
  expect(on.field("INNO-3", "Fase")).toBe("2. Nytænk");
  await house.startRedisAgain();
  await expect.poll(() => on.field("INNO-3", "Fase"), { timeout: 20_000, interval: 50 }).toBe("1. Udforsk");
  await house.quiet();
  expect(on.said("INNO-3")).toEqual(["A01"]);
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
}, 60_000);
