// SPDX-License-Identifier: EUPL-1.2
/** The service's own log: one JSON object a line, on standard output unless a test reads it. Never a name, a title or a token. */
import { type DestinationStream, type Logger, pino } from "pino";
import { trailNow } from "../telemetry/trail.ts";

/** `level` as in LOG_LEVEL. Each line says which events the work that it is about answers. */
export function openLog(level: string, to?: DestinationStream): Logger {
  const options = { level, base: null, serializers: { err: withoutCauses }, mixin: () => ({ ...trailNow() }) };
  return to ? pino(options, to) : pino(options);
}

/** A cause may quote what a remote side was sent, which can be a card's text: the log gets the service's own words only. */
function withoutCauses(error: unknown) {
  if (!(error instanceof Error)) return { type: typeof error };
  return { type: error.name, message: error.message, stack: error.stack };
}
