// SPDX-License-Identifier: EUPL-1.2
/** The overviews: weekly to each owner, before a meeting to those who decide, monthly to the secretariat, and what a quarter taught (D01–D04). */
import {
  addDays,
  addMonths,
  isoWeek,
  localDate,
  pulledForward,
  pushedBack,
  weekdayOf,
  workingDaysAfter,
  workingDaysBefore,
  workingDaysFrom,
} from "../calendar.ts";
import type { UserId } from "../card.ts";
import { longDate, message, phrase } from "../messages.ts";
import { isConfidential } from "../privacy.ts";
import { isFilled } from "../requirements.ts";
import { agendaOf } from "./agenda.ts";
import { meetingAhead } from "./body-rules.ts";
import { restingSince } from "./card-rules.ts";
import { ahead } from "./gate-rules.ts";
import { peopleOfBodies } from "./people.ts";
import { type Reason, type Rule, workingDays } from "./rule.ts";
import { fieldOf, isInLastPhase, liveCards, type RemindedCard, type Situation } from "./situation.ts";
import { listed, nameOf, namesOf, textOf } from "./words.ts";

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
  const waits = cards.map((card) => ({ card, facts: ahead(situation, card)?.facts ?? null }));
  const forOwner = waits.filter(({ facts }) => facts && (facts.gaps.length > 0 || facts.missing.length === 0));
  const forPoliticians = waits.filter(({ facts }) => facts && facts.gaps.length === 0 && facts.missing.length > 0);
  if (forOwner.length + forPoliticians.length === 0) return [];
  const said = {
    antal: String(cards.length),
    liste: namesOf(
      situation,
      forOwner.map(({ card }) => card),
    ),
    listePolitik: namesOf(
      situation,
      forPoliticians.map(({ card }) => card),
    ),
  };
  const people = () => [{ user, as: "owner" as const }];
  const anchor = `${user} ${isoWeek(situation.today)}`;
  return [{ anchor, from: situation.today, until: null, cards, people, say: () => message("D01", said) }];
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
      if (from > today) return [];
      const own = liveCards(situation).filter(({ accepted }) => accepted.bodies.includes(body.key));
      const deciding = agendaOf(situation, body.key, meeting);
      const isDecided = new Set(deciding);
      const [measured, others] = parted(
        own.filter((it) => !isDecided.has(it)),
        (it) => isInLastPhase(situation, it),
      );
      if (deciding.length + own.length === 0) return [];
      const said = {
        udvalg: body.name,
        moede: longDate(model, meeting),
        liste: namesOf(situation, deciding),
        listeOrientering: namesOf(situation, others),
        listeEffekt: listed(
          situation,
          measured.map((it) => withStatus(situation, it)),
        ),
      };
      const reason = { cards: own, people: peopleOfBodies(situation, [body.key]), say: () => message("D02", said) };
      return [{ ...reason, anchor: `${body.key} ${meeting}`, from, until: meeting }];
    }),
  steps: () => [{ id: "D02", wait: workingDays(0), to: ["approver"] }],
  endless: false,
};

/** «Delebil (Udeblevet)». */
function withStatus(situation: Situation, card: RemindedCard): string {
  return `${nameOf(situation, card)} (${textOf(situation, card, "effectStatus")})`;
}

/** D03: on the month's first day, how the whole board stands. */
export const monthly: Rule = {
  name: "monthly",
  kind: "overview",
  reasons: (situation) => {
    const month = situation.today.slice(0, 7);
    if (situation.cards.length === 0) return [];
    const reason = { cards: situation.cards, people: peopleOfBodies(situation, []) };
    return [{ ...reason, ...atStartOf(situation, `${month}-01`), anchor: month, say: () => sayMonth(situation) }];
  },
  steps: () => [{ id: "D03", wait: workingDays(0), to: ["secretariat"] }],
  endless: false,
};

function sayMonth(situation: Situation) {
  const { model, today } = situation;
  const live = liveCards(situation);
  const inPhase = model.phases.map(({ key, short }) => {
    return `${short} ${live.filter(({ accepted }) => accepted.position.phase === key).length}`;
  });
  const waiting = live.filter((it) => (ahead(situation, it)?.facts.missing.length ?? 0) > 0);
  const longest = live
    .map((card) => ({ card, days: workingDaysFrom(model, restingSince(situation, card), today) }))
    .sort((a, b) => b.days - a.days)
    .slice(0, model.rules.reminders.overviews.longest);
  const closed = situation.cards.filter(({ accepted }) => accepted.position.state === "closed");
  return message("D03", {
    fordeling: listed(situation, inPhase),
    antal: String(waiting.length),
    liste: listed(
      situation,
      longest.map(({ card, days }) => `${nameOf(situation, card)} (${days})`),
    ),
    ...outcomes(situation, closed),
    laering: String(closed.filter((it) => isFilled(fieldOf(situation, it, "learning"))).length),
    afsluttede: String(closed.length),
  });
}

/** D04: on a quarter's first day, what the projects taught that were closed in the quarter before. Nothing of a confidential one. */
export const quarterly: Rule = {
  name: "quarterly",
  kind: "overview",
  reasons: (situation) => {
    const { model, today } = situation;
    const start = quarterStart(today);
    const before = addMonths(start, -3);
    const closed = situation.cards.filter(({ accepted: { position, noticed }, seen }) => {
      const day = localDate(model, new Date(noticed.position.at));
      return position.state === "closed" && before <= day && day < start && !isConfidential(model, seen);
    });
    const taught = closed.filter((it) => isFilled(fieldOf(situation, it, "learning")));
    if (taught.length === 0) return [];
    const nummer = String(Math.ceil(Number(before.slice(5, 7)) / 3));
    const said = {
      kvartal: phrase(model, "W94", { nummer, aar: before.slice(0, 4) }),
      liste: listed(
        situation,
        taught.map((it) => `${nameOf(situation, it)}: ${textOf(situation, it, "learning")}`),
      ),
      ...outcomes(situation, closed),
      afsluttede: String(closed.length),
    };
    const reason = { cards: closed, people: peopleOfBodies(situation, []), say: () => message("D04", said) };
    return [{ ...reason, ...atStartOf(situation, start), anchor: start }];
  },
  steps: () => [{ id: "D04", wait: workingDays(0), to: ["everyone"] }],
  endless: false,
};

function quarterStart(date: string): string {
  const month = Math.floor((Number(date.slice(5, 7)) - 1) / 3) * 3 + 1;
  return `${date.slice(0, 4)}-${String(month).padStart(2, "0")}-01`;
}

/** From the first day of a period on which people are sent anything, and a few days more. */
function atStartOf({ model }: Situation, first: string): Pick<Reason, "from" | "until"> {
  const from = pushedBack(model, first);
  return { from, until: workingDaysAfter(model, from, model.rules.reminders.overviews.late) };
}

function outcomes(situation: Situation, closed: readonly RemindedCard[]) {
  const { effect, noEffect } = situation.model.rules.outcomes;
  const count = (name: string) => String(closed.filter((it) => fieldOf(situation, it, "outcome") === name).length);
  return { effekt: count(effect.name), ingenEffekt: count(noEffect.name) };
}

function parted<T>(items: readonly T[], holds: (item: T) => boolean): readonly [T[], T[]] {
  return [items.filter(holds), items.filter((it) => !holds(it))];
}
