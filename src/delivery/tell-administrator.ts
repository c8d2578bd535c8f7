// SPDX-License-Identifier: EUPL-1.2
/**
 * Tells the administrator what has changed since they were told, by mail or in Teams: what stands is compared with what was
 * told, so that an event that was lost, or a process that was killed, costs nothing but time.
 */
import type { Channel, Letter } from "../channels/channel.ts";
import { newsKey, newsOf, noticeLetter } from "../core/notice-letter.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { Model } from "../model/model.ts";

export type TellingWorld = Readonly<{
  model: Model;
  ledger: Ledger;
  /** null: the log and `npm run doctor` are all there is. */
  administrator: Administrator | null;
}>;

export type Administrator = Readonly<{ channel: Channel; to: readonly Letter["to"][] }>;

/**
 * Safe to repeat. What was told is put down after it was sent: a process that is killed in between tells it again, with the
 * same key if nothing has changed meanwhile.
 */
export async function tellAdministrator({ model, ledger, administrator }: TellingWorld): Promise<void> {
  if (administrator === null) return;
  const { notices } = ledger;
  const news = newsOf(await notices.all(), await notices.told());
  if (news.begun.length + news.over.length === 0) return;
  const letter = { key: newsKey(news), ...noticeLetter(model, news) };
  for (const to of administrator.to) await administrator.channel.send({ ...letter, to }, { again: false });
  await notices.keepTold(news);
}
