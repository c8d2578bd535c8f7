// SPDX-License-Identifier: EUPL-1.2
/** The reminder rules as tables: what they say of themselves, and what they do when they are asked. */

import { render } from "../../src/core/messages.ts";
import type { Rule } from "../../src/core/reminders/rule.ts";
import { reminderRules } from "../../src/core/reminders/rules.ts";
import type { Message } from "../../src/model/messages.ts";
import type { Model } from "../../src/model/model.ts";
import { table } from "../policy/markdown.ts";
import { type Example, exampleModel, examples } from "./examples.ts";
import type { Project } from "./project.ts";
import { courseOf, textsOf, whenOf } from "./rule-words.ts";
import { after, type Doing, said } from "./watch.ts";

/** How many of an example's messages are shown. */
const SHOWN = 6;

export function rulesSection(model: Model): string {
  return `## The rules

${rulesTable(model)}

What would fall on a closed day or in a quiet period comes before it where it says «at the latest», and else after it.

## What ends each

A card for each rule, and the days on which the rule alone would say something about it if nobody did anything. Then: what ends
it, and what becomes of the first message when, on the working day before, somebody edits the card (a note that nothing asks
for), asks for rest («${model.rules.card.snoozedUntil.name}» in two months), parks it, closes it, or throws it away. Every cell is what the rules answer.

${endsTable(exampleModel(model))}`;
}

function rulesTable(model: Model): string {
  const rows = inOrder(model).map((rule) => [
    textsOf(model, rule).join(", "),
    whenOf(model, rule),
    courseOf(model, rule),
  ]);
  return table(["text", "when", "to whom, and how it goes on"], rows);
}

/** As their texts are numbered. */
function inOrder(model: Model): readonly Rule[] {
  const first = (rule: Rule) => (textsOf(model, rule)[0] ?? "").replace("D", "Q");
  return [...reminderRules].sort((one, other) => first(one).localeCompare(first(other)));
}

/** What a person may do to a card. What had to be agreed to first is taken as agreed. */
const deeds: Readonly<Record<string, Doing["do"]>> = {
  edited: (project, deed) => project.edit(deed, { fields: { Indsigter: "Ny viden" } }),
  rest: (project, deed) => project.edit(deed, { fields: { "Udsæt påmindelser til": twoMonthsAfter(deed.now) } }),
  parked: (project) => settle(project, "parked"),
  closed: (project) => settle(project, "closed"),
  "in the bin": (project) => project.settle({ trashed: true }),
};

function settle(project: Project, state: "parked" | "closed"): void {
  project.settle({ position: { ...project.accepted.position, state } });
}

function twoMonthsAfter(now: Date): string {
  return new Date(now.getTime() + 60 * 86_400_000).toISOString().slice(0, 10);
}

function endsTable(model: Model): string {
  const rows = inOrder(model).flatMap((rule) => {
    const example = examples[rule.name];
    return example ? [endsRow(model, rule, example)] : [];
  });
  return table(["text", "comes on", "is ended when", ...Object.keys(deeds)], rows);
}

function endsRow(model: Model, rule: Rule, example: Example): readonly string[] {
  const ended = after(model, rule, example, example.end);
  if (ended === "no difference") throw new Error(`«${example.ends}» does not end «${rule.name}»`);
  const ends = ended === "nothing" ? example.ends : `${example.ends} (${ended})`;
  const all = said(model, rule, example);
  const shown = all.slice(0, SHOWN).map(({ on, id }) => `${on} ${id}`);
  const days = all.length > SHOWN ? [...shown, "…"] : shown;
  const cells = Object.values(deeds).map((deed) => after(model, rule, example, deed));
  return [textsOf(model, rule).join(", "), days.join(", "), ends, ...cells];
}

export function textsSection(model: Model): string {
  const ids = [...new Set(inOrder(model).flatMap((rule) => textsOf(model, rule)))];
  const rows = ids.map((id) => [id, render(model, { id, params: {} } as unknown as Message)]);
  return `## Texts\n\nAs people read them, without the closing words that say why they came. Names in braces are filled in.\n\n${table(["", "text"], rows)}`;
}

/** What holds for all of them, with the model's numbers. */
export function allSection(model: Model): string {
  const { reminders } = model.rules;
  const quiet = reminders.quietPeriods.map((it) =>
    "isoWeeks" in it ? `weeks ${it.isoWeeks.join("–")}` : `${it.from} to ${it.to}`,
  );
  const rows = [
    [
      "days are counted in",
      "working days: Monday to Friday, no holiday, no closed day; months by date, the last day for one that is not there",
    ],
    [
      "sent",
      `on working days from ${reminders.sendAt} to ${reminders.sendUntil}, on Fridays to ${reminders.sendUntilOnFriday} (${model.rules.timeZone})`,
    ],
    ["never sent", `${quiet.join(", ")}; holidays; ${reminders.closedDays.join(" and ")}`],
    ["to one person on one day", "one message, whatever is due"],
    [
      "to one person about one card",
      `one in ${reminders.atMostOncePerCardAndPersonIn} working days, what comes before a deadline excepted; what is held back comes later, if its reason still holds`,
    ],
    ["after a stop", "the next step of each, never those that were missed"],
    ["a date entered afterwards", "brings nothing of the past"],
  ];
  return `## For all of them\n\n${table(["", "here"], rows)}`;
}
