// SPDX-License-Identifier: EUPL-1.2
/** Every way a Teams webhook can say no, translated into what to do next. Total: the last line of the table holds for all. */
import { Permanent, Refused, RetryLater } from "../../core/errors.ts";

/** What came back. `status` null: nothing did. Neither the address, which is a secret, nor the answer's words are kept. */
export type Failure = Readonly<{ channel: string; status: number | null; retryAfter: string | null; cause?: unknown }>;
type Translate = (failure: Failure) => Error;

/** Without a hint: Teams counts by the second, a workflow by the minute. */
const UNHINTED_LIMIT_MS = 60_000;

const later: Translate = (it) => new RetryLater(told(it), { afterMs: hintedMs(it) ?? 0, cause: it.cause });
const limited: Translate = (it) => new RetryLater(told(it), { afterMs: hintedMs(it) ?? UNHINTED_LIMIT_MS });
const refused: Translate = (it) => new Refused(told(it));
const gone: Translate = (it) =>
  new Permanent(
    `${told(it)}. Is the workflow there, switched on, and open to anyone? Copy its address to TEAMS_WEBHOOKS again`,
  );

/** The first line that holds decides. */
const table: readonly (readonly [holds: (status: number) => boolean, Translate])[] = [
  [(it) => it === 429, limited],
  [(it) => it === 401 || it === 403 || it === 404 || it === 410, gone],
  [(it) => it === 408 || it === 409 || it === 425, later],
  // 400 also for a workflow that is switched off or takes something else than a card; 413 for a card that is too large.
  [(it) => it === 400, gone],
  [(it) => it >= 400 && it < 500, refused],
  // A redirection is no answer of a workflow's.
  [(it) => it < 400, gone],
  [() => true, later],
];

export function translate(failure: Failure): Error {
  const { status } = failure;
  if (status === null) return later(failure);
  const [, decide = later] = table.find(([holds]) => holds(status)) ?? [];
  return decide(failure);
}

/** Retry-After, as seconds or as an HTTP date (RFC 9110, 10.2.3). */
function hintedMs({ retryAfter }: Failure): number | null {
  if (retryAfter === null) return null;
  const seconds = Number(retryAfter);
  const ms = Number.isNaN(seconds) ? Date.parse(retryAfter) - Date.now() : seconds * 1_000;
  return Number.isNaN(ms) ? null : Math.max(0, Math.ceil(ms));
}

function told({ channel, status }: Failure): string {
  return `sending to the Teams channel ${channel} failed (${status ?? "no answer"})`;
}
