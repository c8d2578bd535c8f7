// SPDX-License-Identifier: EUPL-1.2
/** Sends a message the way its reader's role has chosen, and as a comment on the card where that way fails. */
import type { Channel, Letter } from "../channels/channel.ts";
import { Permanent, Refused, RetryLater } from "../core/errors.ts";
import { channelNotice } from "../core/notice.ts";
import { type Pending, tryOf } from "../core/reminders/pending.ts";
import { channelOfReminder } from "../core/reminders/reach.ts";
import { type Reminder, sentBy } from "../core/reminders/round.ts";
import type { Facts } from "../core/reminders/situation.ts";
import type { ChannelName } from "../model/municipality.ts";
import { open, withdraw } from "../sync/watch-board.ts";
import { compose } from "./compose.ts";
import { IN_FLIGHT_MS, LANDING_MS } from "./under-way.ts";
import type { DeliveryWorld } from "./world.ts";

/** Tries by a channel that is away, before the card takes its place; with their pauses these are some minutes. */
const MOST_TRIES = 8;

type Sending = Readonly<{ pending: Pending; reminder: Reminder; letter: Letter }>;

/** Throws as the channel does; what it has thrown is put down, so that the next try looks. */
export async function send(world: DeliveryWorld, facts: Facts, pending: Pending, reminder: Reminder): Promise<void> {
  const sending = { pending, reminder, letter: compose(facts, pending, reminder) };
  const name = channelOfReminder(world.model, reminder);
  const channel = name === "comment" || name === "off" ? null : world.outside(name);
  const isReachable = name !== "email" || sending.letter.to.email !== null;
  const hasFallenBack = pending.tried !== null && pending.tried.by === "comment";
  if (channel === null || !isReachable || hasFallenBack) return sendComment(world, sending);
  return sendOutside(world, sending, name, channel);
}

/** Looks first, also at a first try: it may be a second one, if Redis has lost its last moments. */
async function sendComment(world: DeliveryWorld, { pending, reminder, letter }: Sending): Promise<void> {
  const { comments, ledger } = world;
  const page = comments.pageOf(letter);
  if (await comments.stands(page, letter.key)) return ledger.letters.note(pending, sentBy(reminder));
  const trying = await attempt(world, { pending, reminder, letter }, { by: "comment", page }, comments, false);
  await noted(world, trying, reminder, "comment");
}

/** Such a channel cannot be asked whether a message got through: it is told that an earlier try may have. */
async function sendOutside(world: DeliveryWorld, sending: Sending, name: ChannelName, channel: Channel): Promise<void> {
  const { pending, reminder } = sending;
  const notice = channelNotice(name);
  try {
    const trying = await attempt(world, sending, { by: name, page: null }, channel, pending.tried !== null);
    await withdraw(world, notice);
    await noted(world, trying, reminder, name);
  } catch (error) {
    const kept = await world.ledger.letters.find(pending.key);
    const mayWait = error instanceof RetryLater && (kept?.tried?.number ?? 0) < MOST_TRIES;
    if (!kept || mayWait || !isChannels(error)) throw error;
    if (!(error instanceof Refused)) await open(world, notice, error);
    await sendComment(world, { ...sending, pending: kept });
  }
}

function isChannels(error: unknown): error is RetryLater | Permanent | Refused {
  return error instanceof RetryLater || error instanceof Permanent || error instanceof Refused;
}

type Way = Readonly<{ by: ChannelName; page: string | null }>;

/** The try is put down before it is made; that also finds out whether another worker has begun one. */
async function attempt(
  { ledger, now }: DeliveryWorld,
  { pending, reminder, letter }: Sending,
  way: Way,
  channel: Channel,
  again: boolean,
): Promise<Pending> {
  const number = (pending.tried?.number ?? 0) + 1;
  const until = async (ms: number) => new Date((await now()).getTime() + ms);
  const tryUntil = async (ms: number) => tryOf(reminder, { ...way, number }, await until(ms));
  const trying = await ledger.letters.keepTry(pending, await tryUntil(IN_FLIGHT_MS));
  try {
    await channel.send(letter, { again });
    return trying;
  } catch (error) {
    await ledger.letters.keepTry(trying, await tryUntil(LANDING_MS));
    throw error;
  }
}

async function noted(world: DeliveryWorld, trying: Pending, reminder: Reminder, by: ChannelName): Promise<void> {
  await world.ledger.letters.note(trying, sentBy(reminder));
  world.sent({ letter: trying.key, person: trying.person, by, said: reminder.items.map(({ message }) => message.id) });
}
