// SPDX-License-Identifier: EUPL-1.2
/** A year of a municipality, day by day: the service reminds in the morning, people work afterwards. */
import { addDays, instantOf, isSendingDay } from "../../src/core/calendar.ts";
import type { UserId } from "../../src/core/card.ts";
import { type Reminder, round, sentBy } from "../../src/core/reminders/round.ts";
import type { ReminderId } from "../../src/core/reminders/rule.ts";
import type { Sent } from "../../src/core/reminders/situation.ts";
import type { Model } from "../../src/model/model.ts";
import { anyCard, newCard } from "./board.ts";
import { type Chance, chanceOf } from "./chance.ts";
import { Project } from "./project.ts";
import { type Act, diligence, leave, liveOn, reactions, someDaySoon } from "./staff.ts";
import { sizes, type Town, townOf, year } from "./town.ts";

/** New ideas in a hundred working days. */
const NEW_IDEAS = 25;
export type Lived = Readonly<{ town: Town; reminders: readonly Reminder[]; projects: readonly Project[] }>;

/** Somebody will get round to something on a day. */
type Intention = Readonly<{ on: string; by: UserId; about: ReminderId; project: Project }>;

export function liveYear(rules: Model, seed: number): Lived {
  const [town, chance] = [townOf(rules), chanceOf(seed)];
  const projects = boardAtStart(town, chance);
  const [reminders, sent]: [Reminder[], Sent[]] = [[], []];
  let intended: readonly Intention[] = [];
  for (let today: string = year.first; today <= year.last; today = addDays(today, 1)) {
    if (!isSendingDay(town.model, today)) continue;
    const morning = remindOn(town, projects, sent, today);
    reminders.push(...morning);
    sent.push(...morning.flatMap(sentBy));
    intended = [...intended, ...morning.flatMap((it) => intentions(town, chance, projects, it))];
    intended = work(town, chance, projects, intended, today);
  }
  return { town, reminders, projects };
}

function boardAtStart(town: Town, chance: Chance): Project[] {
  const deed = { model: town.model, now: instantOf(town.model, year.first, "08:00"), by: "" };
  return Array.from({ length: sizes.cards }, (_, number) => {
    return new Project(anyCard(town, chance, number, year.first), deed, true);
  });
}

function remindOn(town: Town, projects: readonly Project[], sent: readonly Sent[], today: string): readonly Reminder[] {
  const now = instantOf(town.model, today, town.model.rules.reminders.sendAt);
  return round({ model: town.model, cards: projects, sent, gone: town.gone, now });
}

/** Of what a message says, each person does what they are diligent enough for. */
function intentions(
  town: Town,
  chance: Chance,
  projects: readonly Project[],
  { person, items, on: today }: Reminder,
): readonly Intention[] {
  const of = new Map(projects.map((it) => [it.seen.id, it]));
  return items.flatMap(({ message, cards }) =>
    cards.flatMap((card) => {
      const project = of.get(card);
      if (!project || chance() * 100 >= diligenceOf(town, person)) return [];
      return [{ on: someDaySoon({ town, chance, today }), by: person, about: message.id, project }];
    }),
  );
}

/** Spread evenly over the people of the house. */
function diligenceOf({ model: { municipality } }: Town, person: UserId): number {
  const at = municipality.people.findIndex(({ key }) => key === person) / municipality.people.length;
  return diligence.least + ((at * 7) % 1) * (diligence.most - diligence.least);
}

/** A working day; what is intended for a later one is left. */
function work(
  town: Town,
  chance: Chance,
  projects: Project[],
  intended: readonly Intention[],
  today: string,
): readonly Intention[] {
  const now = instantOf(town.model, today, "12:00");
  const act = (project: Project, by: UserId): Act => ({ town, chance, project, by, today, now });
  leave(town, chance);
  for (const { by, about, project } of intended.filter(({ on }) => on <= today)) reactions[about](act(project, by));
  for (const project of projects) liveOn(act(project, project.seen.owners[0] ?? town.secretaries[0] ?? ""));
  if (chance() * 100 < NEW_IDEAS) {
    const seen = newCard(town, chance, projects.length, today);
    projects.push(new Project(seen, { model: town.model, now, by: seen.createdBy }, false));
  }
  return intended.filter(({ on }) => on > today);
}
