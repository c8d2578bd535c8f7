// SPDX-License-Identifier: EUPL-1.2
/**
 * A card's move, judged from the last accepted position to the one read now (DOMAIN 4, T1–T12, T18).
 * Creation is judged in judge-arrival.ts, track and bodies in judge-guarded.ts, trash in judge.ts.
 */
import type { MessageId } from "../model/messages.ts";
import { type BodyKey, type Model, type PhaseKey, phaseOf } from "../model/model.ts";
import type { Requirement, StateKey } from "../model/rules.ts";
import type { CardSeen, Position } from "./card.ts";
import type { GateFacts } from "./gate.ts";

/** Everything the judgement of a move may depend on. */
export type MoveFacts = Readonly<{
  from: Position;
  to: Pick<CardSeen, "state" | "phase">;
  /** Whether the card's track is gated; the default track is. */
  gated: boolean;
  /** Whether the track may begin in any phase. */
  startAnywhere: boolean;
  /** The gate out of the accepted phase (of the idea bank for an idea); null after the last phase. */
  gate: GateFacts | null;
  closing: Readonly<{ gaps: readonly Requirement[]; missing: readonly BodyKey[] }>;
  /** The phase to which the card may return silently because it was dragged back from it just now (T5u). */
  undo: PhaseKey | null;
}>;

/** Why a move is put back. Each is the message that says so, with what the text needs. */
export type MoveRefusal =
  | Readonly<{ id: "A20"; unknown: string }>
  | Readonly<{ id: "A12" | "A13" | "A14" | "A15" | "A02" }>
  | Readonly<{ id: "A22"; field: string; message: MessageId }>
  | Readonly<{ id: "A03" | "A16"; gaps: readonly Requirement[] }>
  | Readonly<{ id: "A21"; body: BodyKey; message: MessageId }>
  | Readonly<{ id: "A01" | "A17"; missing: readonly BodyKey[] }>
  | Readonly<{ id: "A04"; yes: readonly BodyKey[]; missing: readonly BodyKey[] }>
  | Readonly<{ id: "A07"; bodies: readonly BodyKey[] }>;

export type MoveRule =
  | "T1"
  | "T2"
  | "T3"
  | "T4"
  | "T5"
  | "T5u"
  | "T6"
  | "T7"
  | "T8"
  | "T9"
  | "T10"
  | "T11"
  | "T12"
  | "T14"
  | "T18"
  | "A20";

export type MoveVerdict = Readonly<{
  /** The rules that applied, in the order in which they did. T18 alone: nothing happened. */
  rules: readonly MoveRule[];
  /** Where the card stands from now on. What the board shows beyond it is put back. */
  settled: Position;
  refusal: MoveRefusal | null;
  /** The next phase that a refused drag asked for. */
  wish: PhaseKey | null;
}>;

type Judge = (model: Model, facts: MoveFacts) => MoveVerdict;

/** From the accepted state (rows) to the state on the board (columns): every pair has its judge. */
const byState: Readonly<Record<StateKey, Readonly<Record<StateKey, Judge>>>> = {
  idea: { idea: start, active: start, parked: refuse("T6", { id: "A12" }), closed: close },
  active: { idea: refuse("T6", { id: "A13" }), active: alongThePhases, parked: park, closed: close },
  parked: { idea: refuse("T9", { id: "A14" }), active: unpark, parked: whileParked, closed: close },
  closed: { idea: reopen, active: reopen, parked: reopen, closed: whileClosed },
};

/** How a phase on the board lies to the accepted one. */
type Step = "same" | "forward" | "leap" | "back" | "emptied" | "unknown";

/** Between two active positions: every step has its judge. */
const byStep: Readonly<Record<Step, Judge>> = {
  same: (_model, facts) => stay(facts),
  forward,
  leap,
  back: (_model, facts) => accept("T5", phaseIn(facts.to.phase)),
  emptied: refuse("T6", { id: "A13" }),
  unknown: (_model, facts) => putBack(facts, "A20", { id: "A20", unknown: unknownIn(facts.to.phase) }),
};

/** Judges one move. Pure; the same facts give the same verdict. An emptied or unknown state counts as the accepted one. */
export function judgeMove(model: Model, facts: MoveFacts): MoveVerdict {
  if (stepOf(model, facts) === "unknown") return byStep.unknown(model, facts);
  return byState[facts.from.state][facts.to.state ?? facts.from.state](model, facts);
}

function alongThePhases(model: Model, facts: MoveFacts): MoveVerdict {
  return byStep[stepOf(model, facts)](model, facts);
}

/** T1: out of the idea bank. The gate is judged as between phases; a track without gates may begin anywhere. */
function start(model: Model, facts: MoveFacts): MoveVerdict {
  const target = phaseIn(facts.to.phase);
  if (target === null) return facts.to.state === "active" ? putBack(facts, "T6", { id: "A13" }) : stay(facts);
  if (target === model.phases[0]?.key) return throughGate(facts, "T1", target);
  if (facts.startAnywhere) return accept("T14", target);
  return { ...putBack(facts, "T4", { id: "A02" }), wish: phaseAfter(model, null) };
}

function forward(_model: Model, facts: MoveFacts): MoveVerdict {
  const target = phaseIn(facts.to.phase);
  return isReturn(facts) ? accept("T5u", target) : throughGate(facts, "T2", target);
}

