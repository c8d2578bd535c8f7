// SPDX-License-Identifier: EUPL-1.2
/** The phase label of a task: the service's to set, and a person's to ask with (DOMAIN 7, cases 40 and 41). */
import { type Model, type PhaseKey, phaseOf } from "../model/model.ts";
import type { Accepted } from "./accepted.ts";
import type { CardSeen, Hint, UserId } from "./card.ts";
import { courseAt } from "./course.ts";
import { judgeMove, type MoveFacts, type MoveRefusal } from "./judge-move.ts";
import { bodyNames, list, message, phaseName, placeName } from "./messages.ts";
import { gapList } from "./requirements.ts";
import { moveFacts } from "./take-move.ts";
import type { TaskSeen } from "./task.ts";
import type { TaskSynced } from "./task-link.ts";
import { trackerUser } from "./task-request.ts";
import type { Saying } from "./task-said.ts";
import { nextPhaseName } from "./tell.ts";

export type PhaseVerdict = Readonly<{
  /** The phase that the card is asked to move to; null: the label is as it was confirmed, or is put back. */
  asked: Readonly<{ to: PhaseKey; by: readonly UserId[]; events: readonly string[] }> | null;
  said: readonly Saying[];
}>;

export type PhaseFacts = Readonly<{
  accepted: Accepted;
  card: CardSeen;
  seen: TaskSeen;
  synced: TaskSynced | null;
  /** What the tracker has told of the task since it was last looked at. */
  hints: readonly Hint[];
  now: Date;
}>;

const confirmed: PhaseVerdict = { asked: null, said: [] };

/** Backward, two labels or none: the confirmed one is put back without a word. Forward by a person: the gate decides. */
export function judgePhaseLabel(model: Model, facts: PhaseFacts): PhaseVerdict {
  const { accepted, synced, hints } = facts;
  const [label, ...others] = phaseLabels(model, facts.seen.labels);
  // A label that the service itself has set, and the card has moved on from, asks for nothing.
  if (label === undefined || others.length > 0 || !synced || label === synced.phase) return confirmed;
  const target = model.phases.find((it) => fold(it.label) === label);
  if (!target || target.index <= indexOf(model, accepted.position.phase) || accepted.trashed) return confirmed;
  const telling = hints.filter(({ touched }) => touched.includes(labelTouched(label)));
  const authors = telling.flatMap((hint) => hint.authors);
  if (authors.length > 0 && authors.every(({ kind }) => kind !== "person")) return confirmed;
  const move = moveAsked(model, facts, target.key);
  const { refusal } = judgeMove(model, move);
  if (refusal) return { asked: null, said: [(speaking) => refusals[refusal.id](speaking, accepted, refusal, move)] };
  const by = authors.filter(({ kind }) => kind === "person").map(({ id }) => trackerUser(id));
  return { asked: { to: target.key, by: [...new Set(by)], events: telling.map(({ event }) => event) }, said: [] };
}

/** What an event says it touched when a label was set or removed; compared without regard to case. */
export function labelTouched(label: string): string {
  return `label:${fold(label)}`;
}

/** The phase labels among a task's labels, in lower case, each once. */
export function phaseLabels(model: Model, labels: readonly string[]): readonly string[] {
  const own = new Set(model.phases.map(({ label }) => fold(label)));
  return [...new Set(labels.map(fold))].filter((label) => own.has(label));
}

/** The move as a drag to that phase would be judged, from what the ledger holds of the card: no call to the board. */
function moveAsked(model: Model, { accepted, card, now }: PhaseFacts, phase: PhaseKey): MoveFacts {
  return moveFacts(courseAt(model, accepted, { ...card, state: accepted.position.state, phase }, now));
}

type Refuse = (model: Model, accepted: Accepted, refusal: MoveRefusal, move: MoveFacts) => ReturnType<Saying>;

const notApproved: Refuse = (model, { position }, refusal) => {
  const bodies = "missing" in refusal ? refusal.missing : "body" in refusal ? [refusal.body] : [];
  const fra = placeName(model, position);
  return message("A25", { fra, udvalg: bodyNames(model, bodies), til: nextPhaseName(model, position) });
};

const notReady: Refuse = (model, { position }, _refusal, { gate }) =>
  message("A25m", {
    fra: placeName(model, position),
    til: nextPhaseName(model, position),
    mangler: gapList(model, gate?.gaps ?? []),
  });

const withoutMeeting: Refuse = (model, { position }) => {
  const { meeting, item } = model.rules.decision;
  const mangler = list(model, [meeting.name, item.name]);
  return message("A25m", { fra: placeName(model, position), til: nextPhaseName(model, position), mangler });
};

const oneAtATime: Refuse = (model, { position }) =>
  message("A25s", { fra: placeName(model, position), naeste: nextPhaseName(model, position) });

const atRest: Refuse = (model, { position }) =>
  message("A25t", {
    fra: phaseName(model, position.phase),
    tilstand: model.rules.states[position.state].toLowerCase(),
  });

/** Why the label is put back: each reason that a drag would be refused for has its words. */
const refusals: Readonly<Record<MoveRefusal["id"], Refuse>> = {
  A01: notApproved,
  A02: oneAtATime,
  A03: notReady,
  A04: notApproved,
  A07: withoutMeeting,
  A12: oneAtATime,
  A13: oneAtATime,
  A14: atRest,
  A15: atRest,
  A16: notReady,
  A17: notApproved,
  A20: oneAtATime,
  A21: notApproved,
  A22: notReady,
};

function indexOf(model: Model, phase: PhaseKey | null): number {
  return phase === null ? -1 : phaseOf(model, phase).index;
}

function fold(label: string): string {
  return label.toLowerCase();
}
