// SPDX-License-Identifier: EUPL-1.2
/** DOMAIN 4 as a table: every accepted position against every position on the board. */
import { describe, expect, it } from "vitest";
import type { Position } from "../../../src/core/card.ts";
import type { GateFacts } from "../../../src/core/gate.ts";
import { judgeMove, type MoveFacts, type MoveRule } from "../../../src/core/judge-move.ts";
import { type StateKey, stateKeys } from "../../../src/model/rules.ts";
import { COUNCIL, ELDERLY, model, UDI } from "./fixtures.ts";

type Place = `${StateKey}${"" | ` ${0 | 1 | 2 | 3 | 4 | 5 | "?"}`}`;

/** "active 2": state and the phase's number; 0 an empty phase, "?" a phase the model does not have. */
function place(text: Place): MoveFacts["to"] & { state: StateKey } {
  const [state = "idea", phase = "0"] = text.split(" ") as [StateKey, string?];
  if (phase === "?") return { state, phase: { unknown: "6. Måske" } };
  return { state, phase: model.phases[Number(phase) - 1]?.key ?? null };
}

function nameOf({ state, phase }: Position): string {
  const index = model.phases.findIndex(({ key }) => key === phase);
  return `${state} ${index + 1}`;
}

const open: GateFacts = { gaps: [], otherwise: null, yes: [UDI], missing: [], extra: null, withoutMeeting: [] };
const gap = { field: "Idé til test", filled: true } as const;

/** The gate (and the closing) as the table's columns know it. */
const gates = {
  open,
  gaps: { ...open, gaps: [gap] },
  "nobody yet": { ...open, yes: [], missing: [UDI] },
  "some yes": { ...open, missing: [ELDERLY] },
} as const satisfies Record<string, GateFacts>;
type Gate = keyof typeof gates | "free";

function facts(from: Place, to: Place, gate: Gate, change: Partial<MoveFacts> = {}): MoveFacts {
  const start = place(from);
  const is = gate === "free" ? "nobody yet" : gate;
  return {
    from: { state: start.state, phase: typeof start.phase === "string" ? start.phase : null },
    to: place(to),
    gated: gate !== "free",
    startAnywhere: gate === "free",
    gate: start.phase === "foelg-op" ? null : gates[is],
    closing: { gaps: is === "gaps" ? [gap] : [], missing: is === "open" ? [] : gates[is].missing },
    undo: null,
    ...change,
  };
}

/** `=`: stays where it was accepted. */
type Row = readonly [from: Place, to: Place, gate: Gate | "any", rules: string, settled: Place | "=", message: string];

