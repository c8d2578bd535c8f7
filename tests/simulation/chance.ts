// SPDX-License-Identifier: EUPL-1.2
/** Chance that can be had again: everything a simulation decides comes from its seed, by name and not by the order of asking. */
import { createHash } from "node:crypto";

export interface Chance {
  /** From 0 up to, but not including, 1. */
  number(): number;
  /** Whether something of this probability happens. */
  happens(probability: number): boolean;
  /** A whole number from 0 up to, but not including, `below`. */
  below(below: number): number;
  pick<Item>(items: readonly Item[]): Item;
  /** One of the names, each as often as its weight says. */
  weighted<Name extends string>(weights: Readonly<Record<Name, number>>): Name;
  /** Another chance that depends on nothing but the seed and these names. */
  for(...names: readonly (string | number)[]): Chance;
}

export function chance(seed: string): Chance {
  // A small generator is enough between one name and the next; the names are mixed by a real hash.
  let state = createHash("sha256").update(seed).digest().readUInt32LE(0);
  const number = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (count: number) => Math.floor(number() * count);
  return {
    number,
    below,
    happens: (probability) => number() < probability,
    pick(items) {
      const item = items[below(items.length)];
      if (item === undefined) throw new RangeError("nothing to pick from");
      return item;
    },
    weighted<Name extends string>(weights: Readonly<Record<Name, number>>): Name {
      const entries = Object.entries(weights) as [Name, number][];
      let left = number() * entries.reduce((sum, [, weight]) => sum + weight, 0);
      const found = entries.find(([, weight]) => {
        left -= weight;
        return left < 0;
      });
      return (found ?? (entries.at(-1) as [Name, number]))[0];
    },
    for: (...names) => chance([seed, ...names].join("/")),
  };
}