/** T4, unless the card returns to where it was dragged back from, however many phases back that was. */
function leap(model: Model, facts: MoveFacts): MoveVerdict {
  if (isReturn(facts)) return accept("T5u", phaseIn(facts.to.phase));
  return { ...putBack(facts, "T4", { id: "A02" }), wish: phaseAfter(model, facts.from.phase) };
}

function isReturn({ undo, to }: MoveFacts): boolean {
  return undo !== null && undo === to.phase;
}

/** T1, T2, T3: through the gate when it is open, else back with the first reason in the fixed order of precedence. */
function throughGate(facts: MoveFacts, rule: "T1" | "T2", target: PhaseKey | null): MoveVerdict {
  if (!facts.gated) return accept(rule, target);
  const refusal = gateRefusal(facts.gate);
  return refusal ? { ...putBack(facts, "T3", refusal), wish: target } : accept(rule, target);
}

/** A22, A03, A21, A04/A01, A07: what people can mend themselves comes first. A gate that cannot be judged is closed. */
function gateRefusal(gate: GateFacts | null): MoveRefusal | null {
  if (!gate) return { id: "A02" };
  if (gate.otherwise) return { id: "A22", ...gate.otherwise };
  if (gate.gaps.length > 0) return { id: "A03", gaps: gate.gaps };
  if (gate.extra) return { id: "A21", ...gate.extra };
  if (gate.missing.length > 0) {
    return gate.yes.length > 0
      ? { id: "A04", yes: gate.yes, missing: gate.missing }
      : { id: "A01", missing: gate.missing };
  }
  return gate.withoutMeeting.length > 0 ? { id: "A07", bodies: gate.withoutMeeting } : null;
}

/** T7. A phase changed in the same breath is put back: the pause holds, the drag does not (T9). */
function park(model: Model, facts: MoveFacts): MoveVerdict {
  const settled: Position = { state: "parked", phase: facts.from.phase };
  if (stepOf(model, facts) === "same") return { rules: ["T7"], settled, refusal: null, wish: null };
  return { rules: ["T7", "T9"], settled, refusal: { id: "A14" }, wish: null };
}

/** T8, and T8 before T2–T5 when the phase was changed in the same breath. */
function unpark(model: Model, facts: MoveFacts): MoveVerdict {
  const active: MoveFacts = { ...facts, from: { state: "active", phase: facts.from.phase } };
  const verdict = alongThePhases(model, active);
  return { ...verdict, rules: ["T8", ...verdict.rules.filter((rule) => rule !== "T18")] };
}

function whileParked(model: Model, facts: MoveFacts): MoveVerdict {
  return stepOf(model, facts) === "same" ? stay(facts) : putBack(facts, "T9", { id: "A14" });
}

/** T10 from the last phase, T11 from the others. Without gates the requirements are only shown. */
function close(model: Model, facts: MoveFacts): MoveVerdict {
  const rule = facts.from.phase === model.phases.at(-1)?.key ? "T10" : "T11";
  const { gaps, missing } = facts.closing;
  if (facts.gated && gaps.length > 0) return putBack(facts, rule, { id: "A16", gaps });
  if (facts.gated && missing.length > 0) return putBack(facts, rule, { id: "A17", missing });
  return { rules: [rule], settled: { state: "closed", phase: facts.from.phase }, refusal: null, wish: null };
}

function reopen(_model: Model, facts: MoveFacts): MoveVerdict {
  return putBack(facts, "T12", { id: "A15" });
}

function whileClosed(model: Model, facts: MoveFacts): MoveVerdict {
  return stepOf(model, facts) === "same" ? stay(facts) : reopen(model, facts);
}

function stay(facts: MoveFacts): MoveVerdict {
  return { rules: ["T18"], settled: facts.from, refusal: null, wish: null };
}

function accept(rule: MoveRule, phase: PhaseKey | null): MoveVerdict {
  return { rules: [rule], settled: { state: "active", phase }, refusal: null, wish: null };
}

function putBack(facts: MoveFacts, rule: MoveRule, refusal: MoveRefusal): MoveVerdict {
  return { rules: [rule], settled: facts.from, refusal, wish: null };
}

function refuse(rule: MoveRule, refusal: MoveRefusal): Judge {
  return (_model, facts) => putBack(facts, rule, refusal);
}

function stepOf(model: Model, { from, to }: MoveFacts): Step {
  if (to.phase !== null && typeof to.phase === "object") return "unknown";
  if (to.phase === from.phase) return "same";
  if (to.phase === null) return "emptied";
  const distance = indexOf(model, to.phase) - indexOf(model, from.phase);
  if (distance < 0) return "back";
  return distance === 1 ? "forward" : "leap";
}

/** The idea bank lies before the first phase. */
function indexOf(model: Model, phase: PhaseKey | null): number {
  return phase === null ? -1 : phaseOf(model, phase).index;
}

function phaseAfter(model: Model, phase: PhaseKey | null): PhaseKey | null {
  return model.phases[indexOf(model, phase) + 1]?.key ?? null;
}

function phaseIn(phase: CardSeen["phase"]): PhaseKey | null {
  return typeof phase === "string" ? phase : null;
}

function unknownIn(phase: CardSeen["phase"]): string {
  return phase !== null && typeof phase === "object" ? phase.unknown : "";
}
