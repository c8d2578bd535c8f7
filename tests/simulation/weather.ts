// SPDX-License-Identifier: EUPL-1.2
/** Bad days of both remote sides: which call goes wrong, and how. The same call of the same page goes wrong in every run. */
import type { Fault, FaultPlan } from "../../src/sandbox/world.ts";
import type { Chance } from "./chance.ts";

/** What may become of a call. */
const faults = {
  limited: { kind: "status", status: 429, retryAfter: 1 },
  conflict: { kind: "status", status: 409 },
  "internal error": { kind: "status", status: 500 },
  "bad gateway": { kind: "status", status: 502 },
  unavailable: { kind: "status", status: 503 },
  "saved, answered 503": { kind: "status", status: 503, afterSaving: true },
  "saved, answered 502": { kind: "status", status: 502, afterSaving: true },
  "socket closed before": { kind: "drop-connection", afterSaving: false },
  "socket closed after it was applied": { kind: "drop-connection", afterSaving: true },
} as const satisfies Record<string, Fault>;

type Mishap = keyof typeof faults;

const weights: Readonly<Record<Mishap, number>> = {
  limited: 2,
  conflict: 8,
  "internal error": 8,
  "bad gateway": 8,
  unavailable: 8,
  "saved, answered 503": 16,
  "saved, answered 502": 12,
  "socket closed before": 8,
  "socket closed after it was applied": 16,
};

/** How many calls in a hundred go wrong, and how many queries are answered from an index that lags. */
export type Weather = Readonly<{ mishaps: number; staleQueries: number }>;

const STALE_MS = 20_000;
const STALE = "stale query";

/** What may go wrong in such a weather. */
export function faultsIn({ mishaps, staleQueries }: Weather): readonly string[] {
  return [...(mishaps > 0 ? Object.keys(faults) : []), ...(staleQueries > 0 ? [STALE] : [])];
}

/** `met` counts what has happened. */
export function faultsOf(chance: Chance, weather: Weather, met: Map<string, number>): FaultPlan {
  const counts = new Map<string, number>();
  const meet = (name: string, fault: Fault) => {
    met.set(name, (met.get(name) ?? 0) + 1);
    return fault;
  };
  return ({ method, path }) => {
    const call = `${method} ${path}`;
    const count = (counts.get(call) ?? 0) + 1;
    counts.set(call, count);
    const here = chance.for(call, count);
    if (here.number() * 100 < weather.mishaps) {
      const mishap = here.weighted(weights);
      return meet(mishap, faults[mishap]);
    }
    const isStale = path.endsWith("/query") && here.number() * 100 < weather.staleQueries;
    return isStale ? meet(STALE, { kind: "stale", ms: 500 + here.below(STALE_MS) }) : null;
  };
}
