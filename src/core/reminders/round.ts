// SPDX-License-Identifier: EUPL-1.2
/**
 * One round: who is sent what now. A person gets one message a day, whatever is due; about one card at most one in so many
 * working days, deadlines excepted. What is held back stays due as long as its reason lasts.
 */
import { addDays, instantOf, isSendingTime, localDate, workingDaysBefore } from "../calendar.ts";
import type { CardId, UserId } from "../card.ts";
import { type Due, dueOf, indexSent } from "./due.ts";
import { reminderRules } from "./rules.ts";
import { type Facts, type Sent, type Situation, situationOf } from "./situation.ts";

/** One message to one person: all that is due to that person on the day. */
export type Reminder = Readonly<{ person: UserId; on: string; items: readonly Due[] }>;

/** What is to be sent at `now`, by all rules or some: nothing on a closed or quiet day or outside the hours. */
export function round(facts: Facts, rules = reminderRules): readonly Reminder[] {
  if (!isSendingTime(facts.model, facts.now)) return [];
  const situation = situationOf(facts);
  const index = indexSent(facts.sent);
  const due = rules.flatMap((rule) => dueOf(situation, rule, index));
  const lately = sentLately(situation);
  const free = due.filter((it) => mayBeSent(it, lately.get(it.person)));
  const byPerson = Map.groupBy(free, ({ person }) => person);
  return [...byPerson].map(([person, items]) => ({ person, on: situation.today, items }));
}

/**
 * Every round after `from` until `to`, as if nobody touched the board and the service was there each day. In one step or
 * in many it is the same: what a step has sent is known to the next.
 */
export function rounds(facts: Omit<Facts, "now">, from: Date, to: Date): readonly Reminder[] {
  const { model } = facts;
  const last = localDate(model, to);
  const reminders: Reminder[] = [];
  const sent = [...facts.sent];
  for (let day = localDate(model, from); day <= last; day = addDays(day, 1)) {
    const now = instantOf(model, day, model.rules.reminders.sendAt);
    if (now <= from || now > to) continue;
    const today = round({ ...facts, sent, now });
    reminders.push(...today);
    sent.push(...today.flatMap(sentBy));
  }
  return reminders;
}

/** What is to be remembered of a message that has been sent. */
export function sentBy({ person, on, items }: Reminder): readonly Sent[] {
  return items.map(({ occurrence, cards }) => ({ occurrence, person, cards, on }));
}

/** What a person was sent in the last working days: whether anything today, and about which cards. */
type Lately = Readonly<{ today: boolean; cards: ReadonlySet<CardId> }>;

function sentLately({ model, today, sent }: Situation): ReadonlyMap<UserId, Lately> {
  const latest = workingDaysBefore(model, today, model.rules.reminders.atMostOncePerCardAndPersonIn);
  const byPerson = Map.groupBy(
    sent.filter(({ on }) => on > latest),
    ({ person }) => person,
  );
  const lately = [...byPerson].map(([person, them]) => {
    const cards = new Set(them.flatMap((it) => it.cards));
    return [person, { today: them.some(({ on }) => on === today), cards }] as const;
  });
  return new Map(lately);
}

function mayBeSent({ kind, cards }: Due, lately: Lately | undefined): boolean {
  if (!lately) return true;
  return !lately.today && (kind !== "nag" || !cards.some((card) => lately.cards.has(card)));
}
