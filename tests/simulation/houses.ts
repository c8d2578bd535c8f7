// SPDX-License-Identifier: EUPL-1.2
/** The houses that are simulated: what kind each is, how many cards live in it, and from which seed. */
import type { HouseKind, Simulation } from "./simulate.ts";

const plain: HouseKind = {
  kills: 0,
  redisKills: 0,
  lostMs: 0,
  redis: "one",
  roles: ["all"],
  freezes: false,
  jumps: true,
  weather: { mishaps: 5, staleQueries: 40 },
};

/** What may befall a house beside its people, its post and its weather. */
export const houseKinds = {
  /** Nothing more. */
  stormy: plain,
  /** The clock is never moved while people act, so that only the short reconciles find what was missed. */
  steady: { ...plain, jumps: false },
  /** The service's process is killed. */
  killed: { ...plain, kills: 3 },
  /** Redis is killed; what it had answered is in the kernel's hands and survives. */
  "redis-killed": { ...plain, redisKills: 3 },
  /** Redis is killed and the last second of what it wrote is gone, as when the machine loses its power. */
  "power-lost": { ...plain, redisKills: 2, lostMs: 1_000 },
  /** The primary that sentinels watch is killed, hands over and hangs; what its replicas did not have yet is gone. */
  "failed-over": { ...plain, redisKills: 3, lostMs: 1_000, redis: "sentinels" },
  /** The same in a cluster. */
  "failed-over-in-cluster": { ...plain, redisKills: 3, lostMs: 1_000, redis: "cluster" },
  /** One of two workers stands still for longer than its leases last, and then goes on. */
  frozen: { ...plain, roles: ["web", "worker", "worker"], freezes: true, weather: { mishaps: 0, staleQueries: 0 } },
} as const satisfies Record<string, HouseKind>;

export type KindName = keyof typeof houseKinds;
export const kindNames = Object.keys(houseKinds) as readonly KindName[];

/** `mishaps`: how many calls in a hundred go wrong, if not as many as in every house of the kind. */
export type Wish = Readonly<{ kind: KindName; seed: string; cards: number; acts: number; mishaps?: number }>;

export function simulationOf({ kind: name, mishaps, ...wish }: Wish): Simulation {
  const kind: HouseKind = houseKinds[name];
  const weather = mishaps === undefined ? kind.weather : { ...kind.weather, mishaps };
  return { ...wish, kind: { ...kind, weather } };
}

/** How many deeds a history has. */
export const ACTS = 60;

/** Every house of one kind, from `first` on. */
export function houses(kind: KindName, count: number, cards: number, first = 1): readonly Wish[] {
  return Array.from({ length: count }, (_, index) => ({ kind, seed: `${kind}-${first + index}`, cards, acts: ACTS }));
}

/** How many cards live side by side in one house. */
const CARDS = 42;

const house = (kind: KindName, number: number): Wish => ({ kind, seed: `${kind}-${number}`, cards: CARDS, acts: ACTS });

/** The houses of every test run, those first that take the longest. */
export const everyRun: readonly Wish[] = [
  house("frozen", 1),
  house("failed-over", 1),
  house("failed-over-in-cluster", 1),
  house("power-lost", 1),
  house("redis-killed", 1),
  house("killed", 1),
  ...[1, 2, 11, 12].map((number) => house("stormy", number)),
  ...[1, 11, 12, 16].map((number) => house("steady", number)),
];

/** A house as arguments of `npm run simulate`. */
export function options({ kind, seed, cards, acts, mishaps }: Wish): readonly string[] {
  const weather = mishaps === undefined ? [] : ["--mishaps", String(mishaps)];
  return ["--kind", kind, "--seed", seed, "--cards", String(cards), "--acts", String(acts), ...weather];
}

/** How to live one house again, alone. */
export function replay(wish: Wish): string {
  return ["npm run simulate --", ...options(wish), "--stories 3"].join(" ");
}
