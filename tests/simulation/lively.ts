// SPDX-License-Identifier: EUPL-1.2
/** A house in which nothing happens holds every law. Whether enough has happened for the laws to have been asked at all. */
import type { Lived } from "./apart.ts";
import { houseKinds, type Wish } from "./houses.ts";
import { fates } from "./post-office.ts";
import { faultsIn } from "./weather.ts";

type Tale = Lived["tale"];

/** What did not happen in a house of some size (20 cards, 60 deeds), though it should have. */
export function tooLittle({ kind, cards, acts }: Wish, tale: Tale): readonly string[] {
  const { kills, redisKills, freezes, weather } = houseKinds[kind];
  const least: readonly (readonly [string, number, number])[] = [
    ["deeds done", tale.deeds, cards * acts],
    ["gates passed", tale.passages, cards],
    ["decisions registered", tale.registered, 2 * cards],
    ["killings and freezings", tale.killings, kills + redisKills + (freezes ? 1 : 0)],
    ...fates.map((fate) => [`events ${fate}`, tale.fates[fate] ?? 0, cards] as const),
    ["calls that went wrong", sum(Object.values(tale.faults)), faultsIn(weather).length * 5],
  ];
  return least.flatMap(([what, count, atLeast]) => (count < atLeast ? [`${count} ${what}, not ${atLeast}`] : []));
}

/** Faults that may be met in one of these houses, and were met in none. */
export function neverMet(lived: readonly Readonly<{ wish: Wish; tale: Tale }>[]): readonly string[] {
  const possible = new Set(lived.flatMap(({ wish }) => faultsIn(houseKinds[wish.kind].weather)));
  return [...possible].filter((fault) => lived.every(({ tale }) => (tale.faults[fault] ?? 0) === 0));
}

const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
