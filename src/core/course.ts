// SPDX-License-Identifier: EUPL-1.2
/** The course of one judgement: what is held so far, what will be said, what will be logged. Each step takes one and gives the next. */
import type { Message } from "../model/messages.ts";
import { type BodyKey, type GateId, type Model, type PhaseKey, trackOf } from "../model/model.ts";
import type { Accepted, Decision, LogLine, Tell } from "./accepted.ts";
import { machines } from "./attribution.ts";
import { localDate } from "./calendar.ts";
import type { CardId, CardSeen, Hint, RowId, UserId } from "./card.ts";
import type { DecisionSeen } from "./decision.ts";
import { longDate, placeName } from "./messages.ts";
import type { TaskRequest } from "./task-request.ts";
import { type SpokenId, tell, tellText } from "./tell.ts";

/** What was read, and what the events say of it. */
export type Observation = Readonly<{
  card: CardSeen;
  /** The card as it was last read or written by the service; null when the ledger has none. */
  previous: CardSeen | null;
  /** The rows read now; the ledger supplies the others. */
  rows: readonly DecisionSeen[];
  cardHints: readonly Hint[];
  rowHints: Readonly<Record<RowId, readonly Hint[]>>;
  /** The card whose task this card's «Opgave» names, when that is another card. */
  taskOwner: CardId | null;
  /** How many other cards are being worked on in each phase. */
  othersInPhase: Readonly<Record<PhaseKey, number>>;
  /** The card was on the board before the service first looked. */
  beforeService: boolean;
  /** The phase that its task is labelled with, where the ledger was lost. */
  taskPhase?: PhaseKey | null;
  /** The card's task: where it is, and what was changed on it that the card is asked to follow. Absent: nothing is known of one. */
  task?: Readonly<{ url: string | null; requests: readonly TaskRequest[] }>;
  self: UserId;
  now: Date;
}>;

export type Course = Readonly<{
  model: Model;
  seen: Observation;
  next: Accepted;
  tells: readonly Tell[];
  log: readonly LogLine[];
  /** Rows that are not the service's own: they never count (A24). */
  strays: readonly DecisionSeen[];
}>;

/** A look at a card of which only the move is new. What was said before is left out: it could keep back what is asked for. */
export function courseAt(model: Model, accepted: Accepted, card: CardSeen, now: Date): Course {
  return {
    model,
    seen: {
      card,
      previous: card,
      rows: [],
      cardHints: [],
      rowHints: {},
      taskOwner: null,
      othersInPhase: {},
      beforeService: false,
      self: "",
      now,
    },
    next: { ...accepted, told: {}, pending: [] },
    tells: [],
    log: [],
    strays: [],
  };
}

/** Whether the card is on a track whose gates count. */
export function isGated({ model, next }: Pick<Course, "model" | "next">): boolean {
  return trackOf(model, next.track).gated;
}

export function withNext(course: Course, change: Partial<Accepted>): Course {
  return { ...course, next: { ...course.next, ...change } };
}

export type Entry = Readonly<{
  rule: string;
  by: readonly UserId[];
  events: readonly string[];
  from?: string;
  to?: string;
  /** The gate that a move is about; of one body's decision, that is named instead. */
  gate?: GateId;
  decision?: Pick<Decision, "gate" | "body" | "passage">;
}>;

/** Adds a line to the decision log. */
export function note(course: Course, entry: Entry): Course {
  const place = placeName(course.model, course.next.position);
  const line: LogLine = {
    at: course.seen.now.toISOString(),
    card: course.next.card,
    projectId: course.seen.card.projectId,
    rule: entry.rule,
    by: entry.by,
    machines: machinesBehind(course.seen, entry.events),
    events: entry.events,
    from: entry.from ?? place,
    to: entry.to ?? place,
    gate: entry.decision?.gate ?? entry.gate ?? null,
    body: entry.decision?.body ?? null,
    passage: entry.decision?.passage ?? null,
    modelVersion: course.model.rules.modelVersion,
  };
  return { ...course, log: [...course.log, line] };
}

/** The bots and agents among the authors of the events (case 15). */
function machinesBehind({ cardHints, rowHints, self }: Observation, events: readonly string[]): readonly UserId[] {
  const heard = [...cardHints, ...Object.values(rowHints).flat()];
  return machines(
    heard.filter(({ event }) => events.includes(event)),
    self,
  );
}

/** Whom a message concerns, and when the card was moved if it is about that. */
type Concern = Readonly<{ actors: readonly UserId[]; bodies?: readonly BodyKey[]; movedAt?: string }>;

/** Says something to the people it concerns; it also becomes the card's last message. */
export function say(course: Course, said: Extract<Message, { id: SpokenId }>, about: Concern): Course {
  const { model, seen } = course;
  const addressed = tell(model, said, { bodies: [], ...about, card: seen.card, now: seen.now });
  // The same words to the same people are said once, though two rows may give occasion to them.
  const others = course.tells.filter(({ marker }) => marker !== addressed.marker);
  return lastSaid(course, others, addressed);
}

/** Says something in the same comment as the last message. */
export function sayAlso(course: Course, said: Extract<Message, { id: SpokenId }>): Course {
  const last = course.tells.at(-1);
  if (!last) return say(course, said, { actors: [] });
  const { card, now } = course.seen;
  const { mentions } = tell(course.model, said, { card, actors: [], bodies: [], now });
  const longer = { ...last, also: [...last.also, said], mentions: [...new Set([...last.mentions, ...mentions])] };
  return lastSaid(course, course.tells.slice(0, -1), longer);
}

function lastSaid(course: Course, before: readonly Tell[], last: Tell): Course {
  const { model, seen } = course;
  const lastMessage = `${longDate(model, localDate(model, seen.now))}: ${tellText(model, last)}`;
  return withNext({ ...course, tells: [...before, last] }, { lastMessage });
}

/**
 * A refusal: logged and said once. The same one while it is being carried out is the same refusal, not a second; the
 * same one again within `repeatMinutes` is logged and carried out, but not said to the same people again (case 4).
 */
export function refuseOnce(
  course: Course,
  key: string,
  entry: Entry,
  said: Extract<Message, { id: SpokenId }>,
  about: Concern,
): Course {
  if (course.next.pending.includes(key)) return course;
  const { model, seen, next } = course;
  const topic = `${said.id} ${JSON.stringify(said.params)} ${[...about.actors].sort().join(" ")}`;
  const lastTold = next.told[topic];
  const isRecent =
    lastTold !== undefined && seen.now.getTime() - Date.parse(lastTold) < model.rules.approvals.repeatMinutes * 60_000;
  const noted = withNext(note(course, entry), { pending: [...next.pending, key] });
  if (isRecent) return noted;
  return say(
    withNext(noted, { told: { ...recentOnly(model, next.told, seen.now), [topic]: seen.now.toISOString() } }),
    said,
    about,
  );
}

/** What was said longer ago than `repeatMinutes` need not be remembered. */
function recentOnly(model: Model, told: Accepted["told"], now: Date): Accepted["told"] {
  const oldest = now.getTime() - model.rules.approvals.repeatMinutes * 60_000;
  return Object.fromEntries(Object.entries(told).filter(([, at]) => Date.parse(at) >= oldest));
}
