// SPDX-License-Identifier: EUPL-1.2
/** Words that reminders share. */

import type { CardPropertyKey } from "../../model/rules.ts";
import { list, phrase } from "../messages.ts";
import { cardName } from "../shown.ts";
import { fieldOf, type RemindedCard, type Situation } from "./situation.ts";

export function nameOf({ model }: Situation, { seen }: RemindedCard): string {
  return cardName(model, seen);
}

/** The cards by name; «Intet» for none. */
export function namesOf(situation: Situation, cards: readonly RemindedCard[]): string {
  return listed(
    situation,
    cards.map((card) => nameOf(situation, card)),
  );
}

export function listed({ model }: Situation, items: readonly string[]): string {
  return items.length === 0 ? phrase(model, "W01", {}) : list(model, items);
}

/** What people have written in a field, or that they have not. */
export function textOf(situation: Situation, card: RemindedCard, key: CardPropertyKey): string {
  const text = String(fieldOf(situation, card, key) ?? "").trim();
  return text === "" ? phrase(situation.model, "W91", {}) : text;
}

/** «1 måned», «3 måneder». */
export function monthsText({ model }: Situation, count: number): string {
  return count === 1 ? phrase(model, "W92", {}) : phrase(model, "W93", { antal: String(count) });
}
