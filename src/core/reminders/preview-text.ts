// SPDX-License-Identifier: EUPL-1.2
/** A day's reminders for whoever asks beforehand: to whom, by which channel and rule, about which cards, due since when, and the text. */
import type { Model } from "../../model/model.ts";
import { isSendingDay } from "../calendar.ts";
import { longDate, phrase } from "../messages.ts";
import { userNames } from "../tell.ts";
import { channelOfReminder } from "./reach.ts";
import { reminderText } from "./reminder-text.ts";
import type { Reminder } from "./round.ts";
import type { RemindedCard } from "./situation.ts";

export function previewText(
  model: Model,
  cards: readonly RemindedCard[],
  date: string,
  reminders: readonly Reminder[],
): string {
  const dato = longDate(model, date);
  if (!isSendingDay(model, date)) return `${phrase(model, "W101", { dato })}\n`;
  if (reminders.length === 0) return `${phrase(model, "W100", { dato })}\n`;
  const numbers = new Map(cards.map(({ seen }) => [seen.id, seen.projectId]));
  const parts = reminders.map((it) => paragraph(model, numbers, it));
  return `${[phrase(model, "W102", { dato }), ...parts].join("\n\n")}\n`;
}

function paragraph(model: Model, numbers: ReadonlyMap<string, string>, reminder: Reminder): string {
  const reasons = reminder.items.map(({ message, cards, since }) => {
    return `  ${[message.id, ...cards.map((id) => numbers.get(id) ?? id), since].join(" · ")}`;
  });
  const text = reminderText(model, reminder).replaceAll(/^/gmu, "    ");
  const to = `${userNames(model, [reminder.person])} · ${channelOfReminder(model, reminder)}`;
  return [to, ...reasons, text].join("\n");
}
