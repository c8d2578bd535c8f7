// SPDX-License-Identifier: EUPL-1.2
/**
 * One message to one person, once (I9): look whether it is there, judge it again, put the try down, send, note it. Wherever
 * this stops, the next try finds out what came of it.
 */
import { stillDue } from "../core/reminders/pending.ts";
import { readFacts } from "./facts.ts";
import { send } from "./send.ts";
import { mustBeOver } from "./under-way.ts";
import type { DeliveryWorld } from "./world.ts";

/** Sends a message if there is still reason to. Safe to repeat; throws RetryLater when it must be. */
export async function deliver(world: DeliveryWorld, key: string): Promise<void> {
  const { model, ledger, comments } = world;
  const pending = await ledger.letters.find(key);
  if (!pending) return;
  const now = await world.now();
  const { tried } = pending;
  if (tried) mustBeOver(`letter ${key}`, tried.overAt, now);
  if (tried?.page && (await comments.stands(tried.page, key))) return ledger.letters.note(pending, tried.said);
  const facts = await readFacts(model, ledger, now);
  const reminder = stillDue(pending, facts);
  if (reminder) return send(world, facts, pending, reminder);
  // Of what went another way nobody can tell whether it got through: it counts as sent.
  if (tried && tried.page === null) return ledger.letters.note(pending, tried.said);
  return ledger.letters.drop(pending);
}
