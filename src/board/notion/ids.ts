// SPDX-License-Identifier: EUPL-1.2
/** Ids as Notion writes them, and as they are compared. */

/**
 * A property or option id to compare with: responses and webhooks carry them URL-encoded, sometimes not
 * (`XGe%40` and `XGe@` are one property). Requests take the id exactly as it was returned.
 */
export function plainId(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    return id; // a bare "%" in an id that was not encoded
  }
}

/** A UUID in the one spelling used outside this adapter: lower case, with hyphens. What is no UUID is returned as it is. */
export function uuid(id: string): string {
  const hex = id.replaceAll("-", "").toLowerCase();
  if (!/^[0-9a-f]{32}$/.test(hex)) return id;
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
