// SPDX-License-Identifier: EUPL-1.2
/** The sandbox's clock: starts at a given instant, runs on with real time, and can be moved forward. */
import type { SandboxClock } from "./world.ts";

/** A clock that shows `start` now. Advancing is never undone; a negative step is refused, because events cannot unhappen. */
export function sandboxClock(start: Date): SandboxClock {
  const startedAt = performance.now();
  let advanced = 0;
  return {
    now: () => new Date(start.getTime() + Math.floor(performance.now() - startedAt) + advanced),
    advance(ms) {
      if (!(ms >= 0)) throw new RangeError(`The sandbox clock only moves forward, not by ${ms} ms`);
      advanced += ms;
    },
  };
}
