// SPDX-License-Identifier: EUPL-1.2
/** Decisions in words: each body's answer, who gave it and when, or when the body meets next; and why a yes does not count. */
import { type BodyKey, bodyOf, type GateId, type Model, STOP } from "../model/model.ts";
import type { DecisionStatus } from "../model/rules.ts";
import type { Accepted, Decision } from "./accepted.ts";
import { localDate, type Meeting, nextMeeting } from "./calendar.ts";
import type { CardSeen } from "./card.ts";
import { type GateFacts, isExpired, openDecision } from "./gate.ts";
import { longDate } from "./messages.ts";
import { rowShown } from "./shown.ts";
import { gateName } from "./take-ticks.ts";
import { userNames } from "./tell.ts";

export type DecisionExplained = Readonly<{
  gate: GateId;
  /** The phase that the gate leads to, or the word for stopping. */
  to: string;
  body: string;
  passage: number;
  status: DecisionStatus;
  statusName: string;
  /** The registered yes: by whom, and on which local date. */
  registered: Readonly<{ by: string; date: string }> | null;
  /** What people have written on the row, by the property's name; empty ones are left out. */
  notes: readonly Readonly<{ field: string; text: string }>[];
  /** When the body can take it up; null when it has decided, or when no meeting has been entered. */
  meeting: Meeting | null;
  /** Whether the gate is open as far as this body is concerned. */
  counts: boolean;
  /** Why a yes does not count, or not yet. */
  doubt: Doubt | null;
}>;

export type Doubt = "expired" | "waiting" | "taken-back" | "no-meeting";

/** The decision of every body that the gate asks, in the order in which the facts name them. */
export function explainDecisions(
  model: Model,
  accepted: Accepted,
  card: CardSeen,
  gate: GateId,
  facts: Pick<GateFacts, "yes" | "missing" | "withoutMeeting">,
  now: Date,
): readonly DecisionExplained[] {
  const { bodies } = model.municipality;
  const asked = bodies.map(({ key }) => key).filter((key) => [...facts.yes, ...facts.missing].includes(key));
  return asked.map((body) => {
    const explained = explainDecision(model, accepted, card, decisionOf(accepted, gate, body), now);
    if (facts.withoutMeeting.includes(body)) return { ...explained, doubt: "no-meeting" };
    if (facts.yes.includes(body)) return { ...explained, counts: true };
    return { ...explained, doubt: explained.doubt ?? (gate === STOP ? null : doubtBehind(model, accepted, body, now)) };
  });
}

/** What happened to a body's earlier yes after the move keeps the next gate closed, whatever it has said since (B06). */
function doubtBehind(model: Model, accepted: Accepted, body: BodyKey, now: Date): Doubt | null {
  const used = accepted.decisions.filter((it) => it.body === body && it.ended === "used");
  return used.map((it) => doubtOf(model, accepted, it, now)).find((doubt) => doubt !== null) ?? null;
}

/**
 * What a body has said: its open decision; else the one behind a passed gate that it took back, which keeps this gate
 * closed (B06); else one that is about to be begun.
 */
function decisionOf({ decisions, passage }: Accepted, gate: GateId, body: BodyKey): Decision {
  const begun = openDecision(decisions, gate, body);
  const disputed = decisions.find((it) => it.body === body && it.ended === "used" && it.disputed);
  const unborn = { row: null, registration: null, ended: null, disputed: false, shown: null, settledAt: null };
  return begun ?? disputed ?? { gate, body, passage, ...unborn };
}

/** One decision as it stands. `counts` is for the gate to say; on its own a decision opens nothing. */
export function explainDecision(
  model: Model,
  accepted: Accepted,
  card: CardSeen,
  decision: Decision,
  now: Date,
): DecisionExplained {
  const { gate, body, passage, registration } = decision;
  const { status } = rowShown(model, decision, accepted, card);
  const isDecided = registration !== null || decision.ended !== null;
  return {
    gate,
    to: gateName(model, gate),
    body: bodyOf(model, body).name,
    passage,
    status,
    statusName: model.rules.decisionStatus[status],
    registered: registration && {
      by: userNames(model, registration.by),
      date: localDate(model, new Date(registration.at)),
    },
    notes: notes(model, decision),
    meeting: isDecided ? null : nextMeeting(model, bodyOf(model, body), localDate(model, now)),
    counts: false,
    doubt: doubtOf(model, accepted, decision, now),
  };
}

function doubtOf(model: Model, accepted: Accepted, decision: Decision, now: Date): Doubt | null {
  if (decision.row !== null && decision.row in accepted.waiting) return "waiting";
  if (decision.disputed) return "taken-back";
  return isExpired(model, decision, now) ? "expired" : null;
}

function notes(model: Model, { shown }: Decision): DecisionExplained["notes"] {
  if (!shown) return [];
  const names = model.rules.decision;
  const said = [
    { field: names.outcome.name, text: shown.outcome ?? "" },
    { field: names.meeting.name, text: shown.meeting ? longDate(model, shown.meeting.slice(0, 10)) : "" },
    { field: names.item.name, text: shown.item.trim() },
    { field: names.remark.name, text: shown.remark.trim() },
    { field: names.minutes.name, text: shown.minutes ?? "" },
  ];
  return said.filter(({ text }) => text !== "");
}
