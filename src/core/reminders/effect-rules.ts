// SPDX-License-Identifier: EUPL-1.2
/** The rules about the effect and what was learned of it (P10–P14). */
import { workingDaysFrom } from "../calendar.ts";
import { bodyNames, message } from "../messages.ts";
import { isFilled } from "../requirements.ts";
import { meetingText } from "../tell.ts";
import { about, leaderNames } from "./card-rules.ts";
import { effectAskedFor, type FollowUp } from "./effect-dates.ts";
import { type Reason, type ReminderId, type ReminderMessage, type Rule, type Step, workingDays } from "./rule.ts";
import {
  dateOf,
  dayOf,
  fieldOf,
  isInLastPhase,
  isSilent,
  liveCards,
  type RemindedCard,
  type Situation,
} from "./situation.ts";
import { monthsText, nameOf, textOf } from "./words.ts";

/** P10–P12: months after «I drift fra», until it has been measured (effect-dates.ts). */
export const effect: Rule = {
  name: "effect",
  kind: "nag",
  reasons: (situation) => liveCards(situation).flatMap((card) => effectReason(situation, card)),
  steps: ({ reminders: { effectOverdue } }) => [
    { id: "P10", wait: workingDays(0), to: ["effectOwner"] },
    { id: "P11", wait: workingDays(effectOverdue.leader), to: ["leader"] },
    { id: "P12", wait: workingDays(effectOverdue.secretariat - effectOverdue.leader), to: ["secretariat"] },
  ],
  endless: false,
};

function effectReason(situation: Situation, card: RemindedCard): readonly Reason[] {
  const asked = effectAskedFor(situation, card);
  if (!asked) return [];
  const start = dateOf(situation, card, "inOperationFrom");
  const say = (id: ReminderId) => sayEffect(situation, card, asked, id);
  return [{ ...about(situation, card), anchor: `${card.seen.id} ${start} ${asked.months}`, from: asked.due, say }];
}

function sayEffect(
  situation: Situation,
  card: RemindedCard,
  { months, due }: FollowUp,
  id: ReminderId,
): ReminderMessage {
  const { model, now, today } = situation;
  const projekt = nameOf(situation, card);
  const maaneder = monthsText(situation, months);
  if (id === "P11") return message("P11", { projekt, maaneder, leder: leaderNames(situation, card) });
  if (id === "P12") {
    const { bodies } = card.accepted;
    const dage = String(workingDaysFrom(model, due, today));
    if (bodies.length === 0) return message("P12u", { projekt, dage });
    return message("P12", { projekt, dage, udvalg: bodyNames(model, bodies), moede: meetingText(model, bodies, now) });
  }
  const [indikator, nulpunkt, maal] = (["indicator", "baseline", "target"] as const).map((key) =>
    textOf(situation, card, key),
  );
  return message("P10", {
    projekt,
    maaneder,
    indikator: indikator ?? "",
    nulpunkt: nulpunkt ?? "",
    maal: maal ?? "",
  });
}

/** P13: the effect is smaller than expected, or absent. Another measurement with the same answer asks again. */
export const disappointing: Rule = {
  name: "disappointing",
  kind: "nag",
  reasons: (situation) =>
    liveCards(situation).flatMap((card) => {
      const { less, absent } = situation.model.rules.effectStatus;
      const effektstatus = String(fieldOf(situation, card, "effectStatus") ?? "");
      if (!isInLastPhase(situation, card) || ![less, absent].includes(effektstatus)) return [];
      const measured = dateOf(situation, card, "lastMeasured") ?? "-";
      const from = dayOf(situation, card.accepted.noticed.effectStatus.at);
      const say = () => message("P13", { projekt: nameOf(situation, card), effektstatus });
      return [{ ...about(situation, card), anchor: `${card.seen.id} ${effektstatus} ${measured}`, from, say }];
    }),
  steps: ({ reminders: { effectDisappoints } }) => [
    { id: "P13", wait: workingDays(0), to: ["effectOwner", "owner"] },
    { id: "P13", wait: workingDays(effectDisappoints.again), to: ["effectOwner", "owner"] },
    { id: "P13", wait: workingDays(effectDisappoints.leader - effectDisappoints.again), to: ["leader"] },
  ],
  endless: false,
};

/** P14: an outcome, and nothing learned from it. The one reminder that a closed card still gives (case 55). */
export const learning: Rule = {
  name: "learning",
  kind: "nag",
  reasons: (situation) =>
    situation.cards.flatMap((card) => {
      const { state } = card.accepted.position;
      const isPast = isFilled(fieldOf(situation, card, "outcome")) && !isFilled(fieldOf(situation, card, "learning"));
      if (!isPast || (state !== "active" && state !== "closed") || isSilent(situation, card)) return [];
      const from = dayOf(situation, card.accepted.noticed.outcome.at);
      const say = () => message("P14", { projekt: nameOf(situation, card) });
      return [{ ...about(situation, card), anchor: `${card.seen.id} ${from}`, from, say }];
    }),
  steps: ({ reminders: { learningMissing } }) => [
    { id: "P14", wait: workingDays(learningMissing.first), to: ["owner"] },
    ...Array.from({ length: learningMissing.times }, (_, index) => askAgain(learningMissing, index + 1)),
  ],
  endless: false,
};

/** Of those that follow the first, the last goes to the secretariat and the one before it to the leader. */
function askAgain({ thenEvery, times }: Readonly<{ thenEvery: number; times: number }>, number: number): Step {
  const to = number === times ? "secretariat" : number === times - 1 ? "leader" : "owner";
  return { id: "P14", wait: workingDays(thenEvery), to: [to] };
}
