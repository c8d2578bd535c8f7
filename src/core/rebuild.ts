// SPDX-License-Identifier: EUPL-1.2
/**
 * What a card and its rows still say of a lost memory (case 37). Nobody can forge a yes by it: a row's fields can be edited by
 * whoever may edit the board, so a registration counts only where nobody else has touched the row since. Every doubt
 * leaves the gate closed (I2), and is named.
 */
import {
  type BodyKey,
  bodyOf,
  gateOutOf,
  type Model,
  type PhaseKey,
  personByUser,
  phaseOf,
  STOP,
  trackOf,
} from "../model/model.ts";
import type { Accepted, Decision, Registration } from "./accepted.ts";
import { localDate } from "./calendar.ts";
import type { CardSeen, UserId } from "./card.ts";
import type { DecisionSeen } from "./decision.ts";
import { phaseName } from "./messages.ts";
import { type Confirmed, readConfirmed } from "./shown.ts";

/** Why a registered yes is not taken over. The committee has to give it again. */
export type Doubt = "no approver" | "no day" | "not ticked" | "edited since" | "not the last word" | "twice";

export type Rebuilt = Readonly<{
  accepted: Pick<
    Accepted,
    "track" | "bodies" | "needsFunding" | "passagesBegun" | "decisions" | "wish" | "stopAsked" | "lastMessage"
  >;
  /** The rows that name somebody who said yes, and are not believed. */
  doubts: readonly Readonly<{ row: DecisionSeen; doubt: Doubt }>[];
}>;

export type Remains = Readonly<{
  card: CardSeen;
  confirmed: Confirmed;
  /** Every row that points at the card. */
  rows: readonly DecisionSeen[];
  self: UserId;
  now: Date;
}>;

/**
 * Where the card stood, by what the service wrote on it and on its task. Whoever may edit the board can edit the one, and
 * a developer the other, so where the two differ the earlier phase counts: a gate may be asked twice, never skipped.
 */
export function confirmedBy(model: Model, text: string, taskPhase: PhaseKey | null): Confirmed | null {
  const confirmed = readConfirmed(model, text);
  if (!confirmed || taskPhase === null || confirmed.position.phase === null) return confirmed;
  const [said, labelled] = [phaseOf(model, confirmed.position.phase), phaseOf(model, taskPhase)];
  const isEarlier = labelled.index < said.index;
  return isEarlier ? { ...confirmed, position: { ...confirmed.position, phase: labelled.key } } : confirmed;
}

/** A row that is certainly one of the service's own for this card. */
type OwnRow = DecisionSeen & Readonly<{ gate: string; body: BodyKey; passage: number }>;

/** Takes the card's decisions from its rows, and from the fields that the service wrote on it. */
export function rebuild(model: Model, remains: Remains): Rebuilt {
  const own = remains.rows.filter((row): row is OwnRow => isOwn(model, remains, row));
  const judged = own.map((row) => ({ row, doubt: doubtOf(model, remains, own, row) }));
  const decisions = judged.map(({ row, doubt }) => decisionOf(model, remains, row, doubt));
  const { card } = remains;
  const phase = model.phases.find(({ key }) => phaseName(model, key) === card.shown.wish)?.key;
  return {
    accepted: {
      ...guardedOf(model, remains, decisions),
      decisions,
      passagesBegun: passagesBegunBy(remains),
      wish: phase === undefined ? null : { phase, by: [] },
      stopAsked: decisions.some(({ gate, ended }) => gate === STOP && ended === null),
      lastMessage: card.shown.lastMessage,
    },
    doubts: judged.flatMap(({ row, doubt }) => (doubt !== null && claimsYes(row) ? [{ row, doubt }] : [])),
  };
}

/** A row of a passage that was undone is no decision of the card's any more, and still has its number. */
function passagesBegunBy({ rows, confirmed, self }: Remains): number {
  const made = rows.filter(({ createdBy }) => createdBy === self).map(({ passage }) => passage ?? 1);
  return Math.max(confirmed.passage, ...made);
}

function isOwn(model: Model, { card, confirmed, self }: Remains, row: DecisionSeen): boolean {
  const isOfCard = row.cards.length === 1 && row.cards[0] === card.id;
  const isKnown =
    (row.gate === STOP || model.gates.some(({ id }) => id === row.gate)) &&
    model.municipality.bodies.some(({ key }) => key === row.body);
  return (
    row.createdBy === self &&
    !row.inTrash &&
    isOfCard &&
    isKnown &&
    row.passage !== null &&
    row.passage <= confirmed.passage
  );
}

function claimsYes({ box, registeredBy }: DecisionSeen): boolean {
  return box || registeredBy.length > 0;
}

