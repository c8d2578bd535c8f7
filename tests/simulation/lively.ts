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
    ...faultsIn(weather).map((fault) => [`calls with «${fault}»`, tale.faults[fault] ?? 0, 1] as const),
  ];
  return least.flatMap(([what, count, atLeast]) => (count < atLeast ? [`${count} ${what}, not ${atLeast}`] : []));
}
