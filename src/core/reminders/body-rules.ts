// SPDX-License-Identifier: EUPL-1.2
/** The rules about several cards at once: a body's meeting before and after, meetings that nobody has entered, ideas without an answer (P06, P07, P17, P20). */
import type { Body } from "../../model/model.ts";
import { nextMeeting, pushedBack, weekdaysBefore, workingDaysAfter } from "../calendar.ts";
import { longDate, message } from "../messages.ts";
import { AGENDA, agendaOf, leftOpen } from "./agenda.ts";
import { restingSince } from "./card-rules.ts";
import { ahead } from "./gate-rules.ts";
import { peopleOfBodies } from "./people.ts";
import { months, type Reason, type Rule, type Step, workingDays } from "./rule.ts";
import { isSilent, liveCards, type RemindedCard, type Situation } from "./situation.ts";
import { namesOf } from "./words.ts";

const eachBody = (situation: Situation, reasons: (body: Body) => readonly Reason[]) =>
  situation.model.municipality.bodies.flatMap(reasons);

/** The body's first meeting that has not been held. */
export function meetingAhead({ today }: Situation, { meetings }: Body): string | undefined {
  return meetings.filter((date) => date >= today).sort()[0];
}

/** P06: the agenda is out. It cannot be sent before that, so it waits for the first day on which people are sent anything. */
export const agenda: Rule = {
  name: AGENDA,
  kind: "deadline",
  reasons: (situation) =>
    eachBody(situation, (body) => {
      const { model } = situation;
      const meeting = meetingAhead(situation, body);
      if (meeting === undefined) return [];
      const from = pushedBack(model, weekdaysBefore(model, meeting, model.rules.reminders.agenda));
      const cards = from <= situation.today ? agendaOf(situation, body.key, meeting) : [];
      if (cards.length === 0) return [];
      const moede = longDate(model, meeting);
      const say = () => message("P06", { udvalg: body.name, moede, liste: namesOf(situation, cards) });
      return [{ ...aboutBody(situation, body, cards), anchor: `${body.key} ${meeting}`, from, until: meeting, say }];
    }),
  steps: () => [{ id: "P06", wait: workingDays(0), to: ["approver"] }],
  endless: false,
};

/** P07: a meeting is over, and a row is still open. */
export const undecided: Rule = {
  name: "undecided",
  kind: "nag",
  reasons: (situation) =>
    eachBody(situation, (body) =>
      leftOpen(situation, body.key).map(({ meeting, cards }) => {
        const moede = longDate(situation.model, meeting);
        const say = () => message("P07", { udvalg: body.name, moede, liste: namesOf(situation, cards) });
        return { ...aboutBody(situation, body, cards), anchor: `${body.key} ${meeting}`, from: meeting, say };
      }),
    ),
  steps: ({ reminders: { afterMeeting } }) => [
    { id: "P07", wait: workingDays(afterMeeting.first), to: ["approver"] },
    ...Array.from({ length: afterMeeting.times }, (): Step => {
      return { id: "P07", wait: workingDays(afterMeeting.thenEvery), to: ["approver"] };
    }),
    { id: "P07", wait: workingDays(afterMeeting.thenEvery), to: ["secretariat"] },
  ],
  endless: false,
};

/**
 * P20: cards wait for a body of which no meeting ahead has been entered (case 53). It is about the body, not about its
 * cards: one of forty is always spoken of these days, and the secretariat would never be told.
 */
export const meetingless: Rule = {
  name: "meetingless",
  kind: "overview",
  reasons: (situation) =>
    eachBody(situation, (body) => {
      const { model, today } = situation;
      if (nextMeeting(model, body, today) !== null) return [];
      const cards = liveCards(situation).filter((it) => ahead(situation, it)?.facts.missing.includes(body.key));
      if (cards.length === 0) return [];
      const say = () => message("P20", { udvalg: body.name, liste: namesOf(situation, cards) });
      return [{ ...aboutBody(situation, body, cards), anchor: body.key, from: today, say }];
    }),
  steps: ({ reminders: { againEveryMonths } }) => [
    { id: "P20", wait: workingDays(0), to: ["secretariat"] },
    { id: "P20", wait: months(againEveryMonths), to: ["secretariat"] },
  ],
  endless: true,
};

/** P17: ideas that nobody has answered, in one list. One that a body has been asked about has its answer on the way. */
export const ideas: Rule = {
  name: "ideas",
  kind: "nag",
  reasons: (situation) => {
    const { model, today } = situation;
    const { after } = model.rules.reminders.ideas;
    const dueDate = (card: RemindedCard) => workingDaysAfter(model, restingSince(situation, card), after);
    const waiting = situation.cards.filter(
      (card) =>
        card.accepted.position.state === "idea" &&
        card.accepted.decisions.every(({ ended }) => ended !== null) &&
        !isSilent(situation, card) &&
        dueDate(card) <= today,
    );
    if (waiting.length === 0) return [];
    const said = { antal: String(waiting.length), dage: String(after), liste: namesOf(situation, waiting) };
    const from = waiting.map(dueDate).sort()[0] ?? today;
    const reason = { anchor: "all", from, until: null, cards: waiting, say: () => message("P17", said) };
    return [{ ...reason, people: peopleOfBodies(situation, []) }];
  },
  steps: ({ reminders: { ideas } }) => [
    { id: "P17", wait: workingDays(0), to: ["secretariat"] },
    { id: "P17", wait: workingDays(ideas.thenEvery), to: ["secretariat"] },
  ],
  endless: true,
};

function aboutBody(situation: Situation, { key }: Body, cards: readonly RemindedCard[]) {
  return { cards, people: peopleOfBodies(situation, [key]), until: null };
}
