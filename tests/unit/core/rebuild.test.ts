// SPDX-License-Identifier: EUPL-1.2
/** What is taken over from a board whose ledger was lost (case 37): which yes is believed, and that every doubt closes a gate. */
import { describe, expect, it } from "vitest";
import type { DecisionSeen } from "../../../src/core/decision.ts";
import { gateFacts } from "../../../src/core/gate.ts";
import { confirmedBy, type Doubt, rebuild } from "../../../src/core/rebuild.ts";
import {
  accepted,
  anders,
  bodil,
  COUNCIL,
  card,
  ELDERLY,
  mette,
  model,
  now,
  ole,
  row,
  sanne,
  self,
  UDI,
} from "./fixtures.ts";

const confirmed = { position: { state: "active", phase: "udforsk" }, track: "politisk", passage: 1 } as const;
const seen = card({ state: "active", phase: "udforsk", bodies: [UDI] });

/** A row as the service leaves it after Mette's yes of last week. */
const yes = (change: Partial<DecisionSeen> = {}) =>
  row({
    id: "row-1",
    cards: [seen.id],
    gate: "G1",
    body: UDI,
    passage: 1,
    status: "approved",
    box: true,
    registeredBy: [mette],
    registeredAt: "2026-11-20",
    createdBy: self,
    lastEditedBy: self,
    ...change,
  });

const rebuilt = (rows: readonly DecisionSeen[], change: Partial<Parameters<typeof rebuild>[1]> = {}) =>
  rebuild(model, { card: seen, confirmed, rows, self, now, ...change });

/** The bodies whose yes opens the gate ahead, by the very rule that a move is judged by. */
function opening(rows: readonly DecisionSeen[], change: Partial<Parameters<typeof rebuild>[1]> = {}) {
  const taken = accepted({ ...confirmed, ...rebuilt(rows, change).accepted });
  return gateFacts(model, taken, "udforsk", seen.fields, now)?.yes;
}

it("a yes as the service left it counts, and keeps who gave it and when", () => {
  const [decision] = rebuilt([yes()]).accepted.decisions;
  expect(decision?.registration).toMatchObject({ by: [mette], at: "2026-11-20T12:00:00.000Z" });
  expect(decision?.row).toBe("row-1");
  expect(opening([yes()])).toEqual([UDI]);
});

it.each([mette, ole])(
  "an approver may have edited the row last: alone, that person can say yes anyway",
  (lastEditedBy) => {
    expect(opening([yes({ lastEditedBy })])).toEqual([UDI]);
  },
);

const doubted: readonly (readonly [string, Partial<DecisionSeen>, Doubt | null])[] = [
  ["edited last by the secretary", { lastEditedBy: sanne }, "edited since"],
  ["edited last by another committee's chair", { lastEditedBy: bodil }, "edited since"],
  ["not ticked any more", { box: false }, "not ticked"],
  ["ticked, and nobody registered", { registeredBy: [] }, "not ticked"],
  ["registered by somebody who is no approver", { registeredBy: [sanne] }, "no approver"],
  ["registered by an approver and somebody else", { registeredBy: [mette, sanne] }, "no approver"],
  ["registered before the approver's term", { registeredAt: "2025-12-31" }, "no approver"],
  ["registered by the card's owner", { registeredBy: [anders] }, "no approver"],
  ["registered by somebody disqualified", { disqualified: [mette] }, "no approver"],
  ["registered on no day", { registeredAt: null }, "no day"],
  ["registered tomorrow", { registeredAt: "2026-11-24" }, "no day"],
  ["with another status", { status: "ready" }, "not the last word"],
  ["with a decision that says otherwise", { outcome: "Ikke godkendt" }, "not the last word"],
  ["a committee's recommendation", { outcome: "Anbefalet videre" }, "not the last word"],
  ["made by hand", { createdBy: anders }, null],
  ["in the bin", { inTrash: true }, null],
  ["of another card too", { cards: [seen.id, "another"] }, null],
  ["of another card", { cards: ["another"] }, null],
  ["of a passage that has not begun", { passage: 2 }, null],
  ["of no gate", { gate: null }, null],
];

