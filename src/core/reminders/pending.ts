// SPDX-License-Identifier: EUPL-1.2
/** A message on its way to one person: what it is to say, and what is known of the tries to send it (I9). */
import type { CardId, UserId } from "../card.ts";
import { fingerprint } from "../fingerprint.ts";
import { type Reminder, round, sentBy } from "./round.ts";
import { reminderRules } from "./rules.ts";
import type { Facts, Sent } from "./situation.ts";

/** A try to send a message, put down before it is made: whatever stops it, it may have got through. */
export type Try = Readonly<{
  /** How many there have been with it. */
  number: number;
  /** The channel it was made by. */
  by: string;
  /** The page that the message stands on if it got through as a comment; null: by another channel. */
  page: CardId | null;
  /** What is remembered as sent if it got through. */
  said: readonly Sent[];
  /** The instant, ISO, from which on nothing of the try is under way any more. */
  overAt: string;
}>;

export type Pending = Readonly<{
  /** One message to a person a day, so that is what it is known by, on the board too. */
  key: string;
  person: UserId;
  /** The local date it belongs to: on another it is not sent any more. */
  on: string;
  /** What the round found due. Whatever falls due later in the day is not among it. */
  occurrences: readonly string[];
  tried: Try | null;
}>;

/** The message that a round puts on its way. The same person and day always have the same key, whatever was forgotten meanwhile. */
export function pendingOf(reminder: Reminder): Pending {
  const { person, on, items } = reminder;
  const key = `${items[0]?.message.id ?? "P"}-${markOf(person, on)}`;
  return { key, person, on, occurrences: items.map(({ occurrence }) => occurrence), tried: null };
}

/** What the keys of all messages to a person on a day end in. */
export function markOf(person: UserId, on: string): string {
  return fingerprint(`${person} ${on}`);
}

/**
 * What there still is to say of a message, as things are now; null: nothing, or its day is over. Only the rules that it came
 * from are asked: what another finds due is not in it, and no rule depends on that.
 */
export function stillDue({ person, on, occurrences }: Pending, facts: Facts): Reminder | null {
  const itsRules = reminderRules.filter(({ name }) => occurrences.some((it) => it.startsWith(`${name} `)));
  const now = round(facts, itsRules).find((it) => it.person === person && it.on === on);
  const items = (now?.items ?? []).filter(({ occurrence }) => occurrences.includes(occurrence));
  return now && items.length > 0 ? { ...now, items } : null;
}

/** A try of a message that is about to be made. */
export function tryOf(reminder: Reminder, way: Pick<Try, "number" | "by" | "page">, overAt: Date): Try {
  return { ...way, said: sentBy(reminder), overAt: overAt.toISOString() };
}
