// SPDX-License-Identifier: EUPL-1.2
/** Chance that falls the same way on every machine, whenever it is asked again. */

/** Numbers from 0 up to 1: mulberry32, of a seed. */
export type Chance = () => number;

export function chanceOf(seed: number): Chance {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One of them. Throws when there is none. */
export function oneOf<T>(chance: Chance, items: readonly T[]): T {
  const item = items[Math.floor(chance() * items.length)];
  if (item === undefined) throw new Error("nothing to choose from");
  return item;
}

/** One of them, by how many in a hundred there are of each. */
export function byShare<T extends string>(chance: Chance, shares: Readonly<Record<T, number>>): T {
  const entries = Object.entries(shares) as [T, number][];
  let left = chance() * 100;
  for (const [key, share] of entries) {
    left -= share;
    if (left < 0) return key;
  }
  return (entries.at(-1) as [T, number])[0];
}
