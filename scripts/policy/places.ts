// SPDX-License-Identifier: EUPL-1.2
/** Many places on the board in few words: «Aktiv: 4. Implementer or 5. Følg op; Idébank or Parkeret: any Fase». */
import type { Position } from "../../src/core/card.ts";
import type { Model } from "../../src/model/model.ts";
import { stateKeys } from "../../src/model/rules.ts";
import { type Shown, UNKNOWN } from "./combinations.ts";
import { anyOf } from "./markdown.ts";

/** The places that a column stands for. With a position, the phase there is «same», and all others together «another». */
export function placesText(model: Model, from: Position | null, places: readonly Shown[]): string {
  const byState = stateKeys.flatMap((state) => {
    const phases = places.filter((place) => place.state === state).map(({ phase }) => phase);
    return phases.length > 0 ? [{ state, phases: phasesText(model, from, phases) }] : [];
  });
  return [...Map.groupBy(byState, ({ phases }) => phases)]
    .map(
      ([phases, group]) =>
        `${statesText(
          model,
          group.length,
          group.map(({ state }) => state),
        )}: ${phases}`,
    )
    .join("; ");
}

function statesText(model: Model, count: number, states: readonly (typeof stateKeys)[number][]): string {
  if (count === stateKeys.length) return `any ${model.rules.card.state.name}`;
  return anyOf(states.map((state) => model.rules.states[state]));
}

function phasesText(model: Model, from: Position | null, phases: readonly Shown["phase"][]): string {
  const fase = model.rules.card.phase.name;
  const known = phases.filter((phase) => phase !== UNKNOWN);
  const unknown = known.length < phases.length ? [`an unknown ${fase}`] : [];
  const named = known.length > 0 ? [knownText(model, from, known)] : [];
  return [...named, ...unknown].join(" or ");
}

function knownText(model: Model, from: Position | null, known: readonly Shown["phase"][]): string {
  const fase = model.rules.card.phase.name;
  const all = model.phases.length + 1;
  if (known.length === all) return `any ${fase}`;
  if (known.length === all - 1 && from && !known.includes(from.phase)) return `another ${fase}, or none`;
  if (known.length === all - 1 && !known.includes(null)) return `any ${fase} of the model`;
  return anyOf(known.map((phase) => phaseText(model, from, phase)));
}

/** A phase's name, «same Fase» for the position's own, «no Fase» for none. */
export function phaseText(model: Model, from: Position | null, phase: Shown["phase"]): string {
  const fase = model.rules.card.phase.name;
  if (from && phase === from.phase) return `same ${fase}`;
  return model.phases.find(({ key }) => key === phase)?.name ?? `no ${fase}`;
}
