// SPDX-License-Identifier: EUPL-1.2
/** A command that cannot be carried out. */

/** Said in Danish to the person who gave the command. Nothing has been changed. */
export class CommandRefused extends Error {
  override readonly name = "CommandRefused";
}
