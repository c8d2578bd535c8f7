// SPDX-License-Identifier: EUPL-1.2
/** What is printed of an error that ends a command. */
import { SettingsError } from "../config.ts";
import { Permanent, Refused, RetryLater } from "../core/errors.ts";
import { ModelError } from "../model/problems.ts";

const inWords = [SettingsError, ModelError, Permanent, Refused, RetryLater];

/** What an administrator can act on, in words; anything else is a bug and keeps its stack. */
export function errorText(error: unknown): string {
  if (inWords.some((kind) => error instanceof kind)) return (error as Error).message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