const moves: readonly Row[] = [
  // T1: out of the idea bank
  ["idea 0", "idea 0", "any", "T18", "=", ""],
  ["idea 0", "active 1", "open", "T1", "active 1", ""],
  ["idea 0", "idea 1", "open", "T1", "active 1", ""],
  ["idea 0", "active 1", "free", "T1", "active 1", ""],
  ["idea 0", "active 1", "gaps", "T3", "=", "A03"],
  ["idea 0", "active 1", "nobody yet", "T3", "=", "A01"],
  ["idea 0", "active 1", "some yes", "T3", "=", "A04"],
  ["idea 0", "idea 1", "nobody yet", "T3", "=", "A01"],
  ["idea 0", "active 3", "open", "T4", "=", "A02"],
  ["idea 0", "active 3", "free", "T14", "active 3", ""],
  ["idea 0", "idea 3", "free", "T14", "active 3", ""],
  ["idea 0", "active 0", "any", "T6", "=", "A13"],
  ["idea 0", "parked 0", "any", "T6", "=", "A12"],
  ["idea 0", "parked 2", "any", "T6", "=", "A12"],
  ["idea 0", "active ?", "any", "A20", "=", "A20"],
  ["idea 0", "closed 0", "open", "T11", "closed 0", ""],
  ["idea 0", "closed 0", "gaps", "T11", "=", "A16"],
  ["idea 0", "closed 0", "free", "T11", "closed 0", ""],
  // T2, T3: one phase forward
  ["active 1", "active 2", "open", "T2", "active 2", ""],
  ["active 1", "active 2", "free", "T2", "active 2", ""],
  ["active 1", "active 2", "gaps", "T3", "=", "A03"],
  ["active 1", "active 2", "nobody yet", "T3", "=", "A01"],
  ["active 1", "active 2", "some yes", "T3", "=", "A04"],
  ["active 4", "active 5", "open", "T2", "active 5", ""],
  ["active 4", "active 5", "some yes", "T3", "=", "A04"],
  // T4: a leap, even when every box is ticked
  ["active 1", "active 3", "any", "T4", "=", "A02"],
  ["active 1", "active 5", "any", "T4", "=", "A02"],
  ["active 3", "active 5", "open", "T4", "=", "A02"],
  // T5: back is free
  ["active 2", "active 1", "any", "T5", "active 1", ""],
  ["active 5", "active 1", "any", "T5", "active 1", ""],
  ["active 4", "active 2", "any", "T5", "active 2", ""],
  // T6
  ["active 3", "active 0", "any", "T6", "=", "A13"],
  ["active 3", "idea 0", "any", "T6", "=", "A13"],
  ["active 3", "idea 3", "any", "T6", "=", "A13"],
  ["active 3", "idea 4", "any", "T6", "=", "A13"],
  ["active 3", "active ?", "any", "A20", "=", "A20"],
  // T7
  ["active 3", "parked 3", "any", "T7", "parked 3", ""],
  ["active 3", "parked 4", "any", "T7 T9", "parked 3", "A14"],
  ["active 3", "parked 2", "any", "T7 T9", "parked 3", "A14"],
  ["active 3", "parked 0", "any", "T7 T9", "parked 3", "A14"],
  // T8, alone and before T2–T6
  ["parked 3", "active 3", "any", "T8", "active 3", ""],
  ["parked 3", "active 4", "open", "T8 T2", "active 4", ""],
  ["parked 3", "active 4", "free", "T8 T2", "active 4", ""],
  ["parked 3", "active 4", "nobody yet", "T8 T3", "active 3", "A01"],
  ["parked 3", "active 4", "gaps", "T8 T3", "active 3", "A03"],
  ["parked 3", "active 5", "any", "T8 T4", "active 3", "A02"],
  ["parked 3", "active 1", "any", "T8 T5", "active 1", ""],
  ["parked 3", "active 0", "any", "T8 T6", "active 3", "A13"],
  ["parked 3", "active ?", "any", "A20", "=", "A20"],
  // T9
  ["parked 3", "parked 3", "any", "T18", "=", ""],
  ["parked 3", "parked 4", "any", "T9", "=", "A14"],
  ["parked 3", "parked 2", "any", "T9", "=", "A14"],
  ["parked 3", "parked 0", "any", "T9", "=", "A14"],
  ["parked 3", "idea 3", "any", "T9", "=", "A14"],
  ["parked 3", "idea 0", "any", "T9", "=", "A14"],
  ["parked 3", "parked ?", "any", "A20", "=", "A20"],
  // T10, T11
  ["active 5", "closed 5", "open", "T10", "closed 5", ""],
  ["active 5", "closed 5", "free", "T10", "closed 5", ""],
  ["active 5", "closed 5", "gaps", "T10", "=", "A16"],
  ["parked 5", "closed 5", "open", "T10", "closed 5", ""],
  ["active 2", "closed 2", "open", "T11", "closed 2", ""],
  ["active 2", "closed 2", "free", "T11", "closed 2", ""],
  ["active 2", "closed 2", "gaps", "T11", "=", "A16"],
  ["active 2", "closed 2", "nobody yet", "T11", "=", "A17"],
  ["active 2", "closed 3", "open", "T11", "closed 2", ""],
  ["parked 2", "closed 2", "open", "T11", "closed 2", ""],
  ["parked 2", "closed 2", "nobody yet", "T11", "=", "A17"],
  ["active 2", "closed ?", "any", "A20", "=", "A20"],
  // T12
  ["closed 5", "closed 5", "any", "T18", "=", ""],
  ["closed 5", "active 5", "any", "T12", "=", "A15"],
  ["closed 5", "parked 5", "any", "T12", "=", "A15"],
  ["closed 5", "idea 0", "any", "T12", "=", "A15"],
  ["closed 5", "closed 4", "any", "T12", "=", "A15"],
  ["closed 5", "closed 0", "any", "T12", "=", "A15"],
  ["closed 5", "active 4", "any", "T12", "=", "A15"],
  ["closed 5", "closed ?", "any", "A20", "=", "A20"],
  // T18
  ["active 3", "active 3", "any", "T18", "=", ""],
  ["active 5", "active 5", "any", "T18", "=", ""],
];

