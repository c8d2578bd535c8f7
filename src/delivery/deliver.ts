// SPDX-License-Identifier: EUPL-1.2
/**
 * One message to one person, once (I9): look whether it is there, judge it again, put the try down, send, note it. Wherever
 * this stops, the next try finds out what came of it.
 */
import type { CommentChannel } from "../channels/comment/comment.ts";
import type { UserId } from "../core/card.ts";
import { RetryLater } from "../core/errors.ts";
import { type Pending, stillDue, tryOf } from "../core/reminders/pending.ts";
import { reminderText } from "../core/reminders/reminder-text.ts";
import { type Reminder, round, sentBy } from "../core/reminders/round.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { Model } from "../model/model.ts";
import { readFacts } from "./facts.ts";

export type DeliveryWorld = Readonly<{
  model: Model;
  ledger: Ledger;
  comments: CommentChannel;
  now: () => Promise<Date>;
  /** The service's own log: who was sent what. */
  sent: (entry: SentReport) => void;
}>;

export type SentReport = Readonly<{ letter: string; person: UserId; said: readonly string[] }>;

/** No request lives longer, in milliseconds, also when the process that made it was killed: its own time limit, and a little. */
const IN_FLIGHT_MS = 65_000;
/** After an answer that was lost, in milliseconds: what was asked may still be under way on the other side. */
const LANDING_MS = 2_000;

/** Sends a message if there is still reason to. Safe to repeat; throws RetryLater when it must be. */
export async function deliver(world: DeliveryWorld, key: string): Promise<void> {
  const { model, ledger, comments } = world;
  const pending = await ledger.letters.find(key);
  if (!pending) return;
  const now = await world.now();
  mustBeOver(pending, now);
  const { tried } = pending;
  if (tried?.page && (await comments.stands(tried.page, key))) return ledger.letters.note(pending, tried.said);
  const reminder = stillDue(pending, round(await readFacts(model, ledger, now)));
  if (!reminder) return ledger.letters.drop(pending);
  await send(world, pending, reminder);
}

/** The try is put down before it is made; that also finds out whether another worker has begun one. */
async function send(world: DeliveryWorld, pending: Pending, reminder: Reminder): Promise<void> {
  const { ledger, comments, model } = world;
  const { key, person } = pending;
  const cards = reminder.items.flatMap((it) => it.cards).map((id) => ({ id, name: "", url: "" }));
  const letter = {
    key,
    to: { user: person, name: "", email: null },
    subject: "",
    paragraphs: reminderText(model, reminder).split("\n"),
    cards,
  };
  const page = comments.pageOf(letter);
  // Also a first try may be a second one, if Redis has lost its last moments.
  if (await comments.stands(page, key)) return ledger.letters.note(pending, sentBy(reminder));
  const began = await world.now();
  const trying = await ledger.letters.keepTry(pending, tryOf(reminder, "comment", page, later(began, IN_FLIGHT_MS)));
  try {
    await comments.send(letter, { again: false });
  } catch (error) {
    const ended = await world.now();
    await ledger.letters.keepTry(trying, tryOf(reminder, "comment", page, later(ended, LANDING_MS)));
    throw error;
  }
  await ledger.letters.note(trying, sentBy(reminder));
  world.sent({ letter: key, person, said: reminder.items.map(({ message }) => message.id) });
}

/** A request that nobody waits for any more may still arrive: until it must have, looking for it proves nothing. */
function mustBeOver({ key, tried }: Pending, now: Date): void {
  const afterMs = tried === null ? 0 : Date.parse(tried.overAt) - now.getTime();
  if (afterMs > 0) throw new RetryLater(`an earlier try of letter ${key} may still be under way`, { afterMs });
}

function later(at: Date, ms: number): Date {
  return new Date(at.getTime() + ms);
}
