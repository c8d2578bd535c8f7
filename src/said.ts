// SPDX-License-Identifier: EUPL-1.2
/** What is printed of an error that ends a command. */
import { SettingsError } from "./config.ts";
import { Permanent } from "./core/errors.ts";
import { ModelError } from "./model/problems.ts";

/** What an administrator can act on, in words; anything else is a bug and keeps its stack. */
export function errorText(error: unknown): string {
  if (error instanceof SettingsError || error instanceof ModelError || error instanceof Permanent) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
