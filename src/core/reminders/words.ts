// SPDX-License-Identifier: EUPL-1.2
/**
 * Words that reminders share. Every channel may carry a reminder out of the board, Notion's own mails among them, so
 * nothing that people have written on a confidential card is in one.
 */
import type { CardPropertyKey } from "../../model/rules.ts";
import { list, phrase } from "../messages.ts";
import { isConfidential } from "../privacy.ts";
import { cardName } from "../shown.ts";
import { fieldOf, type RemindedCard, type Situation } from "./situation.ts";

export function nameOf({ model }: Pick<Situation, "model">, { seen }: RemindedCard): string {
  return isConfidential(model, seen) ? phrase(model, "W21", { projekt: seen.projectId }) : cardName(model, seen);
}

/** The cards by name; «intet» for none. */
export function namesOf(situation: Situation, cards: readonly RemindedCard[]): string {
  return listed(
    situation,
    cards.map((card) => nameOf(situation, card)),
  );
}

function listed({ model }: Situation, items: readonly string[]): string {
  return items.length === 0 ? phrase(model, "W01", {}).toLowerCase() : list(model, items);
}

/** What people have written in a field, or that they have not; of a confidential card only where it stands. */
export function textOf(situation: Situation, card: RemindedCard, key: CardPropertyKey): string {
  if (isConfidential(situation.model, card.seen)) return phrase(situation.model, "W103", {});
  const text = String(fieldOf(situation, card, key) ?? "").trim();
  return text === "" ? phrase(situation.model, "W91", {}) : text;
}

/** «1 måned», «3 måneder». */
export function monthsText({ model }: Situation, count: number): string {
  return count === 1 ? phrase(model, "W92", {}) : phrase(model, "W93", { antal: String(count) });
}
