// SPDX-License-Identifier: EUPL-1.2
/** What to do when a job fails: by the error's name, and never a failure swallowed. */
import { UnrecoverableError } from "bullmq";
import { RetryLater } from "../core/errors.ts";
import { isUnreachable } from "../redis/unreachable.ts";

const FIRST_MS = 500;
const LONGEST_MS = 5 * 60_000;

/**
 * Milliseconds until the next try: a random part of a doubling time (full jitter), never sooner than what the remote
 * side asked for.
 */
export function backoffMs(attemptsMade: number, error: Error | undefined, random: () => number = Math.random): number {
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, attemptsMade - 1));
  const floor = error instanceof RetryLater ? error.afterMs : 0;
  return floor + Math.round(random() * ceiling);
}

/** An error that another try may mend stays what it is; any other goes to the failed set at once, its cause kept. */
export function asJobError(error: unknown): Error {
  if (error instanceof RetryLater) return error;
  const known = error instanceof Error ? error : new Error(String(error));
  if (isUnreachable(known)) return new RetryLater("Redis cannot be reached", { cause: known });
  const final = new UnrecoverableError(`${known.name}: ${known.message}`);
  final.cause = known;
  return final;
}
