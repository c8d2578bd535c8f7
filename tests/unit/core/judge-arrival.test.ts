// SPDX-License-Identifier: EUPL-1.2
/** Cards that the ledger does not know (T13, T14; cases 12, 27–29, 32). */
import { describe, expect, it } from "vitest";
import type { CardSeen } from "../../../src/core/card.ts";
import { judge } from "../../../src/core/judge.ts";
import { judgeArrival } from "../../../src/core/judge-arrival.ts";
import type { StateKey } from "../../../src/model/rules.ts";
import { anders, card, model, now, observation } from "./fixtures.ts";

type Shown = readonly [state: StateKey | null, phase: CardSeen["phase"]];
const idea = "idea -";
const unknown = { unknown: "6. Måske" };

/** What the card claims, and where it stands: as a political card, as an everyday one, and as one from before. */
const arrivals: readonly (readonly [Shown, gated: string, free: string, before: string])[] = [
  [["idea", null], idea, idea, idea],
  [[null, null], idea, idea, idea],
  [["active", null], idea, idea, idea],
  [["parked", null], idea, idea, idea],
  [["active", "udforsk"], `${idea} A12`, "active udforsk", "active udforsk"],
  [["idea", "udforsk"], `${idea} A12`, "active udforsk", "active udforsk"],
  [[null, "implementer"], `${idea} A12`, "active implementer", "active implementer"],
  [["active", "implementer"], `${idea} A12`, "active implementer", "active implementer"],
  [["parked", "test"], `${idea} A12`, "parked test", "parked test"],
  [["closed", "foelg-op"], `${idea} A12`, "closed foelg-op", "closed foelg-op"],
  [["closed", null], `${idea} A12`, "closed -", "closed -"],
  [["active", unknown], `${idea} A20`, `${idea} A20`, idea],
  [["idea", unknown], `${idea} A20`, `${idea} A20`, idea],
];

describe.each(arrivals)("shown as %j", ([state, phase], gated, free, before) => {
  const arrive = (track: string | null, change: { beforeService?: boolean; isCopy?: boolean } = {}) => {
    const { settled, refusal } = judgeArrival(model, {
      card: { state, phase, track },
      beforeService: false,
      isCopy: false,
      ...change,
    });
    return `${settled.state} ${settled.phase ?? "-"}${refusal ? ` ${refusal.id}` : ""}`;
  };
  it(`political: ${gated}`, () => expect(arrive("politisk")).toBe(gated));
  it("an empty track counts as political", () => expect(arrive(null)).toBe(gated));
  it(`everyday: ${free}`, () => expect(arrive("hverdag")).toBe(free));
  it(`from before the service: ${before}`, () => expect(arrive("politisk", { beforeService: true })).toBe(before));
  it("copied: to the idea bank, A28", () => {
    expect(arrive("politisk", { isCopy: true })).toBe(`${idea} A28`);
    expect(arrive("hverdag", { isCopy: true, beforeService: true })).toBe(`${idea} A28`);
  });
});

describe("the whole of an arrival", () => {
  const arrived = (seen: Partial<CardSeen>, change = {}) =>
    judge(model, null, observation({ card: card(seen), previous: null, ...change }));

  it("an idea gets a row for G0 per body, and nothing is said", () => {
    const { next, tells } = arrived({ state: "idea", phase: null });
    expect(next.decisions.map(({ gate, body, row }) => [gate, body, row])).toEqual([["G0", "udi", null]]);
    expect(tells).toEqual([]);
  });

  it("a political card in phase 4 goes to the idea bank, and whoever made it is told (27)", () => {
    const { next, tells } = arrived({ phase: "implementer" });
    expect(next.position).toEqual({ state: "idea", phase: null });
    expect(tells.map(({ message, mentions }) => [message.id, mentions])).toEqual([["A12", [anders]]]);
  });

  it("an everyday card in phase 4 stays there and has no decisions (28)", () => {
    const { next, tells } = arrived({ phase: "implementer", track: "hverdag" });
    expect(next.position).toEqual({ state: "active", phase: "implementer" });
    expect([next.decisions, tells]).toEqual([[], []]);
  });

  it("a card from before the service stays, says nothing, and is asked only for the gate ahead (32)", () => {
    const { next, tells } = arrived({ phase: "implementer" }, { beforeService: true });
    expect(next.position).toEqual({ state: "active", phase: "implementer" });
    expect(next.decisions.map(({ gate }) => gate)).toEqual(["G4"]);
    expect(tells).toEqual([]);
  });

  it("an unknown column is named (12)", () => {
    const { tells } = arrived({ phase: unknown });
    expect(tells.map(({ message }) => message)).toEqual([
      {
        id: "A20",
        params: { fra: "Idébank", ukendt: "6. Måske", faser: "Udforsk, Nytænk, Test, Implementer og Følg op" },
      },
    ]);
  });

  it("a card that lies in the bin when it is first seen has arrived too, and is taken up where it belongs", () => {
    const { next } = arrived({ phase: "implementer", inTrash: true });
    expect(next).toMatchObject({ trashed: true, track: "politisk", bodies: ["udi"] });
    const back = judge(model, next, observation({ card: card({ phase: "implementer" }), now }));
    expect(back.next).toMatchObject({ trashed: false, position: { state: "idea", phase: null } });
    const everyday = arrived({ phase: "implementer", track: "hverdag", inTrash: true });
    expect(everyday.next.position).toEqual({ state: "active", phase: "implementer" });
  });
});
