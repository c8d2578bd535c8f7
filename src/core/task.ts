// SPDX-License-Identifier: EUPL-1.2
/** What a card's task must look like in the tracker (DOMAIN 7). Nothing personal, nothing confidential leaves the board. */
import { bodyOf, type Model, personByUser, phaseOf, trackOf } from "../model/model.ts";
import type { Accepted } from "./accepted.ts";
import type { CardId, CardSeen, UserId } from "./card.ts";
import { gateFacts, requiredBodiesOf } from "./gate.ts";
import { phaseName, phrase } from "./messages.ts";
import { hasCpr, isConfidential, withoutTitle } from "./privacy.ts";
import { cardName } from "./shown.ts";
import { nextDecision } from "./tell.ts";

/** Where a task is. `id` survives a renamed repository; `number` and `url` are what people see. */
export type TaskRef = Readonly<{ id: number; number: number; url: string }>;

export type CloseReason = "completed" | "not_planned";

/** One line of the block that the service owns at the top of a task: plain text, escaped by the adapter. */
export type BlockLine = Readonly<{ label: string; text: string; href?: string }>;

/** An account on the tracker. A machine is one that the tracker itself calls a bot. */
export type Login = string;

/** A task as the tracker shows it. */
export type TaskSeen = TaskRef &
  Readonly<{
    title: string;
    body: string;
    labels: readonly string[];
    closed: CloseReason | "other" | null;
    assignees: readonly Login[];
    author: Readonly<{ login: Login; isPerson: boolean }>;
  }>;

/** What the service wants of a task. What it does not name here is not touched. */
export type TaskWanted = Readonly<{
  card: CardId;
  title: string;
  /** The title is the service's own and follows nobody: the card's holds what must not leave the board. */
  titleHeld: boolean;
  note: string;
  lines: readonly BlockLine[];
  /** Labels the task must have … */
  labels: readonly string[];
  /** … out of the labels that are the service's to set and remove. */
  ownLabels: readonly string[];
  /** Who must be on the task … */
  assignees: readonly Login[];
  /** … and who must not: the owners that it had. Everybody else is the developers' business. */
  formerAssignees: readonly Login[];
  /** null: open. */
  closed: CloseReason | null;
}>;

/**
 * The task wanted for a card, as the card alone has it; null when it must not have one yet: ideas live on the board
 * alone. `overWip`: the card's phase holds more than it should, and the card is one of those that came last.
 */
export function taskWanted(
  model: Model,
  next: Accepted,
  card: CardSeen,
  now: Date,
  overWip = false,
): TaskWanted | null {
  if (next.position.state === "idea" || next.position.phase === null) return null;
  const secret = isConfidential(model, card);
  const titleHeld = secret || hasCpr(card.title);
  return {
    card: card.id,
    title: titleHeld ? phrase(model, "W21", { projekt: card.projectId }) : cardName(model, card),
    titleHeld,
    note: phrase(model, "W22", {}),
    lines: secret ? [] : lines(model, next, card, now),
    labels: labels(model, next, card, now, overWip),
    ownLabels: ownLabels(model),
    assignees: loginsOf(model, card.owners),
    formerAssignees: [],
    closed: closeReason(model, next, card),
  };
}

/** The accounts of those among the users who have one that is known. */
export function loginsOf(model: Model, users: readonly UserId[]): readonly Login[] {
  return [...new Set(users.flatMap((user) => personByUser(model, user)?.github ?? []))];
}

function lines(model: Model, next: Accepted, card: CardSeen, now: Date): readonly BlockLine[] {
  const question = card.fields[model.rules.card.question.name];
  const bodies = requiredBodiesOf(model, next, card.fields);
  const ahead =
    next.position.state === "closed" ? "" : nextDecision(model, next, trackOf(model, next.track).gated, bodies, now);
  const all: readonly BlockLine[] = [
    { label: phrase(model, "W26", {}), text: card.projectId, href: withoutTitle(card.url) },
    { label: phrase(model, "W24", {}), text: phaseName(model, next.position.phase) },
    { label: phrase(model, "W23", {}), text: typeof question === "string" && !hasCpr(question) ? question : "" },
    { label: phrase(model, "W25", {}), text: ahead },
  ];
  return all.filter(({ text }) => text.trim() !== "");
}

/** Exactly one phase label and one track label, the bodies', and what holds the card up. */
function labels(model: Model, next: Accepted, card: CardSeen, now: Date, overWip: boolean): readonly string[] {
  const { labels: own, outcomes } = model.rules;
  const { state, phase } = next.position;
  const facts = trackOf(model, next.track).gated ? gateFacts(model, next, phase, card.fields, now) : null;
  const isOpen = state === "active" || state === "parked";
  const outcome = Object.values(outcomes).find(({ name }) => name === card.fields[model.rules.card.outcome.name]);
  const when: readonly [boolean, string | undefined][] = [
    [true, phaseOf(model, phase ?? "").label],
    [true, trackOf(model, next.track).label],
    [isOpen && facts !== null && facts.missing.length > 0, own.pending],
    [isOpen && facts !== null && facts.gaps.length > 0, own.missing],
    [state === "parked", own.parked],
    [state === "active" && overWip, own.overWip],
    [next.trashed, own.trashed],
    [state === "closed", outcome?.label],
  ];
  const bodies = next.bodies.map((body) => bodyOf(model, body).label);
  return [...when.flatMap(([holds, label]) => (holds && label ? [label] : [])), ...bodies];
}

/** Every label that is the service's to set and remove. */
export function ownLabels(model: Model): readonly string[] {
  const { labels: own, outcomes, tracks } = model.rules;
  const named = [...model.phases, ...tracks, ...Object.values(outcomes), ...model.municipality.bodies].map(
    ({ label }) => label,
  );
  return [...named, own.pending, own.missing, own.parked, own.trashed, own.overWip];
}

function closeReason(model: Model, next: Accepted, card: CardSeen): TaskWanted["closed"] {
  if (next.position.state !== "closed") return null;
  const { effect } = model.rules.outcomes;
  return card.fields[model.rules.card.outcome.name] === effect.name ? "completed" : "not_planned";
}
