// SPDX-License-Identifier: EUPL-1.2
/** Which cards a body has before it at a meeting. */
import { type BodyKey, gateOutOf, STOP } from "../../model/model.ts";
import type { Decision } from "../accepted.ts";
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

/** The meetings that are over and left something open: those that rows name, and those whose agenda people were sent. */
export function heldMeetings(situation: Situation, body: BodyKey): readonly string[] {
  const named = askedOf(situation, body).flatMap(({ decision }) => meetingOf(decision) ?? []);
  const sent = situation.model.municipality.bodies.find(({ key }) => key === body)?.meetings ?? [];
  return [...new Set([...named, ...sent])].filter((date) => date < situation.today).sort();
}

/** Left open by a meeting that is over. A body that has answered in words, with no or later, is not asked again. */
export function leftOpen(situation: Situation, body: BodyKey, meeting: string): readonly RemindedCard[] {
  const { model, sent } = situation;
  const announced = new Set(
    sent.filter(({ occurrence }) => occurrence.startsWith(agendaKey(body, meeting))).flatMap(({ cards }) => cards),
  );
  const open = askedOf(situation, body).filter(({ card, decision }) => {
    const { status } = rowShown(model, decision, card.accepted, card.seen);
    const wasThere = meetingOf(decision) ?? (announced.has(card.seen.id) ? meeting : null);
    return wasThere === meeting && (status === "waiting" || status === "ready");
  });
  return unique(open);
}

export const AGENDA = "agenda";
/** How the occurrences of an agenda begin. */
function agendaKey(body: BodyKey, meeting: string): string {
  return `${AGENDA} ${body} ${meeting} `;
}

function meetingOf({ shown }: Decision): string | null {
  return shown?.meeting?.slice(0, 10) ?? null;
}

function unique(asked: readonly Asked[]): readonly RemindedCard[] {
  return [...new Set(asked.map(({ card }) => card))];
}