it.each(doubted)("a yes %s opens nothing, and is named", (_what, change, doubt) => {
  const rows = [yes(change)];
  expect(opening(rows)).toEqual([]);
  expect(rebuilt(rows).doubts.map((it) => it.doubt)).toEqual(doubt === null ? [] : [doubt]);
});

it("of two rows for one decision neither is believed", () => {
  expect(opening([yes(), yes({ id: "row-2" })])).toEqual([]);
});

it("a yes of an earlier passage, or for a gate behind, opens nothing and keeps who gave it", () => {
  const later = { confirmed: { ...confirmed, passage: 2 } };
  expect(opening([yes()], later)).toEqual([]);
  expect(rebuilt([yes()], later).accepted.decisions[0]).toMatchObject({ ended: "void", registration: { by: [mette] } });
  expect(rebuilt([yes({ gate: "G0", status: "used" })]).accepted.decisions[0]).toMatchObject({ ended: "used" });
});

it("a passage that was begun and undone is not begun again: its rows still stand there", () => {
  const rows = [
    yes(),
    yes({ id: "row-3", passage: 3, status: "void" }),
    yes({ id: "a copy", passage: 9, createdBy: anders }),
  ];
  expect(rebuilt(rows).accepted.passagesBegun).toBe(3);
  expect(rebuilt([]).accepted.passagesBegun).toBe(1);
});

it("a yes taken back behind a passed gate still keeps the next one closed (B06)", () => {
  const rows = [yes(), yes({ id: "row-0", gate: "G0", status: "used", box: false })];
  expect(rebuilt(rows).accepted.decisions[1]).toMatchObject({ ended: "used", disputed: true });
  expect(opening(rows)).toEqual([]);
});

describe("what somebody took away while nobody looked", () => {
  const waiting = (change: Partial<DecisionSeen>) =>
    yes({ status: "waiting", box: false, registeredBy: [], registeredAt: null, ...change });

  it("a body with an open row still decides", () => {
    expect(rebuilt([yes(), waiting({ id: "row-2", body: ELDERLY })]).accepted.bodies).toEqual([UDI, ELDERLY]);
  });

  it("also when its row was made to look as if it had ended", () => {
    const ended = waiting({ id: "row-2", body: ELDERLY, status: "void", lastEditedBy: anders });
    expect(rebuilt([yes(), ended]).accepted.bodies).toEqual([UDI, ELDERLY]);
    expect(rebuilt([yes(), { ...ended, lastEditedBy: self }]).accepted.bodies).toEqual([UDI]);
  });

  it("the council's open row says that the card asked for money", () => {
    const test = { confirmed: { ...confirmed, position: { state: "active", phase: "test" } as const } };
    const taken = rebuilt([waiting({ gate: "G3", body: COUNCIL })], test).accepted;
    expect([taken.bodies, taken.needsFunding]).toEqual([[UDI], true]);
  });

  it("an open row says that the card is on a track with gates", () => {
    const everyday = { confirmed: { ...confirmed, track: "hverdag" } };
    expect(rebuilt([waiting({})], everyday).accepted.track).toBe("politisk");
    expect(rebuilt([], everyday).accepted.track).toBe("hverdag");
  });
});

describe("where the card stood", () => {
  const text = (phase: string) => `… [${phase} active politisk 1]`;
  it.each([
    ["test", "test", "test"],
    ["implementer", "udforsk", "udforsk"],
    ["udforsk", "implementer", "udforsk"],
    ["test", null, "test"],
  ])("on the card %s, on the task %s: %s", (onCard, onTask, phase) => {
    expect(confirmedBy(model, text(onCard), onTask)?.position.phase).toBe(phase);
  });
});
