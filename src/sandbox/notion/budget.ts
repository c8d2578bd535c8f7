// SPDX-License-Identifier: EUPL-1.2
/** A connection's request budget: so many in each fixed window of 60 seconds, measured on the real clock. */
import { Problem } from "./problem.ts";

const windowMs = 60_000;

export interface Budget {
  limit(perMinute: number | null): void;
  /** Counts one request, or throws 429 with the whole seconds left until the window resets. */
  spend(): void;
}

export function budget(now: () => number = () => performance.now()): Budget {
  let allowed: number | null = null;
  let spent = 0;
  let startedAt = Number.NEGATIVE_INFINITY;
  return {
    limit(perMinute) {
      allowed = perMinute;
      startedAt = Number.NEGATIVE_INFINITY;
    },
    spend() {
      if (now() - startedAt >= windowMs) {
        startedAt = now();
        spent = 0;
      }
      if (allowed !== null && spent >= allowed) throw rateLimited(Math.ceil((startedAt + windowMs - now()) / 1000));
      spent += 1;
    },
  };
}

/** 429 as documented: Retry-After in whole seconds, repeated as a string in the body. */
export function rateLimited(seconds: number): Problem {
  return new Problem(
    429,
    "rate_limited",
    "You have been rate limited. Please try again in a few minutes.",
    { rate_limit_reason: "public_api_request_rate_limit", retry_after: String(seconds) },
    { "Retry-After": String(seconds) },
  );
}
