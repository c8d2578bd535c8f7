// SPDX-License-Identifier: EUPL-1.2
/** How people are reached: a role's channel, and a person's name and address as the municipality knows them. */
import { type Model, personByUser } from "../../model/model.ts";
import type { ChannelName } from "../../model/municipality.ts";
import type { UserId } from "../card.ts";
import { userNames } from "../tell.ts";
import type { ReminderRole } from "./people.ts";
import type { Reminder } from "./round.ts";

export type Recipient = Readonly<{ user: UserId; name: string; email: string | null }>;

export function channelOf({ municipality }: Model, role: ReminderRole): ChannelName {
  return municipality.channels[role];
}

/** A message goes one way only: that of its first item, which is the most urgent. */
export function channelOfReminder(model: Model, { items: [first] }: Reminder): ChannelName {
  return first ? channelOf(model, first.as) : "off";
}

/** Not every user of the board is a person of the municipality's list: then no address is known. */
export function recipientOf(model: Model, user: UserId): Recipient {
  return { user, name: userNames(model, [user]), email: personByUser(model, user)?.email ?? null };
}
