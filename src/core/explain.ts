// SPDX-License-Identifier: EUPL-1.2
/**
 * Why a card stands where it stands, what it waits for, and what every move would be answered with: plain data, from what
 * is accepted and what was last seen. Asks the rules; has none of its own.
 */
import { type GateId, gateOutOf, type Model, STOP, trackOf } from "../model/model.ts";
import type { StateKey } from "../model/rules.ts";
import type { Accepted, LogLine } from "./accepted.ts";
import { type CardId, type CardSeen, serviceFields } from "./card.ts";
import { type DecisionExplained, explainDecision, explainDecisions } from "./explain-decisions.ts";
import { type DragExplained, explainDrags } from "./explain-drags.ts";
import { countingFields, type GateFacts, gateFacts, stopFacts } from "./gate.ts";
import { phaseName } from "./messages.ts";
import { closingRequirements, type Fields, gapText, unmet } from "./requirements.ts";
import { cardName, cardShown } from "./shown.ts";
import { userNames } from "./tell.ts";

export type Explanation = Readonly<{
  /** The instant that it holds for, ISO. */
  at: string;
  card: Readonly<{ id: CardId; projectId: string; title: string; url: string }>;
  accepted: PlaceExplained;
  /** null once the project is closed. */
  next: NextExplained | null;
  /** The decision to stop the project, per body, once it has been asked for. */
  stop: readonly DecisionExplained[];
  /** Decisions that have ended: used, void or expired. */
  earlier: readonly DecisionExplained[];
  /** The phase that a refused drag asked for, and who dragged. */
  wish: Readonly<{ phase: string; by: string }> | null;
  /** None while the card lies in the bin: nothing of it is judged there, and what is changed there is first seen later. */
  drags: readonly DragExplained[];
  waiting: readonly WaitingExplained[];
  /** The fields that the service writes: what the board shows, and what it should show. */
  fields: readonly Readonly<{ field: string; shown: string; wanted: string }>[];
}>;

export type PlaceExplained = Readonly<{
  state: StateKey;
  stateName: string;
  phaseName: string;
  track: string;
  gated: boolean;
  passage: number;
  /** When it was accepted there, ISO; null when the log does not tell: the card was there before the service. */
  since: string | null;
  inBin: boolean;
}>;

/** What lies ahead: a gate, or after the last phase the closing (`gate` null). */
export type NextExplained = Readonly<{
  gate: GateId | null;
  from: string;
  to: string;
  question: string;
  requires: readonly RequirementExplained[];
  advises: readonly RequirementExplained[];
  decisions: readonly DecisionExplained[];
}>;

export type RequirementExplained = Readonly<{ text: string; met: boolean }>;

/** A change that is neither accepted nor put back until its event tells who made it. */
export type WaitingExplained = Readonly<{
  field: string;
  /** The body whose decision it is; null for a field of the card. */
  body: string | null;
  kind: "ticked" | "unticked" | "changed";
  since: string;
  /** When it is settled without knowing, ISO. */
  until: string;
}>;

/** Explains a card at an instant. `log` holds the card's own lines of the decision log, oldest first; empty when not read. */
export function explain(
  model: Model,
  accepted: Accepted,
  card: CardSeen,
  now: Date,
  log: readonly LogLine[] = [],
): Explanation {
  const { wish, decisions, position } = accepted;
  const isOver = position.state === "closed";
  return {
    at: now.toISOString(),
    card: { id: card.id, projectId: card.projectId, title: cardName(model, card), url: card.url },
    accepted: place(model, accepted, log),
    next: isOver ? null : explainNext(model, accepted, card, now),
    stop: accepted.stopAsked && !isOver ? explainStop(model, accepted, card, now) : [],
    earlier: decisions.filter((it) => it.ended).map((it) => explainDecision(model, accepted, card, it, now)),
    wish: wish && { phase: phaseName(model, wish.phase), by: userNames(model, wish.by) },
    drags: accepted.trashed ? [] : explainDrags(model, accepted, card, now),
    waiting: explainWaiting(model, accepted),
    fields: explainFields(model, accepted, card, now),
  };
}

