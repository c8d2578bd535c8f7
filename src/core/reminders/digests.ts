// SPDX-License-Identifier: EUPL-1.2
/** The overviews: weekly to each owner, before a meeting to those who decide, monthly to the secretariat, and what a quarter taught (D01–D04). */
import {
  addDays,
  addMonths,
  isoWeek,
  pulledForward,
  pushedBack,
  weekdayOf,
  workingDaysAfter,
  workingDaysBefore,
} from "../calendar.ts";
import type { UserId } from "../card.ts";
import { render } from "../messages.ts";
import { agendaOf } from "./agenda.ts";
import { meetingAhead } from "./body-rules.ts";
import { peopleOfBodies } from "./people.ts";
import {
  cardsOf,
  isQuarterTaught,
  meetingSections,
  meetingTitle,
  monthSections,
  monthTitle,
  quarterSections,
  quarterStart,
  quarterTitle,
} from "./reports.ts";
import { type Reason, type Rule, workingDays } from "./rule.ts";
import type { Report } from "./section.ts";
import { liveCards, type RemindedCard, type Situation } from "./situation.ts";
import { hasWeek, weekSections, weekTitle } from "./week.ts";

/** D01: on the week's first day, what waits for an owner and what waits for the politicians. */
export const weekly: Rule = {
  name: "weekly",
  kind: "overview",
  reasons: (situation) => {
    const { model, today } = situation;
    const monday = addDays(today, 1 - (weekdayOf(today) || 7));
    if (pushedBack(model, monday) !== today) return [];
    const owned = liveCards(situation).flatMap((card) =>
      [...new Set(card.seen.owners)].map((user) => ({ user, card })),
    );
    const byOwner = [...Map.groupBy(owned, ({ user }) => user)].filter(([user]) => !situation.gone.includes(user));
    return byOwner.flatMap(([user, them]) =>
      weekOf(
        situation,
        user,
        them.map(({ card }) => card),
      ),
    );
  },
  steps: () => [{ id: "D01", wait: workingDays(0), to: ["owner"] }],
  endless: false,
};

function weekOf(situation: Situation, user: UserId, cards: readonly RemindedCard[]): readonly Reason[] {
  if (!hasWeek(situation, cards)) return [];
  const said = { say: () => weekTitle(cards), sections: () => weekSections(situation, cards) };
  const people = () => [{ user, as: "owner" as const }];
  const anchor = `${user} ${isoWeek(situation.today)}`;
  return [{ anchor, from: situation.today, until: null, cards, people, ...said }];
}

/** D02: shortly before a body's meeting, what it decides about and what else is its own. */
export const beforeMeeting: Rule = {
  name: "before-meeting",
  kind: "overview",
  reasons: (situation) =>
    situation.model.municipality.bodies.flatMap((body) => {
      const { model, today } = situation;
      const meeting = meetingAhead(situation, body);
      if (meeting === undefined) return [];
      const from = pulledForward(model, workingDaysBefore(model, meeting, model.rules.reminders.beforeMeeting));
      const cards = from <= today ? cardsOf(situation, body) : [];
      if (from > today || cards.length + agendaOf(situation, body.key, meeting).length === 0) return [];
      const said = {
        say: () => meetingTitle(situation, body, meeting),
        sections: () => meetingSections(situation, body, meeting),
      };
      const people = peopleOfBodies(situation, [body.key]);
      return [{ cards, people, ...said, anchor: `${body.key} ${meeting}`, from, until: meeting }];
    }),
  steps: () => [{ id: "D02", wait: workingDays(0), to: ["approver"] }],
  endless: false,
};

/** D03: on a month's first day, how the whole board stands and what was closed in the month before. */
export const monthly: Rule = {
  name: "monthly",
  kind: "overview",
  reasons: (situation) => {
    const month = situation.today.slice(0, 7);
    if (situation.cards.length === 0) return [];
    const gone = addMonths(`${month}-01`, -1).slice(0, 7);
    const said = { say: () => monthTitle(situation, gone), sections: () => monthSections(situation, gone) };
    const reason = { cards: situation.cards, people: peopleOfBodies(situation, []) };
    return [{ ...reason, ...said, ...atStartOf(situation, `${month}-01`), anchor: month }];
  },
  steps: () => [{ id: "D03", wait: workingDays(0), to: ["secretariat"] }],
  endless: false,
};

/** D04: on a quarter's first day, what the projects taught that were closed in the quarter before. */
export const quarterly: Rule = {
  name: "quarterly",
  kind: "overview",
  reasons: (situation) => {
    const start = quarterStart(situation.today);
    const gone = addMonths(start, -3);
    if (!isQuarterTaught(situation, gone)) return [];
    const said = { say: () => quarterTitle(situation, gone), sections: () => quarterSections(situation, gone) };
    const reason = { cards: [], people: peopleOfBodies(situation, []) };
    return [{ ...reason, ...said, ...atStartOf(situation, start), anchor: start }];
  },
  steps: () => [{ id: "D04", wait: workingDays(0), to: ["everyone"] }],
  endless: false,
};

/** What a quarter taught, while it is to be written down: in its successor's first days. Null: not now, or nothing was taught. */
export function quarterToWrite(situation: Situation): Report | null {
  const { model, today } = situation;
  const [reason] = quarterly.reasons(situation);
  if (!reason || today < reason.from || today > (reason.until ?? today)) return null;
  return { title: render(model, reason.say("D04")), sections: reason.sections?.() ?? [] };
}

/** From the first day of a period on which people are sent anything, and a few days more. */
function atStartOf({ model }: Situation, first: string): Pick<Reason, "from" | "until"> {
  const from = pushedBack(model, first);
  return { from, until: workingDaysAfter(model, from, model.rules.reminders.overviews.late) };
}
