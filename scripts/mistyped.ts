// SPDX-License-Identifier: EUPL-1.2

/** Whether a command was given an option that it does not have: its message says enough, and a stack says nothing. */
export function isMistyped(error: unknown): error is Error {
  return error instanceof Error && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");
}
