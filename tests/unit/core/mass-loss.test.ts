// SPDX-License-Identifier: EUPL-1.2
/** When cards without their phase are a mass loss, and which cards have lost it (case 14). */
import { describe, expect, it } from "vitest";
import { enoughStanding, hasLostPhase, isMassLoss } from "../../../src/core/mass-loss.ts";
import { model } from "./fixtures.ts";

describe("more than 5 cards, or more than 20 % of those that stand in a phase", () => {
  it.each<[lost: number, standing: number, isMass: boolean]>([
    [0, 0, false],
    [0, 40, false],
    [1, 40, false],
    [1, 1, false], // one alone never is
    [1, 3, false],
    [2, 2, true],
    [2, 9, true],
    [2, 10, false], // just a fifth
    [3, 14, true],
    [3, 15, false],
    [5, 24, true],
    [5, 25, false],
    [5, 10_000, false],
    [6, 10_000, true],
    [30, 60, true],
  ])("%i of %i: %s", (lost, standing, isMass) => {
    expect(isMassLoss(model, lost, standing)).toBe(isMass);
  });

  it("counting may stop at `enoughStanding`: the answer is the same", () => {
    for (let lost = 0; lost <= 8; lost += 1) {
      const enough = enoughStanding(model, lost);
      for (let standing = lost; standing <= 60; standing += 1)
        expect(isMassLoss(model, lost, Math.min(standing, enough))).toBe(isMassLoss(model, lost, standing));
    }
  });

  it("the numbers are the rules'", () => {
    const strict = { ...model, rules: { ...model.rules, massLoss: { cards: 2, percent: 50 } } };
    expect([isMassLoss(strict, 3, 1000), isMassLoss(strict, 2, 5), isMassLoss(strict, 2, 3)]).toEqual([
      true,
      false,
      true,
    ]);
  });
});

describe("a card has lost its phase when nothing else of its place was changed", () => {
  const active = { position: { state: "active", phase: "test" } } as const;
  const seen = { state: "active", phase: null, inTrash: false } as const;
  it.each<[what: string, accepted: typeof active | object, change: object, lost: boolean]>([
    ["emptied", active, {}, true],
    ["emptied, and its state with it", active, { state: null }, true],
    ["emptied while parked", { position: { state: "parked", phase: "test" } }, { state: "parked" }, true],
    ["emptied and sent to the idea bank: that is somebody's act", active, { state: "idea" }, false],
    ["emptied and parked in one", active, { state: "parked" }, false],
    ["as it stood", active, { phase: "test" }, false],
    ["in an unknown column", active, { phase: { unknown: "6. Færdig" } }, false],
    ["in the bin", active, { inTrash: true }, false],
    ["moved away", active, { elsewhere: true }, false],
    ["an idea has none to lose", { position: { state: "idea", phase: null } }, { state: "idea" }, false],
  ])("%s", (_, accepted, change, lost) => {
    const card = { ...seen, ...change } as unknown as Parameters<typeof hasLostPhase>[1];
    expect(hasLostPhase(accepted as Parameters<typeof hasLostPhase>[0], card)).toBe(lost);
  });
});