const allGates: readonly Gate[] = ["open", "gaps", "nobody yet", "some yes", "free"];
const cells = moves.flatMap(([from, to, gate, rules, settled, message]) =>
  (gate === "any" ? allGates : [gate]).map((it) => ({ from, to, gate: it, rules, settled, message })),
);

describe("every move", () => {
  it.each(cells)("$from → $to, gate $gate: $rules, $message", ({ from, to, gate, rules, settled, message }) => {
    const verdict = judgeMove(model, facts(from, to, gate));
    expect({
      rules: verdict.rules.join(" "),
      settled: nameOf(verdict.settled),
      message: verdict.refusal?.id ?? "",
    }).toEqual({ rules, settled: settled === "=" ? from : settled, message });
  });

  it("has a row for every pair of states", () => {
    const pairs = stateKeys.flatMap((from) => stateKeys.map((to) => `${from} ${to}`));
    const listed = moves.map(([from, to]) => `${from.split(" ")[0]} ${to.split(" ")[0]}`);
    expect(pairs.filter((pair) => !listed.includes(pair))).toEqual([]);
  });

  it("has a row for every step between two active positions", () => {
    const steps = moves
      .filter(([from, to]) => from.startsWith("active") && to.startsWith("active"))
      .map(([from, to]) => (to.endsWith("?") ? "unknown" : to.endsWith("0") ? "emptied" : stepOf(from, to)));
    expect(new Set(steps)).toEqual(new Set(["same", "forward", "leap", "back", "emptied", "unknown"]));
  });

  it("names every rule that a move can have", () => {
    const rules: Readonly<Record<MoveRule, true>> = {
      T1: true,
      T2: true,
      T3: true,
      T4: true,
      T5: true,
      T5u: true,
      T6: true,
      T7: true,
      T8: true,
      T9: true,
      T10: true,
      T11: true,
      T12: true,
      T14: true,
      T18: true,
      A20: true,
    };
    const named = new Set([...moves.flatMap(([, , , names]) => names.split(" ")), "T5u"]);
    expect(Object.keys(rules).filter((rule) => !named.has(rule))).toEqual([]);
  });

  it("never lets a gated card forward while its gate is closed", () => {
    const places = stateKeys.flatMap((state) =>
      ([0, 1, 2, 3, 4, 5, "?"] as const).map((phase): Place => `${state} ${phase}`),
    );
    const index = (position: Position) => model.phases.findIndex(({ key }) => key === position.phase);
    for (const from of places.filter((it) => !it.endsWith("?"))) {
      for (const to of places) {
        for (const gate of ["gaps", "nobody yet", "some yes"] as const) {
          const given = facts(from, to, gate);
          expect(index(judgeMove(model, given).settled), `${from} → ${to}`).toBeLessThanOrEqual(index(given.from));
        }
      }
    }
  });
});

function stepOf(from: string, to: string): string {
  const distance = Number(to.at(-1)) - Number(from.at(-1));
  if (distance === 0) return "same";
  if (distance < 0) return "back";
  return distance === 1 ? "forward" : "leap";
}

