// SPDX-License-Identifier: EUPL-1.2
/** A reminder as its reader sees it: what is due, why it came to this person, and how to make it stop. */
import type { Model } from "../../model/model.ts";
import { list, phrase, render } from "../messages.ts";
import type { Due } from "./due.ts";
import type { ReminderRole } from "./people.ts";
import type { Reminder } from "./round.ts";
import { sectionText } from "./section.ts";

/** All that is due, a line each, and the closing words. */
export function reminderText(model: Model, reminder: Reminder): string {
  return [...reminder.items.flatMap((it) => itemText(model, it)), closingWords(model, reminder)].join("\n");
}

/** A paragraph; an overview has one more for each of its sections. */
export function itemText(model: Model, { message, sections }: Due): readonly string[] {
  return [render(model, message), ...sections.map(sectionText)];
}

/** Why it came to this person, and how to make it stop. */
export function closingWords(model: Model, { items }: Reminder): string {
  const roles = [...new Set(items.map(({ as }) => roleText(model, as)))];
  const rolle = list(model, roles);
  const canWait = items.some(({ kind }) => kind === "nag");
  return canWait
    ? phrase(model, "W95", { rolle, felt: model.rules.card.snoozedUntil.name })
    : phrase(model, "W96", { rolle });
}

/** A role by the field that gives it, where one does. */
function roleText(model: Model, role: ReminderRole): string {
  const { owner, leader, effectOwner } = model.rules.card;
  const words: Readonly<Record<ReminderRole, () => string>> = {
    owner: () => owner.name.toLowerCase(),
    leader: () => leader.name.toLowerCase(),
    effectOwner: () => effectOwner.name.toLowerCase(),
    secretariat: () => phrase(model, "W97", {}),
    approver: () => phrase(model, "W98", {}),
    everyone: () => phrase(model, "W99", {}),
  };
  return words[role]();
}
