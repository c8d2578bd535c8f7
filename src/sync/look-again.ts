// SPDX-License-Identifier: EUPL-1.2
/** A hint of the service's own: something about a page is not as it should be, and nobody knows who did it. */
import type { Hint } from "../core/card.ts";

/** How one begins that a list has led to. */
const LISTED = "reconcile";

/** Says only «look again»: it names nobody and touches nothing, so it can never explain a tick. */
export function lookAgain(page: string, now: Date, why = LISTED): Hint {
  return {
    event: `${why}-${now.toISOString()}-${page}`,
    at: now.toISOString(),
    kind: "changed",
    authors: [],
    touched: [],
  };
}

/** Whether somebody's deed led to it, told by an event. */
export function isHeard({ event }: Hint): boolean {
  return !/^[a-z]+-\d{4}-\d\d-\d\dT/u.test(event);
}

/** Whether nothing has been heard of a page but that a list showed it. */
export function isFromListOnly(hints: readonly Hint[] | undefined): boolean {
  return (hints ?? []).every(({ event }) => event.startsWith(`${LISTED}-`));
}
