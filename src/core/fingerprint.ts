// SPDX-License-Identifier: EUPL-1.2
/** A short name for a text, by which a repeat of it is recognised. */

/** FNV-1a, 64 bit, in base 36: short, stable, and enough to tell a card's messages apart. */
export function fingerprint(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const unit of new TextEncoder().encode(text)) hash = BigInt.asUintN(64, (hash ^ BigInt(unit)) * 0x100000001b3n);
  return hash.toString(36).slice(-8);
}
