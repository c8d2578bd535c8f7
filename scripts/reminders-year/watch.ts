// SPDX-License-Identifier: EUPL-1.2
/** What a rule says of one card in the course of time, and what becomes of it when somebody does something. */
import { addDays, instantOf, isSendingDay, workingDaysBefore } from "../../src/core/calendar.ts";
import { dueOf, indexSent } from "../../src/core/reminders/due.ts";
import type { Rule } from "../../src/core/reminders/rule.ts";
import { type RemindedCard, type Sent, situationOf } from "../../src/core/reminders/situation.ts";
import type { Model } from "../../src/model/model.ts";
import { deedOn, type Example, found } from "./examples.ts";
import type { Deed, Project } from "./project.ts";

/** How long a rule is watched, in days. */
const WATCHED = 150;

export type Said = Readonly<{ on: string; id: string }>;

/** What a person does on a day. */
export type Doing = Readonly<{ on: string; do: (project: Project, deed: Deed) => void }>;

/** The days on which the rule says something of the example, by itself, as though it were the only one. */
export function said(model: Model, rule: Rule, example: Example, doing?: Doing): readonly Said[] {
  const project = example.card(deedOn(model, found));
  const [all, sent]: [Said[], Sent[]] = [[], []];
  if (doing && doing.on < example.from) doing.do(project, deedOn(model, doing.on));
  for (let day = example.from; day <= addDays(example.from, WATCHED); day = addDays(day, 1)) {
    const due = isSendingDay(model, day) ? dueOn(model, rule, project, sent, day) : [];
    sent.push(...due.map(({ occurrence, person, cards }) => ({ occurrence, person, cards, on: day })));
    all.push(...[...new Set(due.map(({ message }) => message.id))].map((id) => ({ on: day, id })));
    if (doing?.on === day) doing.do(project, deedOn(model, day));
  }
  return all;
}

function dueOn(model: Model, rule: Rule, project: RemindedCard, sent: readonly Sent[], day: string) {
  const now = instantOf(model, day, model.rules.reminders.sendAt);
  return dueOf(situationOf({ model, cards: [project], sent, gone: [], now }), rule, indexSent(sent));
}

/** What comes of a deed on the working day before the rule would first say something. */
export function after(model: Model, rule: Rule, example: Example, act: Doing["do"]): string {
  const begins = said(model, rule, example)[0]?.on;
  if (begins === undefined) throw new Error(`the example of «${rule.name}» is never reminded of`);
  const [next] = said(model, rule, example, { on: workingDaysBefore(model, begins, 1), do: act });
  if (!next) return "nothing";
  return next.on === begins ? "no difference" : `not before ${next.on}`;
}
