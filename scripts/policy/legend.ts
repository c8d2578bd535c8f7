// SPDX-License-Identifier: EUPL-1.2
/** The policy page's words: what each rule, condition and message means. */

import type { ArrivalVerdict } from "../../src/core/judge-arrival.ts";
import type { MoveRule } from "../../src/core/judge-move.ts";
import type { MessageId } from "../../src/model/messages.ts";
import { messageIds } from "../../src/model/messages.ts";
import type { Model } from "../../src/model/model.ts";
import type { ArrivalKind } from "./arrivals.ts";
import type { Approvals, Requirements } from "./combinations.ts";
import { table } from "./markdown.ts";

type Rule = Exclude<MoveRule, "A20" | "T18"> | ArrivalVerdict["rule"] | "T15" | "T16" | "T17";

const rules: Readonly<Record<Rule, string>> = {
  T1: "an idea begins in the first phase",
  T2: "one phase forward, through the gate",
  T3: "one phase forward while the gate is closed; the wish is recorded",
  T4: "a phase is leapt over; the wish for the next one is recorded",
  T5: "back, which is always free; decisions from there on must be made again",
  T5u: "dragged back and forth again in time: as if nothing had happened",
  T6: "the phase is emptied, or an idea is begun without one",
  T7: "parked",
  T8: "taken up again",
  T9: "the phase of a parked card is changed",
  T10: "closed from the last phase",
  T11: "closed before the last phase",
  T12: "a closed card is changed",
  T13: "a card on the gated track is created: it begins in the idea bank",
  T14: "a card on a track without gates is created in a phase, or an idea begins in a later one",
  T15: "the card is put on the gated track",
  T16: "the card is taken off the gated track",
  T17: "the card leaves the board (bin, or another database), or is back on it",
  adopted: "taken as it stands; no gate is asked for the past",
  copied: "begins in the idea bank, without what belongs to the original",
};

const approvals: Readonly<Record<Approvals, string>> = {
  none: "no body has said yes",
  some: "one of the card's two bodies has said yes",
  all: "each of the card's bodies has said yes",
  withdrawn: "each had said yes, and an approver of one takes it back",
  expired: "each had said yes, too long ago",
};

const requirements: Readonly<Record<Requirements, string>> = {
  met: "the fields hold what the gate and the closing ask for",
  missing: "a field that the gate or the closing asks for is empty",
  contrary: "a field holds another value than the gate asks for, and the gate has words of its own for that",
  unfunded: "the fields are as they should be, but because of what they say another body must decide too, and has not",
};

const arrivalKinds: Readonly<Record<ArrivalKind, string>> = {
  older: "on the board before the service first looked at it",
  new: "created since then",
  copied: "a copy: its task belongs to another card",
};

export function ruleLegend(): string {
  return table(["rule", "meaning"], Object.entries(rules));
}

export function conditionLegend(): string {
  return [
    table(["approvals", "what the bodies have said to the decision that the move needs"], Object.entries(approvals)),
    table(["requirements", "what the card's fields say"], Object.entries(requirements)),
  ].join("\n\n");
}

export function arrivalLegend(): string {
  return table(["card", "meaning"], Object.entries(arrivalKinds));
}

/** Every message that the page names, as the board says it. */
export function messageLegend(model: Model, page: string): string {
  const named = new Set(page.match(/\b[AB]\d\d[a-z]?\b/gu));
  const ids: readonly MessageId[] = messageIds.filter((id) => named.has(id));
  return table(
    ["message", "text"],
    ids.map((id) => [id, model.texts[id][model.rules.language]]),
  );
}
