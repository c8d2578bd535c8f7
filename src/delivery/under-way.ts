// SPDX-License-Identifier: EUPL-1.2
/** How long what was asked of the other side may still arrive there, whoever asked and whatever became of them. */
import { RetryLater } from "../core/errors.ts";

/** No request lives longer, in milliseconds, also when the process that made it was killed: its own time limit, and a little. */
export const IN_FLIGHT_MS = 65_000;
/** After an answer that was lost, in milliseconds: what was asked may still be under way on the other side. */
export const LANDING_MS = 2_000;

/** Until an earlier try must have arrived, looking for what it wrote proves nothing: then RetryLater is thrown. */
export function mustBeOver(what: string, overAt: string, now: Date): void {
  const afterMs = Date.parse(overAt) - now.getTime();
  if (afterMs > 0) throw new RetryLater(`an earlier try of ${what} may still be under way`, { afterMs });
}
