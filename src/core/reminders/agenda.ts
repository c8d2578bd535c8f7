// SPDX-License-Identifier: EUPL-1.2
/** Which cards a body has before it at a meeting. */
import { type BodyKey, gateOutOf, STOP } from "../../model/model.ts";
import type { Decision } from "../accepted.ts";
import type { CardId } from "../card.ts";
import { rowShown } from "../shown.ts";
import { liveCards, type RemindedCard, type Situation } from "./situation.ts";

/** A card and what one body is asked to decide about it. */
type Asked = Readonly<{ card: RemindedCard; decision: Decision }>;

/** The decisions that a body has not made, of cards about which something may be sent. */
function askedOf(situation: Situation, body: BodyKey): readonly Asked[] {
  return liveCards(situation).flatMap((card) => {
    const gate = gateOutOf(situation.model, card.accepted.position.phase)?.id;
    const open = card.accepted.decisions.filter((it) => {
      const isAsked = it.gate === gate || (it.gate === STOP && card.accepted.stopAsked);
      return isAsked && it.body === body && it.ended === null && it.registration === null;
    });
    return open.map((decision) => ({ card, decision }));
  });
}

/** To be decided at a meeting ahead: what names it in «Mødedato», and what is ready and names none. */
export function agendaOf(situation: Situation, body: BodyKey, meeting: string): readonly RemindedCard[] {
  const { model } = situation;
  const asked = askedOf(situation, body).filter(({ card, decision }) => {
    const { status } = rowShown(model, decision, card.accepted, card.seen);
    return meetingOf(decision) === meeting || (meetingOf(decision) === null && status === "ready");
  });
  return unique(asked);
}

/** What a meeting that is over has left open. */
type LeftOpen = Readonly<{ meeting: string; cards: readonly RemindedCard[] }>;

/**
 * The meetings that are over and left something open: those that rows name, and those whose agenda people were sent. A
 * body that has answered in words, with no or later, is not asked again.
 */
export function leftOpen(situation: Situation, body: BodyKey): readonly LeftOpen[] {
  const { model, today } = situation;
  const announced = announcedOf(situation, body);
  const held = askedOf(situation, body).flatMap(({ card, decision }) => {
    const { status } = rowShown(model, decision, card.accepted, card.seen);
    if (status !== "waiting" && status !== "ready") return [];
    const named = meetingOf(decision);
    const meetings = named === null ? (announced.get(card.seen.id) ?? []) : [named];
    return [...meetings].filter((date) => date < today).map((meeting) => ({ meeting, card }));
  });
  const byMeeting = [...Map.groupBy(held, ({ meeting }) => meeting)].sort(([one], [other]) => one.localeCompare(other));
  return byMeeting.map(([meeting, them]) => ({ meeting, cards: [...new Set(them.map(({ card }) => card))] }));
}

/** The meetings of a body on whose agenda people were told that a card was. */
function announcedOf({ sent }: Situation, body: BodyKey): ReadonlyMap<CardId, ReadonlySet<string>> {
  const announced = new Map<CardId, Set<string>>();
  const start = `${AGENDA} ${body} `;
  for (const { occurrence, cards } of sent) {
    if (!occurrence.startsWith(start)) continue;
    const meeting = occurrence.slice(start.length, start.length + "2027-01-06".length);
    for (const card of cards) announced.set(card, (announced.get(card) ?? new Set()).add(meeting));
  }
  return announced;
}

/** How the occurrences of an agenda begin; body and meeting follow. */
export const AGENDA = "agenda";

function meetingOf({ shown }: Decision): string | null {
  return shown?.meeting?.slice(0, 10) ?? null;
}

function unique(asked: readonly Asked[]): readonly RemindedCard[] {
  return [...new Set(asked.map(({ card }) => card))];
}