describe("T5u: back to where it was dragged back from", () => {
  it.each([
    ["active 2", "active 3", "test", "T5u", "active 3"],
    ["active 2", "active 4", "implementer", "T5u", "active 4"],
    ["parked 2", "active 3", "test", "T8 T5u", "active 3"],
    ["active 2", "active 3", "implementer", "T3", "active 2"],
    ["active 2", "active 4", "test", "T4", "active 2"],
  ] as const)("%s → %s with undo %s: %s", (from, to, undo, rules, settled) => {
    const verdict = judgeMove(model, facts(from, to, "nobody yet", { undo }));
    expect([verdict.rules.join(" "), nameOf(verdict.settled)]).toEqual([rules, settled]);
  });
});

it("an emptied state option counts as the accepted state", () => {
  for (const from of ["idea 0", "active 3", "parked 3", "closed 5"] as const) {
    const verdict = judgeMove(model, facts(from, from, "open", { to: { ...place(from), state: null } }));
    expect(verdict).toEqual({ rules: ["T18"], settled: facts(from, from, "open").from, refusal: null, wish: null });
  }
});

describe("the wish of a refused drag", () => {
  it.each([
    ["active 1", "active 2", "nobody yet", "nytaenk"],
    ["active 1", "active 4", "nobody yet", "nytaenk"],
    ["idea 0", "active 1", "nobody yet", "udforsk"],
    ["idea 0", "active 4", "open", "udforsk"],
    ["active 1", "active 2", "open", null],
    ["active 2", "active 1", "open", null],
    ["active 2", "active 0", "open", null],
  ] as const)("%s → %s, %s: %s", (from, to, gate, wish) => {
    expect(judgeMove(model, facts(from, to, gate)).wish).toBe(wish);
  });
});

describe("order of precedence: A20, A15, A14, A13, A12, A02, A22, A03, A21, A04/A01, A07", () => {
  const everything: GateFacts = {
    gaps: [gap],
    otherwise: { message: "A22", field: "Testkonklusion" },
    yes: [UDI],
    missing: [COUNCIL, ELDERLY],
    extra: { message: "A21", body: COUNCIL },
    withoutMeeting: [UDI],
  };
  const noMessage: GateFacts = { ...everything, otherwise: null };
  const noGap: GateFacts = { ...noMessage, gaps: [] };
  const noExtra: GateFacts = { ...noGap, extra: null };
  it.each<readonly [string, Place, Place, GateFacts]>([
    ["A20", "closed 5", "active ?", everything],
    ["A20", "parked 3", "parked ?", everything],
    ["A20", "active 3", "idea ?", everything],
    ["A15", "closed 3", "parked 5", everything],
    ["A15", "closed 3", "active 0", everything],
    ["A14", "parked 3", "parked 0", everything],
    ["A14", "parked 3", "idea 5", everything],
    ["A14", "active 3", "parked 5", everything],
    ["A13", "active 3", "active 0", everything],
    ["A13", "active 3", "idea 5", everything],
    ["A12", "idea 0", "parked 5", everything],
    ["A02", "active 3", "active 5", everything],
    ["A22", "active 3", "active 4", everything],
    ["A03", "active 3", "active 4", noMessage],
    ["A21", "active 3", "active 4", noGap],
    ["A04", "active 3", "active 4", noExtra],
    ["A01", "active 3", "active 4", { ...noExtra, yes: [] }],
    ["A07", "active 3", "active 4", { ...noExtra, missing: [] }],
  ])("%s first: %s → %s", (id, from, to, gate) => {
    expect(judgeMove(model, facts(from, to, "open", { gate })).refusal?.id).toBe(id);
  });

  it("closing: A16 (what people can mend) before A17", () => {
    const closing = { gaps: [gap], missing: [UDI] };
    expect(judgeMove(model, facts("active 3", "closed 3", "open", { closing })).refusal?.id).toBe("A16");
  });

  it("a gate that cannot be judged is closed", () => {
    expect(judgeMove(model, facts("active 1", "active 2", "open", { gate: null })).refusal?.id).toBe("A02");
  });
});
