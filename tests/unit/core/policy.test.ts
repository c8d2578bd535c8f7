// SPDX-License-Identifier: EUPL-1.2
/**
 * DOMAIN 4 cell by cell: every accepted position, every place on the board, every track, what the bodies have said and what
 * the fields hold, judged from real facts, against the table of policy-table.ts; and the policy page against the same.
 */
import { describe, expect, it } from "vitest";
import { cellText, judgeCombination, saidOfDecisions } from "../../../scripts/policy/cell.ts";
import {
  type Approvals,
  type Combination,
  conditionsAt,
  positions,
  type Shown,
  shownPlaces,
} from "../../../scripts/policy/combinations.ts";
import { exampleOf } from "../../../scripts/policy/example.ts";
import { movesFrom } from "../../../scripts/policy/moves.ts";
import type { Example } from "../../../scripts/policy/situation.ts";
import type { Position } from "../../../src/core/card.ts";
import {
  accepted,
  card,
  decision,
  ELDERLY,
  fullFields,
  karin,
  mette,
  model,
  now,
  observation,
  row,
  UDI,
} from "./fixtures.ts";
import { type Cell, type Cells, expected, type PhaseRole, type Stand, type Step, type Track } from "./policy-table.ts";

const bodies = [UDI, ELDERLY];
const fields = { ...fullFields, "Parkeret til": "2027-06-01" };
const example: Example = {
  accepted: accepted({ bodies }),
  seen: observation({ card: card({ bodies, fields }) }),
  decision: decision(),
  row: row(),
  seats: [
    { body: UDI, approver: mette },
    { body: ELDERLY, approver: karin },
  ],
};

/** The phases of config/furesoe.yaml, by what their gate is like. */
const roles: Readonly<Record<string, PhaseRole>> = {
  udforsk: "first phase",
  nytaenk: "phase between",
  test: "phase that tests",
  implementer: "phase between",
  "foelg-op": "last phase",
};
const order = ["udforsk", "nytaenk", "test", "implementer", "foelg-op"];
const gatedTrack: Readonly<Record<string, Track>> = { kultur: "free", politisk: "gated", hverdag: "free" };

function stepOf(from: Position, phase: Shown["phase"]): Step {
  if (typeof phase === "object" && phase !== null) return "unknown";
  if (phase === from.phase) return "same";
  if (phase === null) return "none";
  const distance = order.indexOf(phase) - order.indexOf(from.phase ?? "");
  if (distance < 0) return "back";
  return distance === 1 ? "forward" : "leap";
}

/** The table as plain data: what its types hold together is looked up by name here. */
type Lookup = Readonly<Record<string, Record<string, Record<string, Record<string, Cells<string>>>>>>;

function expectedOf({ from, to, track, approvals, requirements }: Combination): Cell | undefined {
  const role = from.phase === null ? (from.state === "idea" ? "idea bank" : "no phase") : roles[from.phase];
  const step = stepOf(from, to.phase);
  // An empty or unknown state counts as the accepted one.
  const cells = (expected as Lookup)[from.state]?.[role ?? ""]?.[to.state ?? from.state]?.[step];
  return cells?.[gatedTrack[track] ?? "gated"][approvals][requirements];
}

function standing(stand: Stand, from: Position, to: Shown): Position {
  const there = typeof to.phase === "object" ? null : to.phase;
  const stands: Readonly<Record<Stand, Position>> = {
    here: from,
    there: { state: to.state ?? from.state, phase: there },
    "active here": { state: "active", phase: from.phase },
    "parked here": { state: "parked", phase: from.phase },
    "closed here": { state: "closed", phase: from.phase },
    "active there": { state: "active", phase: there },
  };
  return stands[stand];
}

/** What is said of the decisions beside the move: one that is taken back, all that have expired. Of gate and stop decision. */
function expectedOfDecisions({ from, track, approvals }: Combination): readonly string[] {
  const gates = from.phase === "foelg-op" ? 0 : 1;
  const stops = from.state === "idea" || from.phase === "foelg-op" ? 0 : 1;
  const open = gatedTrack[track] === "gated" && from.state !== "closed" ? gates + stops : 0;
  const times: Readonly<Record<Approvals, readonly string[]>> = {
    none: [],
    some: [],
    all: [],
    withdrawn: Array.from({ length: open }, () => "B05"),
    // Both bodies' yeses are too old; that a body's yes to the gate and its yes to stopping are, is said in one.
    expired: open > 0 ? ["A27", "A27"] : [],
  };
  return times[approvals];
}

const nameOf = ({ state, phase }: Position | Shown) =>
  `${state ?? "-"} ${typeof phase === "object" ? (phase?.unknown ?? "-") : phase}`;

describe.each(positions(model).map((from) => ({ from, name: nameOf(from) })))("from $name", ({ from }) => {
  it.each(conditionsAt(model, from))("$track, requirements $requirements, approvals $approvals", (condition) => {
    for (const to of shownPlaces(model)) {
      const combination: Combination = { from, to, ...condition };
      const judgement = judgeCombination(model, example, combination);
      const said = judgement.tells.map(({ message }) => message.id).filter((id) => saidOfDecisions.includes(id));
      const cell = expectedOf(combination);
      expect({ to: nameOf(to), cell: cellText(judgement), stands: nameOf(judgement.next.position), said }).toEqual({
        to: nameOf(to),
        cell: cell?.[0],
        stands: nameOf(standing(cell?.[1] ?? "here", from, to)),
        said: expectedOfDecisions(combination),
      });
    }
  });

  it("the page says of every combination what the table says", () => {
    const { columns, rows } = movesFrom(model, exampleOf(model, now), from);
    const shown = rows.flatMap(({ over, cells }) =>
      conditionsAt(model, from)
        .filter(
          ({ track, requirements, approvals }) =>
            over.track.includes(track) &&
            over.requirements.includes(requirements) &&
            over.approvals.includes(approvals),
        )
        .flatMap((condition) =>
          columns.flatMap((places, index) =>
            places.map((to) => ({ combination: { from, to, ...condition }, cell: cells[index] })),
          ),
        ),
    );
    expect(shown.length).toBe(conditionsAt(model, from).length * 4 * 7);
    expect(new Set(shown.map(({ combination }) => JSON.stringify(combination))).size).toBe(shown.length);
    expect(shown.filter(({ combination, cell }) => expectedOf(combination)?.[0] !== cell)).toEqual([]);
  });
});
