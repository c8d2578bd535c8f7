// SPDX-License-Identifier: EUPL-1.2
/**
 * Laws that hold for every history: I1, I2 (no gate opens without every yes), I3 (rest is rest), I4 (twice is once).
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Accepted } from "../../../src/core/accepted.ts";
import type { Hint } from "../../../src/core/card.ts";
import { judge } from "../../../src/core/judge.ts";
import { cardShown, rowShown } from "../../../src/core/shown.ts";
import { runs } from "../../properties.ts";
import { model, sanne } from "./fixtures.ts";
import { type History, history, Life } from "./history.ts";
import { Oracle } from "./oracle.ts";
import type { Look } from "./pure-service.ts";

function live(given: History, onLook?: (life: Life, look: Look) => void): Life {
  const oracle = new Oracle();
  const life = new Life(model, given, onLook ?? ((it, look) => oracle.check(it, look)));
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
      { numRuns: runs(1_000) },
    );
  });

  it("DOMAIN 6: on the gated track nobody but the secretariat takes away a body, the funding or the track itself", () => {
    fc.assert(
      fc.property(history, (given) => {
        live(given, ({ board }, { before, judgement }) => {
          const bySecretary = board.guardedActs.filter(({ by }) => by.id === sanne && by.kind === "person");
          for (const loss of before?.track === "politisk" ? losses(before, judgement.next) : []) {
            expect(
              bySecretary.some((act) => loss.in(act)),
              `${loss.of} was lost`,
            ).toBe(true);
          }
        });
      }),
      { numRuns: runs(1_000) },
    );
  });

  it("I4: events that come twice and in any order are judged as if they had come once, in theirs", () => {
    fc.assert(
      fc.property(history, (given) => {
        live(given, (_life, { before, observation, judgement }) => {
          const { cardHints, rowHints } = observation;
          const rows = Object.entries(rowHints).map(([row, hints]) => [row, scrambled(hints)]);
          const again = { ...observation, cardHints: scrambled(cardHints), rowHints: Object.fromEntries(rows) };
          expect(judge(model, before, again)).toEqual(judgement);
        });
      }),
      { numRuns: runs(1_000) },
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
      { numRuns: runs(1_000) },
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
      { numRuns: runs(1_000) },
    );
  });
});

function withoutReadTimes<T extends { decisions: readonly object[] } | null>(accepted: T) {
  return accepted && { ...accepted, decisions: accepted.decisions.map((it) => ({ ...it, settledAt: null })) };
}

type Loss = Readonly<{
  of: string;
  in: (act: { track: string | null; bodies: readonly string[]; funding: boolean }) => boolean;
}>;

/** What of the guarded fields was there before a look and is not any more. */
function losses(before: Accepted, after: Accepted): readonly Loss[] {
  const gone = before.bodies.filter((body) => !after.bodies.includes(body));
  const bodies = gone.map((body): Loss => ({ of: body, in: (act) => !act.bodies.includes(body) }));
  const funding: Loss = { of: "the funding", in: (act) => !act.funding };
  const track: Loss = { of: "the gated track", in: (act) => act.track !== null && act.track !== "politisk" };
  return [
    ...bodies,
    ...(before.needsFunding && !after.needsFunding ? [funding] : []),
    ...(after.track !== "politisk" ? [track] : []),
  ];
}

function scrambled(hints: readonly Hint[]): readonly Hint[] {
  return [...hints, ...hints].reverse();
}
