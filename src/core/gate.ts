// SPDX-License-Identifier: EUPL-1.2
/** A gate as it stands for one card: what is missing, who has said yes, who has not. Every doubt leaves it closed. */
import type { MessageId } from "../model/messages.ts";
import {
  type BodyKey,
  bodyOf,
  type Gate,
  type GateId,
  gateOutOf,
  type Model,
  type PhaseKey,
  STOP,
} from "../model/model.ts";
import type { DecisionStatus, Requirement } from "../model/rules.ts";
import type { Accepted, Decision } from "./accepted.ts";
import { addMonths, localDate } from "./calendar.ts";
import { type Fields, isFilled, meets, unmet } from "./requirements.ts";

/** What opens or closes a gate. `missing` lists bodies without a standing yes; the gate is open only when both lists are empty. */
export type GateFacts = Readonly<{
  gaps: readonly Requirement[];
  /** A field with another value than the gate asks for has its own message (A22). */
  otherwise: Readonly<{ message: MessageId; field: string }> | null;
  yes: readonly BodyKey[];
  missing: readonly BodyKey[];
  /** A missing body that only decides because of a condition on the card, and its message (A21). */
  extra: Readonly<{ message: MessageId; body: BodyKey }> | null;
  /** Bodies with a yes whose meeting date or agenda item is missing, when the model asks for them (A07). */
  withoutMeeting: readonly BodyKey[];
}>;

/** What the state of a gate depends on, of what is accepted. */
type Standpoint = Pick<Accepted, "bodies" | "needsFunding" | "decisions" | "passage" | "waiting">;

/** The card's fields as they count: of the guarded ones what is accepted, whatever the board shows of them just now. */
export function countingFields(
  model: Model,
  accepted: Pick<Accepted, "bodies" | "needsFunding">,
  fields: Fields,
): Fields {
  const { bodies, needsFunding } = model.rules.card;
  const names = accepted.bodies.map((key) => bodyOf(model, key).name);
  return { ...fields, [bodies.name]: names, [needsFunding.name]: accepted.needsFunding };
}

/** The bodies that must say yes to a gate for this card, in the municipality's order. */
export function requiredBodies(
  model: Model,
  gate: Gate | null,
  bodies: readonly BodyKey[],
  fields: Fields,
): readonly BodyKey[] {
  const also = (gate?.alsoDecidedBy ?? []).filter(({ when }) => meets(when, fields[when.field] ?? null));
  const all = new Set([...bodies, ...also.map(({ body }) => body)]);
  return model.municipality.bodies.map(({ key }) => key).filter((key) => all.has(key));
}

/** The bodies that must say yes to the gate out of where the card stands. */
export function requiredBodiesOf(
  model: Model,
  accepted: Pick<Accepted, "position" | "bodies" | "needsFunding">,
  fields: Fields,
): readonly BodyKey[] {
  const counting = countingFields(model, accepted, fields);
  return requiredBodies(model, gateOutOf(model, accepted.position.phase) ?? null, accepted.bodies, counting);
}

/** The decision of a body on a gate that belongs to the card's present passage and has not ended. */
export function openDecision(decisions: readonly Decision[], gate: GateId, body: BodyKey): Decision | undefined {
  return decisions.find((it) => it.gate === gate && it.body === body && it.ended === null);
}

/** A decision's status, from what is registered and what the row says (DOMAIN 5.1–5.5). */
export function statusOf(model: Model, decision: Decision, ready: boolean): DecisionStatus {
  if (decision.ended) return decision.ended;
  const means = outcomeOf(model, decision);
  if (means === "declined" || means === "postponed") return means;
  if (decision.registration) return "approved";
  return ready ? "ready" : "waiting";
}

/** What the row's "Beslutning" means for the tick; null when empty. An option the model does not know means no yes. */
export function outcomeOf(model: Model, decision: Decision): "approved" | "declined" | "postponed" | "none" | null {
  const name = decision.shown?.outcome ?? null;
  if (name === null) return null;
  return model.rules.decisionOutcome.find((it) => it.name === name)?.means ?? "none";
}

