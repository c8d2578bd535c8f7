// SPDX-License-Identifier: EUPL-1.2
/** What goes wrong with a command that somebody typed, and how it is said to them. */
import { errorText } from "../src/service/said.ts";

/** Something that whoever typed the command can act on: said without a stack. */
export class Problem extends Error {
  override readonly name = "Problem";
}

/** Whether a command was given an option that it does not have: its message says enough, and a stack says nothing. */
export function isMistyped(error: unknown): error is Error {
  return error instanceof Error && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");
}

/** What is printed of whatever ended a command. */
export function problemText(error: unknown): string {
  return error instanceof Problem || isMistyped(error) ? error.message : errorText(error);
}
