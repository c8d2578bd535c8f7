// SPDX-License-Identifier: EUPL-1.2
/** Every combination that a move can be judged in: from where, to where, on which track, with which approvals and fields. */
import type { CardSeen, Position } from "../../src/core/card.ts";
import { gateOutOf, type Model, type TrackKey } from "../../src/model/model.ts";
import { stateKeys } from "../../src/model/rules.ts";

/** Where the card lies on the board. */
export type Shown = Pick<CardSeen, "state" | "phase">;

/** What the card's bodies have said to the decision that the move needs: the gate's, or the stop decision. */
export const approvalKinds = ["none", "some", "all", "withdrawn", "expired"] as const;
export type Approvals = (typeof approvalKinds)[number];

/** What the card's fields lack. Contrary: a field holds another value than the gate asks for. Unfunded: another body decides too. */
export const flaws = ["missing", "contrary", "unfunded"] as const;
export type Flaw = (typeof flaws)[number];
export type Requirements = "met" | Flaw;

export type Condition = Readonly<{ track: TrackKey; requirements: Requirements; approvals: Approvals }>;
export type Combination = Condition & Readonly<{ from: Position; to: Shown }>;

/** An option of the phase property that the model does not have. */
export const UNKNOWN = { unknown: "?" } as const;

/** Every position that a card can have been accepted in. */
export function positions(model: Model): readonly Position[] {
  const phases = model.phases.map(({ key }) => key);
  return [
    { state: "idea", phase: null },
    ...(["active", "parked", "closed"] as const).flatMap((state) => phases.map((phase) => ({ state, phase }))),
    { state: "closed", phase: null },
  ];
}

/** Everything that the board can show of state and phase, an empty or unknown option included. */
export function shownPlaces(model: Model): readonly Shown[] {
  const phases = [...model.phases.map(({ key }) => key), null, UNKNOWN];
  return [...stateKeys, null].flatMap((state) => phases.map((phase) => ({ state, phase })));
}

/** What can be said of the fields where the card stands: only some gates know a contrary value or a further body. */
export function requirementsAt(model: Model, { phase }: Position): readonly Requirements[] {
  const gate = gateOutOf(model, phase);
  const isContrary = gate?.requires.some(({ otherwise }) => otherwise !== undefined);
  const isUnfunded = gate?.alsoDecidedBy.some(({ message }) => message !== null);
  return ["met", "missing", ...(isContrary ? ["contrary" as const] : []), ...(isUnfunded ? ["unfunded" as const] : [])];
}

export function conditionsAt(model: Model, from: Position): readonly Condition[] {
  return model.rules.tracks.flatMap(({ key }) =>
    requirementsAt(model, from).flatMap((requirements) =>
      approvalKinds.map((approvals) => ({ track: key, requirements, approvals })),
    ),
  );
}