/** The gate out of a phase (null: the idea bank), as it stands; null after the last phase. */
export function gateFacts(
  model: Model,
  accepted: Standpoint,
  from: PhaseKey | null,
  shown: Fields,
  now: Date,
): GateFacts | null {
  const gate = gateOutOf(model, from);
  if (!gate) return null;
  const fields = countingFields(model, accepted, shown);
  const gaps = unmet(gate.requires, fields);
  const otherwise = gaps.find((gap) => gap.otherwise && isFilled(fields[gap.field] ?? null));
  const approvals = approvalFacts(model, accepted, gate.id, requiredBodies(model, gate, accepted.bodies, fields), now);
  const extra = gate.alsoDecidedBy.find(
    ({ body, message }) => message && approvals.missing.includes(body) && !accepted.bodies.includes(body),
  );
  return {
    // A gated card without a body has nobody who could say yes: the field itself is what is missing.
    gaps: accepted.bodies.length > 0 ? gaps : withBodiesGap(model, gaps),
    otherwise: otherwise ? { message: otherwise.otherwise as MessageId, field: otherwise.field } : null,
    ...approvals,
    extra: extra?.message ? { message: extra.message, body: extra.body } : null,
  };
}

/** The stop decision as it stands: every body of the card must say yes (A17), and there must be one. */
export function stopFacts(model: Model, accepted: Standpoint, now: Date) {
  const gaps = accepted.bodies.length > 0 ? [] : withBodiesGap(model, []);
  return { gaps, ...approvalFacts(model, accepted, STOP, requiredBodies(model, null, accepted.bodies, {}), now) };
}

function approvalFacts(
  model: Model,
  accepted: Standpoint,
  gate: GateId,
  bodies: readonly BodyKey[],
  now: Date,
): Pick<GateFacts, "yes" | "missing" | "withoutMeeting"> {
  // A box that was changed by nobody knows whom yet is a doubt, and a doubt opens no gate.
  const inDoubt = (it: Decision) => it.row !== null && it.row in accepted.waiting;
  const isDisputed = (it: Decision) => it.ended === "used" && (it.disputed || inDoubt(it));
  // What is disputed keeps the next gate closed; a project may be stopped all the same.
  const disputed = new Set(gate === STOP ? [] : accepted.decisions.filter(isDisputed).map((it) => it.body));
  const standing = (body: BodyKey) => {
    const decision = openDecision(accepted.decisions, gate, body);
    return decision &&
      !disputed.has(body) &&
      !inDoubt(decision) &&
      decision.passage === accepted.passage &&
      statusOf(model, decision, false) === "approved" &&
      !isExpired(model, decision, now)
      ? decision
      : undefined;
  };
  const yes = bodies.filter((body) => standing(body));
  return {
    yes,
    // A yes that was taken back after the move keeps the next gate closed, whichever bodies decide there (B06).
    missing: [...bodies.filter((body) => !standing(body)), ...[...disputed].filter((body) => !bodies.includes(body))],
    withoutMeeting: model.rules.approvals.meetingRequired
      ? yes.filter((body) => !standing(body)?.shown?.meeting || standing(body)?.shown?.item.trim() === "")
      : [],
  };
}

function withBodiesGap(model: Model, gaps: readonly Requirement[]): readonly Requirement[] {
  const field = model.rules.card.bodies.name;
  return gaps.some((gap) => gap.field === field) ? gaps : [...gaps, { field, filled: true }];
}

/** Whether a yes that has not been used yet is too old to count (A27). */
export function isExpired(model: Model, decision: Decision, now: Date): boolean {
  if (!decision.registration || decision.ended) return false;
  const given = localDate(model, new Date(decision.registration.at));
  return localDate(model, now) > addMonths(given, model.rules.approvals.expiresAfterMonths);
}
