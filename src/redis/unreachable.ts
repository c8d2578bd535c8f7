// SPDX-License-Identifier: EUPL-1.2
/** Tells a Redis that is away from every other failure. */

/** Whether a command failed because Redis could not be reached or was not ready: the ways in which ioredis and the system say so. */
export function isUnreachable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = "code" in error ? String(error.code) : "";
  return (
    /^(ECONN|EPIPE|ENOENT|ETIMEDOUT|ENOTFOUND|NR_CLOSED)/u.test(code) ||
    /Connection is closed|enableOfflineQueue|MaxRetriesPerRequest|Stream isn't writeable|LOADING|READONLY/u.test(
      `${error.name} ${error.message}`,
    )
  );
}
