// SPDX-License-Identifier: EUPL-1.2
/** The port to a remote side's request budget: what an adapter asks before each request and tells after one. Types only. */

/** So many units in any stretch of so many milliseconds. */
export type Window = Readonly<{ name: string; limit: number; ms: number }>;

/** What one request takes of each window, by the window's name. A window that is not named is not touched. */
export type Need = Readonly<Record<string, number>>;

/** One budget, shared by every process that uses the same connection. */
export interface Budget {
  /**
   * Resolves when a request may be sent that needs this much.
   * Throws RetryLater, saying when to come back, when the wait would be too long to sit through.
   */
  spend(need: Need): Promise<void>;
  /** The remote side has said that its budget is spent: no process sends anything for so many milliseconds. */
  stop(ms: number): Promise<void>;
}

/** For a client that shares its connection with nobody: a script's single call, a test. */
export const unlimited: Budget = { spend: async () => {}, stop: async () => {} };
