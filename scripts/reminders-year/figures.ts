// SPDX-License-Identifier: EUPL-1.2
/** What a simulated year comes to: messages for each person and week. */
import { addDays, isoWeek, isSendingDay } from "../../src/core/calendar.ts";
import type { UserId } from "../../src/core/card.ts";
import { year } from "./town.ts";
import type { Lived } from "./year.ts";

export const groups = ["owners", "leaders", "approvers", "secretaries"] as const;
export type Group = (typeof groups)[number];

/** Of one week and group: messages in all, to the person who got most, and how many people got how many. */
export type Week = Readonly<{ week: string; total: number; most: number; each: readonly number[] }>;

export type Figures = Readonly<{
  people: number;
  messages: number;
  /** Things said: a message says all that is due to a person on the day. */
  items: number;
  /** Things said in the longest message. */
  longest: number;
  weeks: readonly Week[];
}>;

/** Weeks in which something may be sent; whoever has left is counted for as long as they got anything. */
export function figuresOf({ town, reminders }: Lived, group: Group): Figures {
  const people = town[group];
  const own = reminders.filter(({ person }) => people.includes(person));
  const byWeek = Map.groupBy(own, ({ on }) => isoWeek(on));
  const weeks = sendingWeeks(town.model).map((week): Week => {
    const each = people.map((person) => countOf(byWeek.get(week) ?? [], person));
    return { week, total: each.reduce((sum, it) => sum + it, 0), most: Math.max(...each), each };
  });
  const lengths = own.map(({ items }) => items.length);
  return {
    people: people.length,
    messages: own.length,
    items: lengths.reduce((sum, it) => sum + it, 0),
    longest: Math.max(0, ...lengths),
    weeks,
  };
}

function countOf(reminders: Lived["reminders"], person: UserId): number {
  return reminders.filter((it) => it.person === person).length;
}

function sendingWeeks(model: Lived["town"]["model"]): readonly string[] {
  const weeks = new Set<string>();
  for (let day: string = year.first; day <= year.last; day = addDays(day, 1))
    if (isSendingDay(model, day)) weeks.add(isoWeek(day));
  return [...weeks];
}

/** A person's weeks, fewest messages first. */
export function personWeeks({ weeks }: Figures): readonly number[] {
  return weeks.flatMap(({ each }) => each).sort((a, b) => a - b);
}

/** At most so many in 19 of a person's 20 weeks. */
export function usually(figures: Figures): number {
  const all = personWeeks(figures);
  return all[Math.floor(all.length * 0.95)] ?? 0;
}

export function average({ messages, people, weeks }: Figures): number {
  return messages / people / weeks.length;
}

/** How many times each text was said, most often first. */
export function byText({ reminders }: Lived): readonly (readonly [id: string, times: number, people: number])[] {
  const said = reminders.flatMap(({ person, items }) => items.map(({ message }) => ({ id: message.id, person })));
  const grouped = [...Map.groupBy(said, ({ id }) => id)];
  const counted = grouped.map(
    ([id, them]) => [id, them.length, new Set(them.map(({ person }) => person)).size] as const,
  );
  return counted.sort(([one, more], [other, less]) => less - more || one.localeCompare(other));
}
