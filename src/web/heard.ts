// SPDX-License-Identifier: EUPL-1.2
/** When a side was last heard of, so that the doctor can tell a webhook that is dead from a board on which nothing happens. */
import type { Ledger } from "../ledger/ledger.ts";
import type { Answered } from "./app.ts";

/** ISO instants; null: never. `unsigned`: something came that was not signed with our secret. */
export type Heard = Readonly<{ signed: string | null; unsigned: string | null }>;

const never: Heard = { signed: null, unsigned: null };

/** How exactly it is known, in milliseconds: a busy door does not write it down for each event. */
const AGAIN_MS = 30_000;

const noteOf = (side: Answered["side"]) => `heard:${side}`;

export async function heardOf(ledger: Ledger, side: Answered["side"]): Promise<Heard> {
  return (await ledger.note<Heard>(noteOf(side))) ?? never;
}

/** Takes what became of each request. Never fails and keeps nobody waiting: it is of no consequence for the event. */
export function listener(ledger: Ledger, now: () => Promise<Date>): (entry: Answered) => void {
  const last = new Map<string, number>();
  return ({ side, outcome }) => {
    const kind = outcome === "unsigned" ? "unsigned" : "signed";
    if (outcome === "too-large" || outcome === "unavailable" || outcome === "broken") return;
    const at = performance.now();
    if (at - (last.get(side + kind) ?? Number.NEGATIVE_INFINITY) < AGAIN_MS) return;
    last.set(side + kind, at);
    const write = async () =>
      ledger.keepNote(noteOf(side), { ...(await heardOf(ledger, side)), [kind]: (await now()).toISOString() });
    write().catch(() => last.delete(side + kind));
  };
}
