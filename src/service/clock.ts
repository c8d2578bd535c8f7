// SPDX-License-Identifier: EUPL-1.2
/** What time it is: the system's, or for tests and the sandbox one that can be moved (FASEPORT_CLOCK). */
import { z } from "zod";
import { RetryLater } from "../core/errors.ts";

export type ClockSetting =
  | Readonly<{ kind: "system" }>
  | Readonly<{ kind: "offset"; ms: number }>
  | Readonly<{ kind: "url"; url: string }>;

export type Clock = () => Promise<Date>;

/** How often a clock that can be moved is looked at, in milliseconds. */
const LOOK_MS = 500;
/** A step smaller than this, in milliseconds, is two clocks running apart. */
const DRIFT_MS = 1_000;

const answer = z.object({ now: z.iso.datetime() });

/** The clock of a setting. One that is read from a URL throws RetryLater when it cannot be read: no judgement without a time. */
export function clockOf(setting: ClockSetting): Clock {
  switch (setting.kind) {
    case "system":
      return async () => new Date();
    case "offset":
      return async () => new Date(Date.now() + setting.ms);
    case "url":
      return () => readClock(setting.url);
  }
}

/**
 * Calls back each time the clock has been moved forward; one that cannot be moved while the process runs is not watched.
 * What the callback rejects is tried again at the next look. Answers how to stop. Throws RetryLater as the clock does.
 */
export async function watchClock(setting: ClockSetting, moved: () => Promise<void>): Promise<() => void> {
  if (setting.kind !== "url") return () => {};
  let known = await leadOf(setting.url);
  let isLooking = false;
  const look = async () => {
    const seen = await leadOf(setting.url);
    const isMoved = seen.least > known.most + DRIFT_MS;
    if (isMoved) await moved();
    known = isMoved || seen.most < known.most ? seen : known;
  };
  const timer = setInterval(() => {
    if (isLooking) return;
    isLooking = true;
    // A clock that is away for a moment, or a callback that could not be done: the next look finds the same again.
    void look()
      .catch(() => {})
      .finally(() => {
        isLooking = false;
      });
  }, LOOK_MS);
  return () => clearInterval(timer);
}

/** How far the clock is ahead of the process's own, in milliseconds: in between, for its answer takes time. */
async function leadOf(url: string): Promise<Readonly<{ least: number; most: number }>> {
  const asked = Date.now();
  const shown = (await readClock(url)).getTime();
  return { least: shown - Date.now(), most: shown - asked };
}

async function readClock(url: string): Promise<Date> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    return new Date(answer.parse(await response.json()).now);
  } catch (cause) {
    throw new RetryLater(`the clock at ${url} cannot be read`, { afterMs: 500, cause });
  }
}
