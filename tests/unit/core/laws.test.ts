// SPDX-License-Identifier: EUPL-1.2
/**
 * Laws that hold for every history: I1, I2 (no gate opens without every yes), I3 (rest is rest), I4 (twice is once).
 * A failing run prints its seed and path; replay it with FC_SEED and FC_PATH in the call of `fc.assert` below.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cardShown, rowShown } from "../../../src/core/shown.ts";
import { model } from "./fixtures.ts";
import { type History, history, Life } from "./history.ts";
import { Oracle } from "./oracle.ts";

const runs: fc.Parameters<unknown> = { numRuns: 1_000 };

function live(given: History): Life {
  const oracle = new Oracle();
  const life = new Life(model, given, (it, look) => oracle.check(it, look));
  for (const action of given.actions) life.act(action);
  return life;
}

/** Everything has arrived, every wait is over, and the card is not in the bin. */
function atRest(given: History): Life {
  const life = live(given);
  life.board.trashCard({ id: "restorer", kind: "person" }, false);
  life.settle();
  life.settle();
  return life;
}

describe("in every history", () => {
  it("I1, I2: no gated card goes forward without a standing tick of an approver of every body", () => {
    fc.assert(
      fc.property(history, (given) => void live(given)),
      runs,
    );
  });

  it("I3, I4: a plan carried out leaves nothing to do, to say or to log", () => {
    fc.assert(
      fc.property(history, (given) => {
        const life = atRest(given);
        const { judgement, steps } = life.service.lookAgain();
        expect({ steps, tells: judgement.tells, log: judgement.log }).toEqual({ steps: [], tells: [], log: [] });
        expect(withoutReadTimes(judgement.next)).toEqual(withoutReadTimes(life.service.accepted));
      }),
      runs,
    );
  });

  it("I3: at rest the board shows exactly what is accepted", () => {
    fc.assert(
      fc.property(history, (given) => {
        const { board, service } = atRest(given);
        const { accepted } = service;
        if (!accepted) throw new Error("the card was never accepted");
        const { bodies, needsFunding, state, phase, track, ...shown } = cardShown(
          model,
          accepted,
          board.card,
          board.card.shown.task,
          board.now,
        );
        expect([board.card.state, board.card.phase, board.card.track]).toEqual([state, phase, track]);
        expect(new Set(board.card.bodies)).toEqual(new Set(bodies));
        expect(board.card.fields["Kræver bevilling"] === true).toBe(needsFunding);
        expect(board.card.shown).toEqual(shown);
        for (const decision of accepted.decisions.filter(({ ended }) => ended === null)) {
          const row = board.rows.get(decision.row ?? "");
          expect(row).toMatchObject(rowShown(model, decision, accepted, board.card));
          expect(row?.inTrash).toBe(false);
          expect(row?.cards).toEqual([board.card.id]);
        }
      }),
      runs,
    );
  });
});

function withoutReadTimes<T extends { decisions: readonly object[] } | null>(accepted: T) {
  return accepted && { ...accepted, decisions: accepted.decisions.map((it) => ({ ...it, settledAt: null })) };
}
