// SPDX-License-Identifier: EUPL-1.2
/** What the log says beside each line: which events the work under way answers, from the door to the last write. Ids only. */
import { AsyncLocalStorage } from "node:async_hooks";
import { markSpan } from "./traces.ts";

export type Trail = Readonly<{
  /** The kind of job, and its id in the queue. */
  job?: string;
  id?: string;
  /** Ids of the events as their senders gave them. */
  events?: readonly string[];
}>;

/** More than a burst has; what is beyond them is followed by the card. */
const MOST_EVENTS = 20;

const current = new AsyncLocalStorage<{ trail: Trail }>();

/** Every line that is logged within `work` has this beside it. */
export function withTrail<Result>(trail: Trail, work: () => Result): Result {
  return current.run({ trail }, work);
}

/** From here on the work under way answers these events too. */
export function follow(events: readonly string[]): void {
  const store = current.getStore();
  if (!store || events.length === 0) return;
  const all = [...new Set([...(store.trail.events ?? []), ...events])];
  store.trail = { ...store.trail, events: all.slice(0, MOST_EVENTS) };
  markSpan(all.slice(0, MOST_EVENTS));
}

/** What is known of the work under way; nothing outside of any. */
export function trailNow(): Trail {
  return current.getStore()?.trail ?? {};
}

/** The events, as a job that follows from this work carries them. */
export function followed(): Pick<Trail, "events"> {
  const { events } = trailNow();
  return events === undefined ? {} : { events };
}
