// SPDX-License-Identifier: EUPL-1.2
/** Where a link may lead. */

/** The address as a link's target; null for what is no web address, such as `javascript:`. */
export function webAddress(text: string): string | null {
  const url = URL.parse(text);
  return url && /^https?:$/.test(url.protocol) ? url.href : null;
}
