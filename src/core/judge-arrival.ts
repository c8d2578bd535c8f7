// SPDX-License-Identifier: EUPL-1.2
/** A card the ledger does not know: new, copied, or older than the service (DOMAIN 4 T13, T14; cases 12, 27–29, 32). */
import { type Model, trackOf } from "../model/model.ts";
import type { CardSeen, Position } from "./card.ts";

export type ArrivalFacts = Readonly<{
  card: Pick<CardSeen, "state" | "phase" | "track">;
  /** It was on the board before the service first looked: taken as it stands, no gate is asked for the past. */
  beforeService: boolean;
  /** Its task belongs to another card: it is a copy. */
  isCopy: boolean;
}>;

export type ArrivalVerdict = Readonly<{
  rule: "T13" | "T14" | "adopted" | "copied";
  settled: Position;
  refusal: ArrivalRefusal | null;
}>;

export type ArrivalRefusal =
  | Readonly<{ id: "A12" }>
  | Readonly<{ id: "A28" }>
  | Readonly<{ id: "A20"; unknown: string }>;

const ideaBank: Position = { state: "idea", phase: null };

/** Where a newly seen card stands from now on. Political cards begin in the idea bank, whatever they say of themselves. */
export function judgeArrival(model: Model, { card, beforeService, isCopy }: ArrivalFacts): ArrivalVerdict {
  if (isCopy) return { rule: "copied", settled: ideaBank, refusal: { id: "A28" } };
  const position = positionShown(card);
  if (beforeService) return { rule: "adopted", settled: position, refusal: null };
  const isGated = trackOf(model, card.track).gated;
  if (card.phase !== null && typeof card.phase === "object") {
    return { rule: isGated ? "T13" : "T14", settled: ideaBank, refusal: { id: "A20", unknown: card.phase.unknown } };
  }
  if (!isGated) return { rule: "T14", settled: position, refusal: null };
  const isIdea = position.state === "idea" && card.phase === null;
  return { rule: "T13", settled: ideaBank, refusal: isIdea ? null : { id: "A12" } };
}

/** The position a card claims. One without a known phase is an idea, unless it is closed; one in a phase is at least active. */
function positionShown({ state, phase }: ArrivalFacts["card"]): Position {
  const known = typeof phase === "string" ? phase : null;
  if (state === "closed") return { state, phase: known };
  if (known === null) return ideaBank;
  return { state: state === "parked" ? "parked" : "active", phase: known };
}
