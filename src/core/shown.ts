// SPDX-License-Identifier: EUPL-1.2
/** What the board must show of what is accepted: the service's own fields of a card and of its rows. */
import { bodyOf, type Gate, gateOutOf, type Model, STOP, trackOf } from "../model/model.ts";
import { type DecisionStatus, type StateKey, stateKeys } from "../model/rules.ts";
import type { Accepted, Decision } from "./accepted.ts";
import { localDate } from "./calendar.ts";
import type { CardPatch, CardSeen, ServiceFields } from "./card.ts";
import type { NewDecision } from "./decision.ts";
import { countingFields, gateFacts, statusOf } from "./gate.ts";
import { list, phaseName, phrase } from "./messages.ts";
import { nextMeasurement } from "./reminders/effect-dates.ts";
import { gapList, unmet } from "./requirements.ts";
import { meetingText } from "./tell.ts";

/** Every field of a card that the service keeps right. The others of a patch are people's own. */
export type CardShown = Required<Omit<CardPatch, "title" | "owners">>;

/** Every field of a card that the service keeps right, as it must be. */
export function cardShown(model: Model, next: Accepted, card: CardSeen, task: string | null, now: Date): CardShown {
  return {
    state: next.position.state,
    phase: next.position.phase,
    track: card.track === null && trackOf(model, null).key === next.track ? null : next.track,
    bodies: next.bodies,
    needsFunding: next.needsFunding,
    ...serviceFields(model, next, card, task, now),
  };
}

function serviceFields(model: Model, next: Accepted, card: CardSeen, task: string | null, now: Date): ServiceFields {
  return {
    confirmed: confirmedText(model, next),
    approvals: approvalsText(model, next, card, now),
    missing: missingText(model, next, card, now),
    wish: next.wish ? phaseName(model, next.wish.phase) : "",
    lastMessage: next.lastMessage,
    nextMeasurement: nextMeasurement({ model, today: localDate(model, now) }, { accepted: next, seen: card }),
    task,
  };
}

/** «Test · Aktiv · 2 Politisk projekt · omgang 1 [test active politisk 1]»: for people, and enough to rebuild the ledger from. */
function confirmedText(model: Model, { position, track, passage }: Accepted): string {
  const words = [phaseName(model, position.phase), model.rules.states[position.state], trackOf(model, track).name];
  return `${words.join(" · ")} · ${model.rules.decision.passage.name.toLowerCase()} ${passage} [${position.phase ?? "-"} ${position.state} ${track} ${passage}]`;
}

/** What «Fase (bekræftet)» said of a card: where it stood when the service last wrote it. */
export type Confirmed = Pick<Accepted, "position" | "track" | "passage">;

/** Reads the end of the confirmed text; null for anything that the service would not have written. */
export function readConfirmed(model: Model, text: string): Confirmed | null {
  const [, key = "", state = "", track = "", passage = ""] = /\[(\S+) (\S+) (\S+) (\d+)\]$/u.exec(text) ?? [];
  const phase = model.phases.find((it) => it.key === key)?.key ?? null;
  const isKnown = stateKeys.some((it) => it === state) && model.rules.tracks.some((it) => it.key === track);
  if (!isKnown || (phase === null && key !== "-")) return null;
  return { position: { state: state as StateKey, phase }, track, passage: Number(passage) };
}

/** «Nytænk → Test: 1 af 2 (mangler Ældre og Sundhed, møde 6. januar 2027)». */
function approvalsText(model: Model, next: Accepted, card: CardSeen, now: Date): string {
  const gate = gateOutOf(model, next.position.phase);
  const facts = gateFacts(model, next, next.position.phase, card.fields, now);
  if (!gate || !facts || next.position.state === "closed") return "";
  if (!trackOf(model, next.track).gated) return phrase(model, "W06", {});
  if (facts.yes.length + facts.missing.length === 0) return "";
  const counts = {
    fra: phaseName(model, gate.from),
    til: phaseName(model, gate.to),
    antal: String(facts.yes.length),
    ialt: String(facts.yes.length + facts.missing.length),
  };
  if (facts.missing.length === 0) return phrase(model, "W05", counts);
  const mangler = list(
    model,
    facts.missing.map((body) =>
      phrase(model, "W09", { udvalg: bodyOf(model, body).name, moede: meetingText(model, [body], now) }),
    ),
  );
  return phrase(model, "W04", { ...counts, mangler });
}

/** What the next gate still needs; on a track without gates, what it would. */
function missingText(model: Model, next: Accepted, card: CardSeen, now: Date): string {
  if (next.position.state === "closed") return "";
  const { closing } = model.rules;
  const gate = gateOutOf(model, next.position.phase);
  const last = [...closing.requires, ...(closing.fromLastPhase?.requires ?? [])];
  const fields = countingFields(model, next, card.fields);
  const facts = trackOf(model, next.track).gated ? gateFacts(model, next, next.position.phase, fields, now) : null;
  return gapList(model, facts?.gaps ?? unmet(gate ? gate.requires : last, fields));
}

/** The service's part of a decision row, as it must be. */
export type RowShown = Omit<NewDecision, "card">;

/** Every field of a row that the service keeps right. The title of a decision that has ended stays as it was. */
export function rowShown(model: Model, decision: Decision, next: Accepted, card: CardSeen): RowShown {
  const { gate, body, passage, registration } = decision;
  return {
    gate,
    body,
    passage,
    title: decision.ended && decision.shown ? decision.shown.title : rowTitle(model, decision, card),
    question: gate === STOP ? model.rules.closing.question : (gateOf(model, gate)?.question ?? ""),
    status: rowStatus(model, decision, next, card),
    box: registration !== null && !decision.disputed,
    registeredBy: registration?.by ?? [],
    registeredAt: registration ? localDate(model, new Date(registration.at)) : null,
  };
}

/** «Klar» when the gate's requirements are met (DOMAIN 5.2). */
function rowStatus(model: Model, decision: Decision, next: Accepted, card: CardSeen): DecisionStatus {
  const gate = gateOf(model, decision.gate);
  const requires = decision.gate === STOP ? model.rules.closing.requires : (gate?.requires ?? []);
  const ready =
    unmet(requires, countingFields(model, next, card.fields)).length === 0 && next.position.state !== "closed";
  return statusOf(model, decision, ready);
}

function rowTitle(model: Model, decision: Decision, card: CardSeen): string {
  const port = decision.gate === STOP ? model.rules.closing.box : (gateOf(model, decision.gate)?.box ?? "");
  return phrase(model, "W28", { projekt: cardName(model, card), port });
}

/** The card's title, or what it is called until it has one. */
export function cardName(model: Model, { title, projectId }: Pick<CardSeen, "title" | "projectId">): string {
  return title.trim() === "" ? phrase(model, "W03", { projekt: projectId }) : title.trim();
}

function gateOf(model: Model, id: string): Gate | undefined {
  return model.gates.find((gate) => gate.id === id);
}
