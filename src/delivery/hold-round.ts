// SPDX-License-Identifier: EUPL-1.2
/** The day's round: judges the cards as they are, and puts a message on its way to everybody for whom something is due. */
import { instantOf, isSendingTime, localDate } from "../core/calendar.ts";
import { pendingOf } from "../core/reminders/pending.ts";
import { round } from "../core/reminders/round.ts";
import { type DeliveryWorld, deliver } from "./deliver.ts";
import { readFacts } from "./facts.ts";

/**
 * Gives the keys of the messages on their way. Once a day: asked again, it finds nothing new, and gives what is still on
 * its way, whose work may have been lost. Safe to repeat at any point, and two at once do what one does. Outside the
 * sending hours, and on the day on which the service's memory began after the hour of the round, there is none.
 */
export async function holdRound(world: DeliveryWorld): Promise<readonly string[]> {
  const { model, ledger } = world;
  const now = await world.now();
  if (!isSendingTime(model, now)) return [];
  const today = localDate(model, now);
  if (await isToBeHeld(world, today)) {
    await settleEarlier(world, today);
    for (const reminder of round(await readFacts(model, ledger, now))) await ledger.letters.put(pendingOf(reminder));
    await ledger.letters.keepRound(today);
  }
  return (await ledger.letters.pending()).map(({ key }) => key);
}

async function isToBeHeld({ model, ledger }: DeliveryWorld, today: string): Promise<boolean> {
  const last = await ledger.letters.lastRound();
  if (last !== null && last >= today) return false;
  const memoryBegan = await ledger.adoption.doneAt();
  return memoryBegan !== null && new Date(memoryBegan) < instantOf(model, today, model.rules.reminders.sendAt);
}

/** What is left of earlier days is not sent any more; whether it was is settled before anything is judged. */
async function settleEarlier(world: DeliveryWorld, today: string): Promise<void> {
  for (const { key, on } of await world.ledger.letters.pending()) if (on < today) await deliver(world, key);
}
