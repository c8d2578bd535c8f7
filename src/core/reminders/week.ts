// SPDX-License-Identifier: EUPL-1.2
/** D01: an owner's week. What waits for the owner, with what is missing, and what waits for the politicians, with the meeting it waits for. */
import { type BodyKey, bodyOf } from "../../model/model.ts";
import { nextMeeting } from "../calendar.ts";
import { openDecision } from "../gate.ts";
import { list, longDate, message, phaseName, phrase } from "../messages.ts";
import { gapList } from "../requirements.ts";
import { type Ahead, ahead } from "./gate-rules.ts";
import { type Section, section } from "./section.ts";
import type { RemindedCard, Situation } from "./situation.ts";
import { nameOf } from "./words.ts";

/** D01 by its title. */
export function weekTitle(cards: readonly RemindedCard[]) {
  return message("D01", { antal: String(cards.length) });
}

/** Whether anything of an owner's cards waits for somebody. */
export function hasWeek(situation: Situation, cards: readonly RemindedCard[]): boolean {
  return cards.some((card) => ahead(situation, card) !== null);
}

export function weekSections(situation: Situation, cards: readonly RemindedCard[]): readonly Section[] {
  const { model } = situation;
  const all = cards.flatMap((card) => ahead(situation, card) ?? []);
  const own = all.filter(({ facts }) => facts.gaps.length > 0 || facts.missing.length === 0);
  const political = all.filter(({ facts }) => facts.gaps.length === 0 && facts.missing.length > 0);
  return [
    section(
      model,
      phrase(model, "W134", {}),
      own.map((it) => ownLine(situation, it)),
    ),
    section(
      model,
      phrase(model, "W135", {}),
      political.map((it) => politicalLine(situation, it)),
    ),
  ];
}

/** «Lånecykler: mangler Innovationsspørgsmål før Nytænk», or that nothing is missing any more. */
function ownLine(situation: Situation, { card, gate, facts: { gaps } }: Ahead): string {
  const { model } = situation;
  const said = { projekt: nameOf(situation, card), til: phaseName(model, gate.to) };
  return gaps.length > 0
    ? phrase(model, "W136", { ...said, mangler: gapList(model, gaps) })
    : phrase(model, "W137", said);
}

/** «Lånecykler: Digitalisering og Innovation, møde 13. januar 2027». */
function politicalLine(situation: Situation, it: Ahead): string {
  const { model } = situation;
  const bodies = it.facts.missing.map((body) => {
    const meeting = meetingOf(situation, it, body);
    const udvalg = bodyOf(model, body).name;
    if (meeting === null) return `${udvalg} (${phrase(model, "W02", {}).toLowerCase()})`;
    return phrase(model, "W09", { udvalg, moede: longDate(model, meeting) });
  });
  return `${nameOf(situation, it.card)}: ${list(model, bodies)}`;
}

/** The meeting whose agenda the card is on, else the first that it can still be submitted to; null: none has been entered. */
function meetingOf({ model, today }: Situation, { card, gate }: Ahead, body: BodyKey): string | null {
  const named = openDecision(card.accepted.decisions, gate.id, body)?.shown?.meeting?.slice(0, 10);
  if (named !== undefined && named >= today) return named;
  return nextMeeting(model, bodyOf(model, body), today)?.date ?? null;
}
