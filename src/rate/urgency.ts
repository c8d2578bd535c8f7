// SPDX-License-Identifier: EUPL-1.2
/** Who waits for the work under way: a person at the board, or nobody in particular. Requests take it from here. */
import { AsyncLocalStorage } from "node:async_hooks";

/** `background` is work in bulk: a first fill, a reconcile. Whatever a person has just done goes before it. */
export type Urgency = "interactive" | "background";

const current = new AsyncLocalStorage<Urgency>();

/** Everything that is asked of a remote side within `work` has this urgency. */
export function withUrgency<Result>(urgency: Urgency, work: () => Result): Result {
  return current.run(urgency, work);
}

/** The urgency of the work this call belongs to; interactive where nobody has said otherwise. */
export function urgencyNow(): Urgency {
  return current.getStore() ?? "interactive";
}
