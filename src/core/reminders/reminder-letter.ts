// SPDX-License-Identifier: EUPL-1.2
/** A reminder as a letter: what is due, a paragraph each, why it came and how to make it stop, and the cards it is about. */
import type { Model } from "../../model/model.ts";
import { phrase } from "../messages.ts";
import { withoutTitle } from "../privacy.ts";
import { type CardLink, type Written, written } from "../written.ts";
import type { Due } from "./due.ts";
import { closingWords, itemText } from "./reminder-text.ts";
import type { Reminder } from "./round.ts";
import type { RemindedCard } from "./situation.ts";
import { nameOf } from "./words.ts";

/** `cards`: all that the reminder may name, as the ledger keeps them. */
export function letterOf(model: Model, cards: readonly RemindedCard[], reminder: Reminder): Written {
  const links = linksOf(model, cards, reminder);
  return written({
    subject: subjectOf(model, reminder, links),
    paragraphs: [...reminder.items.flatMap((it) => itemText(model, it)), closingWords(model, reminder)],
    cards: links,
  });
}

/** Each card once, in the order in which they are spoken of. */
function linksOf(model: Model, cards: readonly RemindedCard[], { items }: Reminder): readonly CardLink[] {
  const ids = [...new Set(items.flatMap((item) => item.cards))];
  return ids.flatMap((id) => {
    const card = cards.find(({ seen }) => seen.id === id);
    return card ? [{ id, name: nameOf({ model }, card), url: withoutTitle(card.seen.url) }] : [];
  });
}

/** By what comes first: a meeting or an overview by its name, else by the one card, or how many there are. */
function subjectOf(model: Model, { items: [first] }: Reminder, links: readonly CardLink[]): string {
  const own = first && ownSubject(model, first);
  if (own !== null && own !== undefined) return own;
  const [only] = links;
  if (links.length === 1 && only) return phrase(model, "W104", { projekt: only.name });
  if (links.length === 0) return phrase(model, "W133", {});
  return phrase(model, "W105", { antal: String(links.length) });
}

function ownSubject(model: Model, { message }: Due): string | null {
  switch (message.id) {
    case "P06":
    case "P07":
    case "D02":
      return phrase(model, "W09", message.params);
    case "D01":
      return phrase(model, "W106", {});
    case "D03":
      return phrase(model, "W107", {});
    case "D04":
      return phrase(model, "W108", message.params);
    default:
      return null;
  }
}
