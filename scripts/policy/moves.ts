// SPDX-License-Identifier: EUPL-1.2
/** The policy page's tables of moves: one for each position in which a card has been accepted. */
import type { Position } from "../../src/core/card.ts";
import type { Model } from "../../src/model/model.ts";
import { cellText, judgeCombination } from "./cell.ts";
import { approvalKinds, type Condition, positions, requirementsAt, type Shown, shownPlaces } from "./combinations.ts";
import { anyOf, table } from "./markdown.ts";
import { type Axes, type Merged, merge } from "./merge.ts";
import { phaseText, placesText } from "./places.ts";
import type { Example } from "./situation.ts";

export type MovesTable = Merged<Condition, Shown>;

/** All that can become of a card that was accepted here. An empty state is left out: it counts as the accepted one. */
export function movesFrom(model: Model, example: Example, from: Position): MovesTable {
  const axes = {
    track: model.rules.tracks.map(({ key }) => key),
    requirements: requirementsAt(model, from),
    approvals: approvalKinds,
  };
  const places = shownPlaces(model).filter(({ state }) => state !== null);
  return merge<Condition, Shown>(axes, places, (condition, to) =>
    cellText(judgeCombination(model, example, { from, to, ...condition })),
  );
}

/** Every position with its tables; positions whose tables are equal share them. */
export function moveSections(model: Model, example: Example): string {
  const written = positions(model).map((from) => ({
    from,
    text: movesText(model, from, movesFrom(model, example, from)),
  }));
  const groups = [...Map.groupBy(written, ({ text }) => text)];
  return groups.map(([text, group]) => `### From ${placesOf(model, group)}\n\n${text}`).join("\n\n");
}

function placesOf(model: Model, group: readonly Readonly<{ from: Position }>[]): string {
  const states = [...Map.groupBy(group, ({ from }) => from.state)];
  return states
    .map(([state, places]) => {
      const name = ({ from }: { from: Position }) => phaseText(model, null, from.phase);
      return state === "idea" ? model.rules.states[state] : `${model.rules.states[state]}, ${anyOf(places.map(name))}`;
    })
    .join("; ");
}

/** First what depends on nothing but the place, then what depends on track, fields and approvals. */
function movesText(model: Model, from: Position, merged: MovesTable): string {
  const columns = merged.columns.map((places, index) => {
    const cells = merged.rows.map((row) => row.cells[index] ?? "");
    return { title: placesText(model, from, places), cells, isFixed: new Set(cells).size === 1 };
  });
  const fixed = columns.filter(({ isFixed }) => isFixed);
  const varying = columns.filter(({ isFixed }) => !isFixed);
  const always = table(
    ["to", "always"],
    fixed.map(({ title, cells }) => [title, cells[0] ?? ""]),
  );
  if (varying.length === 0) return always;
  const head = [model.rules.card.track.name, "requirements", "approvals", ...varying.map(({ title }) => title)];
  const rows = merged.rows.map(({ over }, index) => [
    ...conditionTexts(model, from, over),
    ...varying.map(({ cells }) => cells[index] ?? ""),
  ]);
  return `${always}\n\n${table(head, rows)}`;
}

function conditionTexts(model: Model, from: Position, over: Axes<Condition>) {
  const tracks = over.track.map((key) => model.rules.tracks.find((track) => track.key === key)?.name ?? key);
  return [
    tracks.join(", "),
    someOf(over.requirements, requirementsAt(model, from)),
    someOf(over.approvals, approvalKinds),
  ];
}

function someOf(values: readonly string[], all: readonly string[]): string {
  return values.length === all.length ? "any" : values.join(", ");
}
