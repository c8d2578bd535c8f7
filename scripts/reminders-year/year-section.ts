// SPDX-License-Identifier: EUPL-1.2
/** The simulated year as a section of the page: what was assumed, what came of it, and every number of the picture. */
import { table } from "../policy/markdown.ts";
import { average, byText, type Figures, figuresOf, type Group, groups, personWeeks, usually } from "./figures.ts";
import { diligence, ofThemselves } from "./staff.ts";
import { sizes, year } from "./town.ts";
import type { Lived } from "./year.ts";

/** Nobody but the secretariat gets more in a week. */
const AT_MOST = 5;

export type YearFigures = Readonly<Record<Group, Figures>>;

export function yearFigures(lived: Lived): YearFigures {
  return Object.fromEntries(groups.map((group) => [group, figuresOf(lived, group)])) as YearFigures;
}

/** The weeks in which somebody outside the secretariat got more than is promised. */
export function brokenPromises(figures: YearFigures): readonly string[] {
  return groups
    .filter((group) => group !== "secretaries")
    .flatMap((group) => {
      const weeks = figures[group].weeks.filter(({ most }) => most > AT_MOST);
      return weeks.map(({ week, most }) => `${week}: ${most} to one of the ${group}`);
    });
}

export function yearSection(lived: Lived, figures: YearFigures, picture: string): string {
  return `## A year of it

${assumptions(lived)}

${summary(figures)}

${shares(figures)}

![Messages for each person and week; the tables here say the same](${picture})

${texts(lived)}

<details><summary>Every week in numbers: what an average person got, and whoever got most</summary>

${weekly(figures)}

</details>`;
}

function assumptions({ projects, town, reminders }: Lived): string {
  const { edited, measured, decided } = ofThemselves;
  return `A year is lived through with the rules as they are, from ${year.first} to ${year.last}: a municipality with ${sizes.bodies} bodies,
${sizes.owners} owners, ${sizes.leaders} leaders, ${sizes.secretaries} people in the secretariat, and a board of ${sizes.cards} cards that the service finds as they stand and
has not seen before. Each card is edited ${edited} times in a hundred working days of its owner's own accord, measured ${measured} time;
a chair enters ${decided} of 100 decisions the day after the meeting unasked. Of what they are reminded of, people do between
${diligence.least} and ${diligence.most} in a hundred, each by their own diligence, within five working days. Two bodies have no meetings after June until
somebody is reminded to enter them. What anybody does is judged by the service's own rules: a card that may not move is put
back. At the end of the year there were ${projects.length} cards, ${town.gone.length} owners had left, and ${reminders.length.toLocaleString("en-GB")} messages had been sent.
Chance falls the same way each time, so the page changes only when a rule or the people do.`;
}

function summary(figures: YearFigures): string {
  const rows = groups.map((group) => {
    const them = figures[group];
    const weeks = them.weeks.map(({ most }) => most);
    return [
      `${group} (${them.people})`,
      String(them.messages),
      average(them).toFixed(1),
      String(usually(them)),
      String(Math.max(...weeks)),
      (them.items / them.messages).toFixed(1),
      String(them.longest),
    ];
  });
  const head = [
    "",
    "messages",
    "a week each",
    "in 19 of 20 weeks at most",
    "most in a week",
    "things a message says",
    "most in one",
  ];
  return `Nobody outside the secretariat got more than ${AT_MOST} in a week; the command fails if somebody does. One message a day sees to that
by itself: what the year shows is how far below it stays, and how much one message has to say.

${table(head, rows)}`;
}

function shares(figures: YearFigures): string {
  const counts = Array.from({ length: AT_MOST + 1 }, (_, count) => count);
  const rows = groups.map((group) => {
    const all = personWeeks(figures[group]);
    return [group, ...counts.map((count) => `${percent(all.filter((it) => it === count).length, all.length)}`)];
  });
  return `Of a person's weeks, those with so many messages:\n\n${table(["", ...counts.map(String)], rows)}`;
}

function percent(part: number, whole: number): string {
  return part === 0 ? "–" : `${((100 * part) / whole).toFixed(1)} %`;
}

function texts(lived: Lived): string {
  const rows = byText(lived).map(([id, times, people]) => [id, String(times), String(people)]);
  return `How often each text was said, and to how many people:\n\n${table(["text", "times", "people"], rows)}`;
}

function weekly(figures: YearFigures): string {
  const weeks = figures.owners.weeks.map(({ week }, index) => [
    week,
    ...groups.map((group) => {
      const it = figures[group].weeks[index];
      return it ? `${(it.total / figures[group].people).toFixed(1)} · ${it.most}` : "";
    }),
  ]);
  return table(["week", ...groups], weeks);
}
