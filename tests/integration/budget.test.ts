// SPDX-License-Identifier: EUPL-1.2
/** The API budget: what a change costs, own echoes included (ARCHITECTURE's table; ADR 6 says why GitHub is read first). */
import { expect, it } from "vitest";
import { countCalls } from "../bench/calls.ts";
import { countFill } from "../bench/fill.ts";

it("a change costs what the budget says, and the service's own writes come back as no work (case 38, I5)", async () => {
  const counted = (await countCalls()).map(({ what, notion, github }) => [what, notion, github]);
  expect(counted).toEqual([
    ["refused move", 3, 0],
    ["tick registered", 4, 2],
    ["accepted move through a gate, one body", 5, 2],
    ["accepted move without gates", 3, 2],
    ["label moved by a developer, gate closed", 0, 3],
    ["a field that changes nothing else", 1, 0],
    ["own echo", 0, 0],
  ]);
});

it("a whole board costs one write a card and side the first time, and only the lists when nothing has changed", async () => {
  const { first, again } = await countFill(120);
  expect(first.issues).toBe(120);
  expect(first.notion).toBeLessThanOrEqual(2 + 120);
  expect(first.github).toBeLessThanOrEqual(2 + 120);
  expect(again.notion).toBeLessThanOrEqual(3);
  expect(again.github).toBeLessThanOrEqual(2);
});
