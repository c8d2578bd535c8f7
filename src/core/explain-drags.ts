// SPDX-License-Identifier: EUPL-1.2
/** Moves that nobody has made: what each would be answered with, judged by the same step as a real one (takeMove). */
import type { MessageId } from "../model/messages.ts";
import type { Model, PhaseKey } from "../model/model.ts";
import { type StateKey, stateKeys } from "../model/rules.ts";
import type { Accepted } from "./accepted.ts";
import type { CardSeen, Position } from "./card.ts";
import { courseAt } from "./course.ts";
import { judgeMove, type MoveRefusal, type MoveRule } from "./judge-move.ts";
import { phaseName, render } from "./messages.ts";
import { moveFacts, takeMove } from "./take-move.ts";

export type DragExplained = Readonly<{
  /** What the board would show. */
  to: Readonly<{ state: StateKey; phase: PhaseKey | null }>;
  /** The property that the move changes, and the option it is given; both as on the board. */
  property: string;
  option: string;
  outcome: "stays" | "accepted" | "put-back";
  rules: readonly MoveRule[];
  /** Why it is put back. Its text may be a variant with an id of its own (A01u). */
  refusal: MoveRefusal["id"] | null;
  settled: Position;
  settledName: string;
  /** What would be said of the move, unless it was said within `repeatMinutes` already. */
  said: readonly Readonly<{ id: MessageId; text: string }>[];
}>;

/** A move to each phase, and to each state that the card is not in. */
export function explainDrags(model: Model, accepted: Accepted, card: CardSeen, now: Date): readonly DragExplained[] {
  const { state, phase } = accepted.position;
  const { card: names, states } = model.rules;
  const toPhases = model.phases.map((it) => {
    const to = { state, phase: it.key };
    return { to, property: names.phase.name, option: it.name };
  });
  const toStates = stateKeys
    .filter((it) => it !== state)
    .map((it) => ({ to: { state: it, phase }, property: names.state.name, option: states[it] }));
  return [...toPhases, ...toStates].map((move) => ({ ...move, ...explainDrag(model, accepted, card, move.to, now) }));
}

function explainDrag(model: Model, accepted: Accepted, card: CardSeen, to: DragExplained["to"], now: Date) {
  const course = courseAt(model, accepted, { ...card, ...to }, now);
  const { rules, refusal, settled } = judgeMove(model, moveFacts(course));
  const stays = rules.every((rule) => rule === "T18");
  return {
    outcome: stays ? "stays" : refusal ? "put-back" : "accepted",
    rules,
    refusal: refusal?.id ?? null,
    settled,
    settledName: standing(model, settled),
    said: takeMove(course).tells.map(({ message }) => ({ id: message.id, text: render(model, message) })),
  } satisfies Partial<DragExplained>;
}

/** The phase, and the state beside it when that is not the usual one: «Test · Parkeret». */
function standing(model: Model, { state, phase }: Position): string {
  const names = [phaseName(model, phase), model.rules.states[state]];
  return [...new Set(state === "active" ? names.slice(0, 1) : names)].join(" · ");
}
