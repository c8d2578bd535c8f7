// SPDX-License-Identifier: EUPL-1.2
/**
 * One round: who is sent what now. A person gets one message a day, whatever is due; about one card at most one in so many
 * working days, deadlines excepted. What is held back stays due as long as its reason lasts.
 */
import { addDays, instantOf, isSendingTime, localDate, workingDaysBefore } from "../calendar.ts";
import type { UserId } from "../card.ts";
import { type Due, dueOf, indexSent } from "./due.ts";
import { reminderRules } from "./rules.ts";
import { type Facts, type Sent, type Situation, situationOf } from "./situation.ts";

/** One message to one person: all that is due to that person on the day. */
export type Reminder = Readonly<{ person: UserId; on: string; items: readonly Due[] }>;

/** What is to be sent at `now`: nothing on a closed or quiet day or outside the hours. */
export function round(facts: Facts): readonly Reminder[] {
  if (!isSendingTime(facts.model, facts.now)) return [];
  const situation = situationOf(facts);
  const index = indexSent(facts.sent);
  const own = sentByPerson(facts.sent);
  const due = reminderRules.flatMap((rule) => dueOf(situation, rule, index));
  const free = due.filter((it) => mayBeSent(situation, own.get(it.person) ?? [], it));
  const people = [...new Set(free.map(({ person }) => person))];
  return people.map((person) => ({
    person,
    on: situation.today,
    items: free.filter((it) => it.person === person),
  }));
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

function mayBeSent({ model, today }: Situation, own: readonly Sent[], { kind, cards }: Due): boolean {
  if (own.some(({ on }) => on === today)) return false;
  if (kind !== "nag") return true;
  const latest = workingDaysBefore(model, today, model.rules.reminders.atMostOncePerCardAndPersonIn);
  const lately = own.filter(({ on }) => on > latest);
  return !lately.some((it) => it.cards.some((card) => cards.includes(card)));
}

function sentByPerson(sent: readonly Sent[]): ReadonlyMap<UserId, readonly Sent[]> {
  return Map.groupBy(sent, ({ person }) => person);
}
