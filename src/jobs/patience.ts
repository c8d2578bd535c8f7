// SPDX-License-Identifier: EUPL-1.2
/** How long to wait for more events about the same thing: a little after each, and never longer than the patience lasts. */

/** Milliseconds to wait with the job of a thing about which an event came at `now` (milliseconds). */
export type Patience = (id: string, now: number) => number;

/** Things that are remembered at most; forgetting one costs it a fresh start, no more. */
const MOST_REMEMBERED = 10_000;

/**
 * Each event puts the job off by `settleMs` again, so that a burst is one look. A thing whose events never pause is looked
 * at all the same once they have gone on for `maxWaitMs`. Remembered per process: with several, the longest wait is the
 * first's to run out of patience.
 */
export function patience({ settleMs, maxWaitMs }: { settleMs: number; maxWaitMs: number }): Patience {
  const bursts = new Map<string, { first: number; last: number }>();
  return (id, now) => {
    const burst = bursts.get(id);
    const goesOn = burst !== undefined && now - burst.last < settleMs;
    const first = goesOn ? burst.first : now;
    if (goesOn && now - first >= maxWaitMs) {
      bursts.delete(id);
      return 0;
    }
    if (bursts.size >= MOST_REMEMBERED) bursts.clear();
    bursts.set(id, { first, last: now });
    return settleMs;
  };
}
