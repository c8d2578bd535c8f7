// SPDX-License-Identifier: EUPL-1.2
/** What reminders are judged from: the cards as they are, what has been sent, and the day. */
import type { Model } from "../../model/model.ts";
import type { CardPropertyKey } from "../../model/rules.ts";
import type { Accepted } from "../accepted.ts";
import { localDate } from "../calendar.ts";
import type { CardId, CardSeen, FieldValue, UserId } from "../card.ts";

/** A card as the ledger keeps it. */
export type RemindedCard = Readonly<{ accepted: Accepted; seen: CardSeen }>;

/** One occurrence that one person has been sent. */
export type Sent = Readonly<{
  occurrence: string;
  person: UserId;
  /** The cards it was about; none for an overview. */
  cards: readonly CardId[];
  /** Local date. */
  on: string;
}>;

export type Facts = Readonly<{
  model: Model;
  cards: readonly RemindedCard[];
  sent: readonly Sent[];
  /** Users that the board does not have any more: nobody who could be reminded. */
  gone: readonly UserId[];
  now: Date;
}>;

/** The facts with the day they are looked at: a local date. */
export type Situation = Facts & Readonly<{ today: string }>;

/** In whatever order the cards come, the same is said of the same board. */
export function situationOf(facts: Facts): Situation {
  return { ...facts, cards: facts.cards.toSorted(byNumber), today: localDate(facts.model, facts.now) };
}

const numbers = new Intl.Collator("en", { numeric: true });

/** INNO-3 before INNO-12: as people look for them. A message stands on the first of the cards that it is about. */
function byNumber({ seen: one }: RemindedCard, { seen: other }: RemindedCard): number {
  return numbers.compare(one.projectId, other.projectId) || numbers.compare(one.id, other.id);
}

/** What a card is read by: the model alone, whatever the day. */
type ByModel = Pick<Situation, "model">;

/** What a field of the card holds. */
export function fieldOf({ model }: ByModel, { seen }: RemindedCard, key: CardPropertyKey): FieldValue {
  return seen.fields[model.rules.card[key].name] ?? null;
}

/** A date that people have entered, without its time of day; null when there is none. */
export function dateOf(situation: ByModel, card: RemindedCard, key: CardPropertyKey): string | null {
  const value = fieldOf(situation, card, key);
  return typeof value === "string" && value !== "" ? value.slice(0, 10) : null;
}

/** The local date of an instant that the ledger keeps. */
export function dayOf({ model }: ByModel, instant: string): string {
  return localDate(model, new Date(instant));
}

/** Whether nothing is sent about the card: it is off the board, or somebody has asked for rest («Udsæt påmindelser til»). */
export function isSilent(situation: Situation, card: RemindedCard): boolean {
  const until = dateOf(situation, card, "snoozedUntil");
  return card.accepted.trashed || (until !== null && situation.today < until);
}

/** The cards that are being worked on and about which something may be sent. */
export function liveCards(situation: Situation): readonly RemindedCard[] {
  return situation.cards.filter((it) => it.accepted.position.state === "active" && !isSilent(situation, it));
}

/** Whether the card stands in the model's last phase, where effect is followed up. */
export function isInLastPhase({ model }: ByModel, { accepted: { position } }: RemindedCard): boolean {
  return position.phase !== null && position.phase === model.phases.at(-1)?.key;
}

/** The last of some dates, or of some instants. */
export function latest(first: string, ...others: readonly string[]): string {
  return others.reduce((last, it) => (it.localeCompare(last) > 0 ? it : last), first);
}
