// SPDX-License-Identifier: EUPL-1.2
/** The rules about one card at rest, parked, without an owner, or long in one phase (P01–P03, P15, P16, P19). */
import type { Phase } from "../../model/model.ts";
import { workingDaysAfter, workingDaysBefore, workingDaysFrom } from "../calendar.ts";
import { list, longDate, message } from "../messages.ts";
import { secretariatNames, userNames } from "../tell.ts";
import { peopleOfCard } from "./people.ts";
import { months, type Reason, type ReminderId, type ReminderMessage, type Rule, workingDays } from "./rule.ts";
import { dateOf, dayOf, fieldOf, isSilent, latest, liveCards, type RemindedCard, type Situation } from "./situation.ts";
import { nameOf } from "./words.ts";

/** P01–P03: no edit by a person, in any phase that says how long is long. */
export const quiet: Rule = {
  name: "quiet",
  kind: "nag",
  reasons: (situation) =>
    liveCards(situation).flatMap((card) => {
      const phase = phaseOf(situation, card);
      if (phase?.quietAfter === undefined) return [];
      const since = restingSince(situation, card);
      const from = workingDaysAfter(situation.model, since, phase.quietAfter);
      if (from > situation.today) return [];
      const say = (id: ReminderId) => sayQuiet(situation, card, phase, since, id);
      return [{ ...about(situation, card), anchor: `${card.seen.id} ${since}`, from, say }];
    }),
  steps: ({ reminders: { quiet: after, againEveryMonths } }) => [
    { id: "P01", wait: workingDays(0), to: ["owner"] },
    { id: "P02", wait: workingDays(after.leader), to: ["leader"] },
    { id: "P03", wait: workingDays(after.secretariat - after.leader), to: ["secretariat"] },
    { id: "P03", wait: months(againEveryMonths), to: ["secretariat"] },
  ],
  endless: true,
};

function sayQuiet(
  situation: Situation,
  card: RemindedCard,
  { short }: Phase,
  since: string,
  id: ReminderId,
): ReminderMessage {
  const { model, today } = situation;
  const said = {
    projekt: nameOf(situation, card),
    fase: short,
    dage: String(workingDaysFrom(model, since, today)),
  };
  const leder = leaderNames(situation, card);
  if (id === "P01") return message("P01", said);
  if (id === "P02") return message("P02", { ...said, leder, ejer: userNames(model, card.seen.owners) });
  return message("P03", { ...said, sekretariat: secretariatNames(model), leder });
}

/** P15: so many working days before a parked card is to be taken up, and on the day. A day that was past when it was entered: nothing. */
export const parked: Rule = {
  name: "parked",
  kind: "nag",
  reasons: (situation) =>
    situation.cards.flatMap((card) => {
      const date = dateOf(situation, card, "parkedUntil");
      if (date === null || card.accepted.position.state !== "parked" || isSilent(situation, card)) return [];
      const early = workingDaysBefore(situation.model, date, situation.model.rules.reminders.parkedUntil);
      const known = dayOf(situation, card.accepted.noticed.parkedUntil.at);
      const from = situation.today < date ? early : date;
      if (from < known) return [];
      const dato = longDate(situation.model, date);
      const say = () => message("P15", { projekt: nameOf(situation, card), dato });
      return [{ ...about(situation, card), anchor: `${card.seen.id} ${date} from ${from}`, from, say }];
    }),
  steps: () => [{ id: "P15", wait: workingDays(0), to: ["owner", "leader"] }],
  endless: false,
};

/** P16: nobody who could be reminded owns the card. */
export const ownerless: Rule = {
  name: "ownerless",
  kind: "nag",
  reasons: (situation) =>
    liveCards(situation).flatMap((card) => {
      const people = peopleOfCard(situation, card);
      if (people("owner").length > 0) return [];
      const say = () => message("P16", { projekt: nameOf(situation, card) });
      return [{ ...about(situation, card), anchor: card.seen.id, from: situation.today, say }];
    }),
  steps: ({ reminders: { withoutOwner } }) => [
    { id: "P16", wait: workingDays(0), to: ["leader"] },
    { id: "P16", wait: workingDays(withoutOwner), to: ["leader"] },
  ],
  endless: true,
};

/** P19: many test rounds, or long in the phase. */
export const lingering: Rule = {
  name: "lingering",
  kind: "nag",
  reasons: (situation) => liveCards(situation).flatMap((card) => lingeringReason(situation, card)),
  steps: ({ reminders: { againEveryMonths } }) => [
    { id: "P19", wait: workingDays(0), to: ["owner"] },
    { id: "P19", wait: months(againEveryMonths), to: ["owner"] },
  ],
  endless: true,
};

function lingeringReason(situation: Situation, card: RemindedCard): readonly Reason[] {
  const limit = phaseOf(situation, card)?.lingersAfter;
  if (limit === undefined) return [];
  const { model, today } = situation;
  const since = dayOf(situation, card.accepted.noticed.position.at);
  const rounds = Number(fieldOf(situation, card, "testRounds") ?? 0);
  const from = rounds >= limit.rounds ? since : workingDaysAfter(model, since, limit.days);
  if (from > today) return [];
  const dage = String(workingDaysFrom(model, since, today));
  const say = () => message("P19", { projekt: nameOf(situation, card), antal: String(rounds), dage });
  return [{ ...about(situation, card), anchor: `${card.seen.id} ${since}`, from, say }];
}

/** What a reason about one card has in common with any other. */
export function about(situation: Situation, card: RemindedCard): Pick<Reason, "cards" | "people" | "until"> {
  return { cards: [card], people: peopleOfCard(situation, card), until: null };
}

/** The local date since which nobody has edited the card where it stands: coming there is a beginning too. */
export function restingSince(situation: Situation, { accepted: { touchedAt, noticed } }: RemindedCard): string {
  return dayOf(situation, latest(touchedAt, noticed.position.at));
}

function phaseOf({ model }: Situation, { accepted: { position } }: RemindedCard): Phase | undefined {
  return model.phases.find(({ key }) => key === position.phase);
}

export function leaderNames(situation: Situation, card: RemindedCard): string {
  const leaders = peopleOfCard(situation, card)("leader").map(({ user }) => userNames(situation.model, [user]));
  return list(situation.model, leaders);
}
