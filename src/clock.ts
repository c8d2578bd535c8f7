// SPDX-License-Identifier: EUPL-1.2
/** What time it is: the system's, or for tests and the sandbox one that can be moved (FASEPORT_CLOCK). */
import { z } from "zod";
import { RetryLater } from "./core/errors.ts";

export type ClockSetting =
  | Readonly<{ kind: "system" }>
  | Readonly<{ kind: "offset"; ms: number }>
  | Readonly<{ kind: "url"; url: string }>;

export type Clock = () => Promise<Date>;

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

async function readClock(url: string): Promise<Date> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    return new Date(answer.parse(await response.json()).now);
  } catch (cause) {
    throw new RetryLater(`the clock at ${url} cannot be read`, { afterMs: 500, cause });
  }
}