function place(model: Model, { position, track, passage, trashed }: Accepted, log: readonly LogLine[]): PlaceExplained {
  const { name, gated } = trackOf(model, track);
  return {
    state: position.state,
    stateName: model.rules.states[position.state],
    phaseName: phaseName(model, position.phase),
    track: name,
    gated,
    passage,
    since: sinceOf(log),
    inBin: trashed,
  };
}

/** Log lines that put a card into a new place. A refusal has its message beside the rule («T3 A01») and is none. */
const arriving: readonly string[] = ["T1", "T2", "T5", "T5u", "T7", "T8", "T10", "T11", "T13", "T14", "copied"];
/** Lines that found a card in its place: since when it was there, nobody knows. */
const found: readonly string[] = ["adopted", "restored"];

function sinceOf(log: readonly LogLine[]): string | null {
  const last = log.findLast(({ rule }) => arriving.includes(rule) || found.includes(rule));
  return last && arriving.includes(last.rule) ? last.at : null;
}

function explainNext(model: Model, accepted: Accepted, card: CardSeen, now: Date): NextExplained {
  const { phase } = accepted.position;
  const gate = gateOutOf(model, phase);
  const facts = gateFacts(model, accepted, phase, card.fields, now);
  const from = phaseName(model, phase);
  const fields = countingFields(model, accepted, card.fields);
  if (!gate || !facts) {
    const { states, closing } = model.rules;
    const requires = requirements(model, closingRequirements(model, phase), fields);
    return { gate: null, from, to: states.closed, question: closing.question, requires, advises: [], decisions: [] };
  }
  const { gated } = trackOf(model, accepted.track);
  // On the gated track a card without a body lacks that too.
  const asked = gated ? [...new Set([...gate.requires, ...facts.gaps])] : gate.requires;
  return {
    gate: gate.id,
    from,
    to: phaseName(model, gate.to),
    question: gate.question,
    requires: requirements(model, asked, fields),
    advises: requirements(model, gate.advises, fields),
    decisions: gated ? explainDecisions(model, accepted, card, gate.id, facts, now) : [],
  };
}

function explainStop(model: Model, accepted: Accepted, card: CardSeen, now: Date): readonly DecisionExplained[] {
  return explainDecisions(model, accepted, card, STOP, stopFacts(model, accepted, now), now);
}

function requirements(model: Model, asked: GateFacts["gaps"], fields: Fields): readonly RequirementExplained[] {
  const gaps = unmet(asked, fields);
  return asked.map((it) => ({ text: gapText(model, it), met: !gaps.includes(it) }));
}

function explainWaiting(model: Model, accepted: Accepted): readonly WaitingExplained[] {
  const waitMs = model.rules.approvals.attributionWaitMinutes * 60_000;
  return Object.entries(accepted.waiting).map(([key, { since }]) => {
    const until = new Date(Date.parse(since) + waitMs).toISOString();
    return { ...whatWaits(model, accepted, key), since, until };
  });
}

/** A waiting change is known by its row's id, or by the key of the card's field. */
function whatWaits(model: Model, accepted: Accepted, key: string): Pick<WaitingExplained, "field" | "body" | "kind"> {
  const decision = accepted.decisions.find(({ row }) => row === key);
  const { card, decision: row } = model.rules;
  if (!decision) {
    const field = Object.entries(card).find(([name]) => name === key)?.[1].name ?? key;
    return { field, body: null, kind: "changed" };
  }
  const body = model.municipality.bodies.find((it) => it.key === decision.body)?.name ?? decision.body;
  return { field: row.box.name, body, kind: decision.shown?.box ? "ticked" : "unticked" };
}

function explainFields(model: Model, accepted: Accepted, card: CardSeen, now: Date): Explanation["fields"] {
  const wanted = cardShown(model, accepted, card, card.shown.task, now);
  return serviceFields.map((key) => ({
    field: model.rules.card[key].name,
    shown: card.shown[key] ?? "",
    wanted: wanted[key] ?? "",
  }));
}
