// SPDX-License-Identifier: EUPL-1.2
/** The day's round: judges the cards as they are, and puts a message on its way to everybody for whom something is due. */
import { instantOf, isSendingTime, localDate } from "../core/calendar.ts";
import { assumedSent, outlived } from "../core/reminders/memory.ts";
import { pendingOf } from "../core/reminders/pending.ts";
import { round } from "../core/reminders/round.ts";
import type { Facts } from "../core/reminders/situation.ts";
import { deliver } from "./deliver.ts";
import { readFacts } from "./facts.ts";
import { whoIsGone } from "./gone.ts";
import type { DeliveryWorld } from "./world.ts";

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
    const facts = await factsOfRound(world, now);
    for (const reminder of round(facts)) await ledger.letters.put(pendingOf(reminder));
    await ledger.letters.keepRound(today);
    await ledger.letters.forget(outlived(facts));
  }
  return (await ledger.letters.pending()).map(({ key }) => key);
}

async function isToBeHeld({ model, ledger }: DeliveryWorld, today: string): Promise<boolean> {
  const last = await ledger.letters.lastRound();
  if (last !== null && last >= today) return false;
  const memoryBegan = await ledger.adoption.doneAt();
  return memoryBegan !== null && new Date(memoryBegan) < instantOf(model, today, model.rules.reminders.sendAt);
}

/** With whoever has left since the last round; and where the memory of what was sent is lost, with what is assumed of it. */
async function factsOfRound(world: DeliveryWorld, now: Date): Promise<Facts> {
  const { model, ledger } = world;
  const { letters } = ledger;
  await letters.keepGone(await whoIsGone(world, (await readFacts(model, ledger, now)).cards));
  const facts = await readFacts(model, ledger, now);
  if (!(await letters.isLost())) return facts;
  await letters.assume(assumedSent(facts));
  return readFacts(model, ledger, now);
}

/** What is left of earlier days is not sent any more; whether it was is settled before anything is judged. */
async function settleEarlier(world: DeliveryWorld, today: string): Promise<void> {
  for (const { key, on } of await world.ledger.letters.pending()) if (on < today) await deliver(world, key);
}
