// SPDX-License-Identifier: EUPL-1.2
/** A card's history as plain data: who does what is drawn from the seed, and how soon after the deed before. */
import { boardDeeds } from "./board-deeds.ts";
import type { Chance } from "./chance.ts";
import type { Stage } from "./stage.ts";
import { trackerDeeds } from "./tracker-deeds.ts";

const deeds = { ...boardDeeds, ...trackerDeeds };
type DeedName = keyof typeof deeds;

/** `pause`: milliseconds, or until people have seen what became of the deed before. */
export type Act = Readonly<{ number: number; deed: DeedName; pause: number | "seen" }>;

/** Deeds that belong together: most of what happens on a board is somebody getting on with it. */
const stories = {
  progress: ["approve", "approve", "approve", "advance"],
  tryIt: ["advance"],
  decide: ["approve", "approve"],
  race: ["advance", "approve", "drag"],
  change: ["blank", "advance", "fill", "advance"],
  wait: ["pause", "advance", "pause"],
  developers: ["relabel", "write", "close"],
} as const satisfies Record<string, readonly DeedName[]>;

const storyWeights: Readonly<Record<keyof typeof stories, number>> = {
  progress: 40,
  tryIt: 8,
  decide: 6,
  race: 6,
  change: 4,
  wait: 3,
  developers: 3,
};

const deedWeights: Readonly<Record<DeedName, number>> = {
  advance: 4,
  drag: 9,
  empty: 1,
  approve: 4,
  toggle: 8,
  withdraw: 5,
  minute: 4,
  outcome: 3,
  meddle: 3,
  blank: 1,
  fill: 3,
  describe: 3,
  file: 4,
  comment: 2,
  track: 2,
  bodies: 2,
  fund: 2,
  pause: 1,
  finish: 1,
  overwrite: 3,
  conceal: 1,
  bin: 1.5,
  binRow: 1.5,
  copyRow: 1,
  copyCard: 0.2,
  relabel: 4,
  unlabel: 2,
  tag: 2,
  close: 2,
  reopen: 1,
  rename: 2,
  write: 3,
  scribble: 2,
  removeBlock: 1,
  discuss: 1,
  assign: 1,
  remove: 0.5,
  spoof: 0.5,
};

const STORY_SHARE = 0.5;
const SEEN_SHARE = 0.4;
const BURST_MS = 150;

/** `length` acts, in bursts that one look sees together, and with looks between them. */
export function historyOf(chance: Chance, length: number): readonly Act[] {
  const named: DeedName[] = [];
  while (named.length < length) {
    if (chance.happens(STORY_SHARE)) named.push(...stories[chance.weighted(storyWeights)]);
    else named.push(chance.weighted(deedWeights));
  }
  return named
    .slice(0, length)
    .map((deed, number) => ({ number, deed, pause: chance.happens(SEEN_SHARE) ? "seen" : chance.below(BURST_MS) }));
}

/** Does it. Where there is nothing to do it to, somebody writes a case number instead; what lies in the bin is taken out first. */
export function perform(on: Stage, act: Act, dice: Chance): void {
  if (on.page().in_trash) on.notion.restore(dice.pick(on.notion.people).id, on.card);
  const at = on.now();
  const done = deeds[act.deed](on, dice);
  if (!done) boardDeeds.file(on, dice);
  on.witness.deeds.push({
    card: on.card,
    at,
    what: `${act.number} ${act.deed}${done ? "" : ": nothing to do, a case number instead"}`,
  });
}
