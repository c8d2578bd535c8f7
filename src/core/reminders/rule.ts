// SPDX-License-Identifier: EUPL-1.2
/** A reminder rule as data: the reason that triggers it, when, to whom, how it goes on. It stops when its reason is gone. */
import type { Message, MessageId } from "../../model/messages.ts";
import type { Rules } from "../../model/rules.ts";
import type { People, ReminderRole } from "./people.ts";
import type { Section } from "./section.ts";
import type { RemindedCard, Situation } from "./situation.ts";

export type ReminderId = Extract<MessageId, `P${number}` | `D${number}` | "P12u">;
export type ReminderMessage = Extract<Message, { id: ReminderId }>;

/** Why something is to be sent, as things stand today. */
export type Reason = Readonly<{
  /** What makes it this reason and no other: another anchor begins the rule anew. */
  anchor: string;
  /** Local date from which it counts. */
  from: string;
  /** The last local date on which it is of use; null: as long as it lasts. */
  until: string | null;
  cards: readonly RemindedCard[];
  people: People;
  say: (id: ReminderId) => ReminderMessage;
  /** What an overview has to say beside its message, which is then its title. */
  sections?: () => readonly Section[];
}>;

/** One level: after the reason's date if it is the first, else after the level before it was sent. */
export type Step = Readonly<{ id: ReminderId; wait: Wait; to: readonly ReminderRole[] }>;
export type Wait = Readonly<{ workingDays: number }> | Readonly<{ months: number }>;

export type Rule = Readonly<{
  /** Part of every occurrence's key: never to be changed. */
  name: string;
  /**
   * A deadline is pulled forward out of closed days and quiet periods and may follow another message closely; a nag is
   * pushed back, and keeps its distance; an overview is about no card in particular, and keeps none.
   */
  kind: "deadline" | "nag" | "overview";
  reasons: (situation: Situation) => readonly Reason[];
  steps: (rules: Rules) => readonly Step[];
  /** The last step comes again and again, as long as the reason lasts. */
  endless: boolean;
}>;

export const workingDays = (count: number): Wait => ({ workingDays: count });
export const months = (count: number): Wait => ({ months: count });
