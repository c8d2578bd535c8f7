// SPDX-License-Identifier: EUPL-1.2
/** The reports: before a body's meeting, of a month, and what a quarter taught (D02–D04). Sent as overviews, and printed when asked for. */
import type { Body } from "../../model/model.ts";
import { addMonths, localDate, workingDaysFrom } from "../calendar.ts";
import { bodyNames, longDate, message, monthName, phrase, render } from "../messages.ts";
import { isConfidential } from "../privacy.ts";
import { isFilled } from "../requirements.ts";
import { agendaOf } from "./agenda.ts";
import { restingSince } from "./card-rules.ts";
import { ahead } from "./gate-rules.ts";
import type { ReminderMessage } from "./rule.ts";
import { type Report, type Section, section } from "./section.ts";
import { fieldOf, isInLastPhase, liveCards, type RemindedCard, type Situation } from "./situation.ts";
import { nameOf, textOf } from "./words.ts";

export function reportOf(situation: Situation, title: ReminderMessage, sections: readonly Section[]): Report {
  return { title: render(situation.model, title), sections };
}

/** D02 by its title. */
export function meetingTitle({ model }: Situation, body: Body, meeting: string) {
  return message("D02", { udvalg: body.name, moede: longDate(model, meeting) });
}

/** D02: what a body decides about at a meeting, and what else is its own. */
export function meetingSections(situation: Situation, body: Body, meeting: string): readonly Section[] {
  const { model } = situation;
  const deciding = agendaOf(situation, body.key, meeting);
  const isDecided = new Set(deciding);
  const others = cardsOf(situation, body).filter((it) => !isDecided.has(it));
  const named = (cards: readonly RemindedCard[]) => cards.map((it) => nameOf(situation, it));
  const measured = others.filter((it) => isInLastPhase(situation, it));
  return [
    section(model, phrase(model, "W120", {}), named(deciding)),
    section(model, phrase(model, "W121", {}), named(others.filter((it) => !isInLastPhase(situation, it)))),
    section(
      model,
      phrase(model, "W122", {}),
      measured.map((it) => `${nameOf(situation, it)} (${textOf(situation, it, "effectStatus")})`),
    ),
  ];
}

/** The cards at work that are a body's own. */
export function cardsOf(situation: Situation, body: Body): readonly RemindedCard[] {
  return liveCards(situation).filter(({ accepted }) => accepted.bodies.includes(body.key));
}

/** D03 by its title. `month` as 2027-03. */
export function monthTitle({ model }: Situation, month: string) {
  return message("D03", { maaned: monthName(model, month) });
}

/** D03: how the board stands today, and what was closed in a month. */
export function monthSections(situation: Situation, month: string): readonly Section[] {
  const { model, today } = situation;
  const live = liveCards(situation);
  const inPhase = model.phases.map(({ key, short }) => {
    return `${short}: ${live.filter(({ accepted }) => accepted.position.phase === key).length}`;
  });
  const closed = situation.cards.filter(({ accepted }) => accepted.position.state === "closed");
  const lately = closedBetween(situation, `${month}-01`, addMonths(`${month}-01`, 1));
  const counts = {
    laering: String(closed.filter((it) => isTaught(situation, it)).length),
    afsluttede: String(closed.length),
  };
  return [
    section(model, phrase(model, "W123", { dato: longDate(model, today) }), inPhase),
    section(model, phrase(model, "W124", {}), waiting(situation, live)),
    section(model, phrase(model, "W125", {}), longestStill(situation, live)),
    section(
      model,
      phrase(model, "W127", { maaned: monthName(model, month) }),
      lately.map((it) => `${nameOf(situation, it)} (${textOf(situation, it, "outcome")})`),
    ),
    section(model, phrase(model, "W128", {}), [phrase(model, "W129", counts)]),
  ];
}

/** «Madspild: Digitalisering og Innovation». */
function waiting(situation: Situation, live: readonly RemindedCard[]): readonly string[] {
  return live.flatMap((card) => {
    const missing = ahead(situation, card)?.facts.missing ?? [];
    return missing.length > 0 ? [`${nameOf(situation, card)}: ${bodyNames(situation.model, missing)}`] : [];
  });
}

function longestStill(situation: Situation, live: readonly RemindedCard[]): readonly string[] {
  const { model, today } = situation;
  return live
    .map((card) => ({ card, days: workingDaysFrom(model, restingSince(situation, card), today) }))
    .sort((a, b) => b.days - a.days)
    .slice(0, model.rules.reminders.overviews.longest)
    .map(({ card, days }) => phrase(model, "W126", { projekt: nameOf(situation, card), dage: String(days) }));
}

/** D04 by its title. `start`: the quarter's first day. */
export function quarterTitle({ model }: Situation, start: string) {
  const nummer = String(Math.ceil(Number(start.slice(5, 7)) / 3));
  return message("D04", { kvartal: phrase(model, "W94", { nummer, aar: start.slice(0, 4) }) });
}

/** D04: what the projects taught that were closed in a quarter. Nothing of a confidential one, not even that there was one. */
export function quarterSections(situation: Situation, start: string): readonly Section[] {
  const { model } = situation;
  const closed = closedInQuarter(situation, start);
  const taught = closed.filter((it) => isTaught(situation, it));
  const { effect, noEffect } = model.rules.outcomes;
  const count = (name: string) => String(closed.filter((it) => fieldOf(situation, it, "outcome") === name).length);
  const counts = { effekt: count(effect.name), ingenEffekt: count(noEffect.name), afsluttede: String(closed.length) };
  return [
    section(
      model,
      phrase(model, "W130", {}),
      taught.map((it) => `${nameOf(situation, it)}: ${textOf(situation, it, "learning")}`),
    ),
    section(model, phrase(model, "W131", {}), [phrase(model, "W132", counts)]),
  ];
}

/** Whether there is anything to tell of a quarter. */
export function isQuarterTaught(situation: Situation, start: string): boolean {
  return closedInQuarter(situation, start).some((it) => isTaught(situation, it));
}

function closedInQuarter(situation: Situation, start: string): readonly RemindedCard[] {
  const closed = closedBetween(situation, start, addMonths(start, 3));
  return closed.filter(({ seen }) => !isConfidential(situation.model, seen));
}

/** From the first day on, the last one excluded: local dates. */
function closedBetween({ model, cards }: Situation, from: string, to: string): readonly RemindedCard[] {
  return cards.filter(({ accepted: { position, noticed } }) => {
    const day = localDate(model, new Date(noticed.position.at));
    return position.state === "closed" && from <= day && day < to;
  });
}

function isTaught(situation: Situation, card: RemindedCard): boolean {
  return isFilled(fieldOf(situation, card, "learning"));
}

/** The first day of the quarter that a date lies in. */
export function quarterStart(date: string): string {
  const month = Math.floor((Number(date.slice(5, 7)) - 1) / 3) * 3 + 1;
  return `${date.slice(0, 4)}-${String(month).padStart(2, "0")}-01`;
}
