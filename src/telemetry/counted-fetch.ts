// SPDX-License-Identifier: EUPL-1.2
/** A fetch that tells how each request was answered: by its status, and nothing of what was sent or said. */

export type Called = Readonly<{
  method: string;
  /** Without what is asked for: a query can quote a card. */
  path: string;
  outcome: CallOutcome;
  ms: number;
}>;
export type CallOutcome = "ok" | "limited" | "refused" | "failed" | "unanswered";

export function countedFetch(called: (call: Called) => void, inner: typeof fetch = globalThis.fetch): typeof fetch {
  return async (input, init) => {
    const began = performance.now();
    let outcome: CallOutcome = "unanswered";
    try {
      const response = await inner(input, init);
      outcome = outcomeOf(response);
      return response;
    } finally {
      const { pathname } = new URL(input instanceof Request ? input.url : input);
      called({ method: init?.method ?? "GET", path: pathname, outcome, ms: performance.now() - began });
    }
  };
}

/** GitHub says 403 both for a spent limit and for a right that is missing; only the first has these headers. */
function outcomeOf({ status, headers }: Response): CallOutcome {
  const isSpent = headers.has("retry-after") || headers.get("x-ratelimit-remaining") === "0";
  if (status === 429 || status === 529 || (status === 403 && isSpent)) return "limited";
  if (status >= 500) return "failed";
  return status >= 400 ? "refused" : "ok";
}
