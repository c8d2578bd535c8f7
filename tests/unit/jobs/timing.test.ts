// SPDX-License-Identifier: EUPL-1.2
/** How long a job waits: for more events, and for the next try. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { Bug, Permanent, Refused, RetryLater } from "../../../src/core/errors.ts";
import { patience } from "../../../src/jobs/patience.ts";
import { asJobError, backoffMs } from "../../../src/jobs/retry.ts";

const timing = { settleMs: 500, maxWaitMs: 5_000 };

it("a burst is one look: each event puts it off, and things do not disturb each other", () => {
  const wait = patience(timing);
  expect([wait("a", 0), wait("a", 100), wait("b", 120), wait("a", 400)]).toEqual([500, 500, 500, 500]);
});

it("whatever the events, a thing that never pauses is looked at within maxWaitMs and one more event", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 499 }), { minLength: 50, maxLength: 300 }), (gaps) => {
      const wait = patience(timing);
      let now = 0;
      let began = 0;
      for (const gap of gaps) {
        now += gap;
        if (wait("a", now) === 0) began = now;
        expect(now - began).toBeLessThan(timing.maxWaitMs + 2 * 500);
      }
    }),
  );
});

it("waits at least as long as the remote side asked, at most a growing while longer, and never beyond five minutes more", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 0, max: 600_000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (attempt, afterMs, dice) => {
        const ms = backoffMs(attempt, new RetryLater("later", { afterMs }), () => dice);
        expect(ms).toBeGreaterThanOrEqual(afterMs);
        expect(ms).toBeLessThanOrEqual(afterMs + Math.min(300_000, 500 * 2 ** (attempt - 1)));
      },
    ),
  );
});

const failures: readonly [error: Error, isRetried: boolean][] = [
  [new RetryLater("later"), true],
  [Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" }), true],
  [new Error("Connection is closed."), true],
  [new Permanent("the token"), false],
  [new Refused("no"), false],
  [new Bug("impossible"), false],
  [new TypeError("x is undefined"), false],
];

it.each(failures)("%s: tried again %s, and the cause is kept", (error, isRetried) => {
  const answer = asJobError(error);
  expect(answer.name === "UnrecoverableError").toBe(!isRetried);
  expect(answer === error || answer.cause === error).toBe(true);
});