/** The first reason that holds. null: what the row says is what the service wrote, and it stood by it. */
const reasons: readonly (readonly [
  Doubt,
  (model: Model, remains: Remains, own: readonly OwnRow[], row: OwnRow) => boolean,
])[] = [
  ["not ticked", (_model, _remains, _own, { box, registeredBy }) => !box || registeredBy.length === 0],
  [
    "no day",
    (model, { now }, _own, { registeredAt }) => !registeredAt || registeredAt.slice(0, 10) > localDate(model, now),
  ],
  [
    "no approver",
    (model, _remains, _own, row) => !row.registeredBy.every((user) => mayDecide(model, row, user, dayOf(row))),
  ],
  // A person disqualified or an owner may have become one since; that is for the committee to say.
  [
    "no approver",
    (_model, { card }, _own, row) =>
      row.registeredBy.some((user) => [...row.disqualified, ...card.owners].includes(user)),
  ],
  ["not the last word", (model, _remains, _own, row) => row.status !== "approved" || contradicts(model, row)],
  ["edited since", (model, remains, _own, row) => !isUntouched(model, remains, row)],
  ["twice", (_model, _remains, own, row) => own.filter((other) => isSameDecision(other, row)).length > 1],
];

function doubtOf(model: Model, remains: Remains, own: readonly OwnRow[], row: OwnRow): Doubt | null {
  return reasons.find(([, holds]) => holds(model, remains, own, row))?.[0] ?? null;
}

function isSameDecision(one: OwnRow, other: OwnRow): boolean {
  return one.gate === other.gate && one.body === other.body && one.passage === other.passage;
}

function contradicts(model: Model, { outcome }: DecisionSeen): boolean {
  return outcome !== null && model.rules.decisionOutcome.find(({ name }) => name === outcome)?.means !== "approved";
}

function mayDecide(model: Model, { body }: OwnRow, user: UserId, day: string): boolean {
  const person = personByUser(model, user);
  const terms = bodyOf(model, body).approvers.filter((approver) => approver.person === person?.key);
  return terms.some(({ from, to }) => from <= day && (to === undefined || day <= to));
}

/** The last editor of anything is evidence against, never for: only the service, or somebody who may say yes alone. */
function isUntouched(model: Model, { self, now }: Remains, row: OwnRow): boolean {
  return row.lastEditedBy === self || mayDecide(model, row, row.lastEditedBy, localDate(model, now));
}

function dayOf({ registeredAt }: DecisionSeen): string {
  return registeredAt?.slice(0, 10) ?? "";
}

/**
 * What has ended opens nothing, so that who decided is kept as it stands there; unticked behind a passed gate, it keeps
 * the next one closed (B06). What is open counts only without a doubt.
 */
function decisionOf(model: Model, remains: Remains, row: OwnRow, doubt: Doubt | null): Decision {
  const ended = endOf(model, remains, row);
  const isKept = ended === null ? doubt === null : row.registeredBy.length > 0;
  return {
    gate: row.gate,
    body: row.body,
    passage: row.passage,
    row: row.id,
    registration: isKept ? registrationOf(model, remains, row) : null,
    ended,
    disputed: ended === "used" && row.registeredBy.length > 0 && !row.box,
    shown: row,
    settledAt: remains.now.toISOString(),
  };
}

const ends = { used: "used", void: "void", expired: "expired" } as const;

/**
 * Only a decision on the gate ahead, or on a stop, in the present passage can be open. That one of these has ended is
 * believed where nobody else has touched the row; elsewhere it would be a way round a committee.
 */
function endOf(model: Model, remains: Remains, row: OwnRow): Decision["ended"] {
  const { confirmed } = remains;
  const said = Object.entries(ends).find(([status]) => status === row.status)?.[1];
  const ahead = gateOutOf(model, confirmed.position.phase)?.id;
  const isAhead = row.gate === ahead || row.gate === STOP;
  const canBeOpen = row.passage === confirmed.passage && confirmed.position.state !== "closed" && isAhead;
  if (!canBeOpen) return said ?? "void";
  return isUntouched(model, remains, row) ? (said ?? null) : null;
}

/** What the committee read is not written anywhere: the fields count as they are now. The hour is not known, the day is. */
function registrationOf(model: Model, { card }: Remains, row: OwnRow): Registration {
  const gate = model.gates.find(({ id }) => id === row.gate);
  const fields = (gate?.requires ?? []).map(({ field }) => field);
  const content = Object.fromEntries(fields.map((field) => [field, card.fields[field] ?? null]));
  return { by: row.registeredBy, at: `${dayOf(row)}T12:00:00.000Z`, events: [], content };
}

/**
 * A body that is still asked cannot have been taken off while nobody looked, nor the card have left its track: the open row
 * speaks for both.
 */
function guardedOf(
  model: Model,
  { card, confirmed }: Remains,
  decisions: readonly Decision[],
): Pick<Accepted, "track" | "bodies" | "needsFunding"> {
  const gate = gateOutOf(model, confirmed.position.phase);
  const { needsFunding } = model.rules.card;
  const asked = decisions.filter(({ ended, gate: id }) => ended === null && id === gate?.id).map(({ body }) => body);
  const missing = [...new Set(asked)].filter((body) => !card.bodies.includes(body));
  const funded = (gate?.alsoDecidedBy ?? [])
    .filter(({ when }) => when.field === needsFunding.name)
    .map(({ body }) => body);
  const isGated = trackOf(model, confirmed.track).gated || asked.length === 0;
  const track = isGated ? confirmed.track : (model.rules.tracks.find((it) => it.gated)?.key ?? confirmed.track);
  return {
    track,
    bodies: [...card.bodies, ...missing.filter((body) => !funded.includes(body))],
    needsFunding: card.fields[needsFunding.name] === true || missing.some((body) => funded.includes(body)),
  };
}
