// SPDX-License-Identifier: EUPL-1.2
/** The hint that a reconcile leaves: look at this page again. */
import type { Hint } from "../core/card.ts";

const PREFIX = "reconcile-";

/** Says only «look again»: it names nobody and touches nothing, so it can never explain a tick. */
export function lookAgain(page: string, now: Date): Hint {
  return {
    event: `${PREFIX}${now.toISOString()}-${page}`,
    at: now.toISOString(),
    kind: "changed",
    authors: [],
    touched: [],
  };
}

/** Whether nothing has been heard of a page but that a list showed it. */
export function isFromListOnly(hints: readonly Hint[] | undefined): boolean {
  return (hints ?? []).every(({ event }) => event.startsWith(PREFIX));
}
