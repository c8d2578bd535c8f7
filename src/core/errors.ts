// SPDX-License-Identifier: EUPL-1.2
/** Errors named by what to do next. Adapters translate every remote failure into one of these and keep the cause. */

/** Which remote side's budget is spent, when that is why. */
export type Side = "board" | "tracker" | "ledger";

/** Try again, no sooner than `afterMs` milliseconds from now. `limited` names the side whose rate budget is spent, so that others wait too. */
export class RetryLater extends Error {
  override readonly name = "RetryLater";
  readonly afterMs: number;
  readonly limited: Side | null;
  constructor(message: string, options: { afterMs?: number; limited?: Side; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.afterMs = options.afterMs ?? 0;
    this.limited = options.limited ?? null;
  }
}

/**
 * Trying again won't help until a person changes something outside: a token, a capability, a plan. The message says what.
 * `whole` names the side of which nothing can be worked on until then; null: only what was asked is concerned.
 */
export class Permanent extends Error {
  override readonly name = "Permanent";
  readonly whole: Side | null;
  constructor(message: string, options: { whole?: Side; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.whole = options.whole ?? null;
  }
}

/** Whether the board as a whole is out of reach: lost to the service, or without something that the rules need. */
export function isBoardAway(error: unknown): error is Permanent {
  return error instanceof Permanent && error.whole === "board";
}

/** The remote side understood and said no to this very request. Repeating it is pointless; another card may pass. */
export class Refused extends Error {
  override readonly name = "Refused";
}

/** What cannot happen did. Ours to mend. */
export class Bug extends Error {
  override readonly name = "Bug";
}
