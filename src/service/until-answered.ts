// SPDX-License-Identifier: EUPL-1.2
/** Waits for a remote side at the start. */
import { setTimeout as wait } from "node:timers/promises";
import type { Logger } from "pino";
import { RetryLater } from "../core/errors.ts";
import { backoffMs } from "../jobs/retry.ts";

/** A remote side that is away at the start is waited for; one that refuses us is an error to act on. */
export async function untilAnswered<Opened>(log: Logger, open: () => Promise<Opened>): Promise<Opened> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await open();
    } catch (error) {
      if (!(error instanceof RetryLater)) throw error;
      const ms = backoffMs(attempt, error);
      log.warn({ err: error, againInMs: ms }, "a remote side does not answer yet; Faseport waits for it");
      await wait(ms);
    }
  }
}
