// SPDX-License-Identifier: EUPL-1.2
/** A message as it goes out, whatever carries it. */
import type { Letter } from "../channels/channel.ts";
import type { Pending } from "../core/reminders/pending.ts";
import { recipientOf } from "../core/reminders/reach.ts";
import { letterOf } from "../core/reminders/reminder-letter.ts";
import type { Reminder } from "../core/reminders/round.ts";
import type { Facts } from "../core/reminders/situation.ts";

/**
 * An overview is about no card. It belongs to the municipality's page for overviews; where there is none, to the first card
 * that it speaks of.
 */
export function compose({ model, cards }: Facts, { key, person }: Pending, reminder: Reminder): Letter {
  const text = letterOf(model, cards, reminder);
  const hasPlace = text.cards.length > 0 || model.municipality.reports !== undefined;
  const letter = { key, to: recipientOf(model, person), ...text };
  return hasPlace ? letter : { ...letter, cards: letterOf(model, cards, onItsCards(reminder)).cards.slice(0, 1) };
}

/** As if an overview were about the card that it speaks of first. */
function onItsCards(reminder: Reminder): Reminder {
  return { ...reminder, items: reminder.items.map((item) => ({ ...item, cards: item.place ? [item.place] : [] })) };
}
