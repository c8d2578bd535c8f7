// SPDX-License-Identifier: EUPL-1.2
/** Tells a Redis that is away from every other failure. */

/** How the system, ioredis, and the servers themselves say that Redis could not be reached or was not ready. */
const CODES = /^(ECONN|EPIPE|ENOENT|ETIMEDOUT|ENOTFOUND|NR_CLOSED)/u;
const SAYINGS = [
  /Connection is closed|enableOfflineQueue|MaxRetriesPerRequest|Stream isn't writeable|Socket timeout/u,
  /All sentinels are unreachable|ClusterAllFailed|Too many Cluster redirections|None of startup nodes|Cluster is /u,
  /\b(LOADING|READONLY|NOREPLICAS|MASTERDOWN|CLUSTERDOWN|TRYAGAIN)\b/u,
];

/** Whether a command failed because Redis could not be reached or was not ready. */
export function isUnreachable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = "code" in error ? String(error.code) : "";
  return CODES.test(code) || SAYINGS.some((saying) => saying.test(`${error.name} ${error.message}`));
}
