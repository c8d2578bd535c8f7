// SPDX-License-Identifier: EUPL-1.2
/** The policy page's table of cards that the service has not seen before. */
import type { Accepted } from "../../src/core/accepted.ts";
import { type Judgement, judge } from "../../src/core/judge.ts";
import type { Model, TrackKey } from "../../src/model/model.ts";
import { type Shown, shownPlaces } from "./combinations.ts";
import { type Merged, merge } from "./merge.ts";
import type { Example } from "./situation.ts";

export const arrivalKinds = ["new", "copied", "older"] as const;
/** New; a copy whose task belongs to another card; or on the board before the service first looked. */
export type ArrivalKind = (typeof arrivalKinds)[number];

type ArrivalCondition = Readonly<{ kind: ArrivalKind; track: TrackKey }>;
export type Arrival = ArrivalCondition & Readonly<{ to: Shown }>;

export function judgeArrivalOf(model: Model, { seen }: Example, { kind, track, to }: Arrival): Judgement {
  const card = { ...seen.card, ...to, track };
  const taskOwner = kind === "copied" ? "another card" : null;
  return judge(model, null, { ...seen, card, previous: null, taskOwner, beforeService: kind === "older" });
}

/** «accepted T14», or where the card is laid instead, and what is said of it: «to Idébank T13 A12». */
export function arrivalText(model: Model, { next, log, tells }: Judgement, to: Shown): string {
  const said = tells.map(({ message }) => message.id);
  const verdict =
    isAsShown(next, to) && said.length === 0 ? "accepted" : `to ${model.rules.states[next.position.state]}`;
  return [verdict, log[0]?.rule ?? "", ...said].join(" ");
}

function isAsShown({ position }: Accepted, to: Shown): boolean {
  return position.state === to.state && position.phase === to.phase;
}

export function arrivals(model: Model, example: Example): Merged<ArrivalCondition, Shown> {
  const axes = { track: model.rules.tracks.map(({ key }) => key), kind: arrivalKinds };
  const places = shownPlaces(model).filter(({ state }) => state !== null);
  return merge<ArrivalCondition, Shown>(axes, places, (condition, to) =>
    arrivalText(model, judgeArrivalOf(model, example, { ...condition, to }), to),
  );
}
