// SPDX-License-Identifier: EUPL-1.2
/** The columns of the sandbox's Notion databases, as a municipality that follows the rules would have made them. */
import type { Municipality } from "../model/municipality.ts";
import type { PropertyType, Rules } from "../model/rules.ts";
import type { PropertyDefinition } from "./notion/options.ts";

type Named = Readonly<{ name: string; type: PropertyType }>;
type Options = Readonly<Record<string, readonly string[]>>;

/** Choices that the rules leave to the municipality. */
const municipalityOwn: Options = {
  Fokusområde: ["Klima og natur", "Nærhed og fællesskab", "Digital hverdag", "Sundhed"],
  Prioritet: ["Høj", "Mellem", "Lav"],
  "UDI-anbefaling": ["Anbefales", "Anbefales ikke"],
  "Udspringer af": ["Borgerforslag", "Medarbejderidé", "Politisk ønske", "Samarbejde med andre"],
};

const names = (list: readonly Readonly<{ name: string }>[]) => list.map((it) => it.name);

export function projectColumns(rules: Rules, municipality: Municipality): readonly PropertyDefinition[] {
  const { card } = rules;
  const options: Options = {
    ...municipalityOwn,
    ...Object.fromEntries(rules.fields.flatMap((field) => (field.options ? [[field.name, field.options]] : []))),
    [card.phase.name]: names(rules.phases),
    [card.state.name]: Object.values(rules.states),
    [card.track.name]: names(rules.tracks),
    [card.bodies.name]: names(municipality.bodies),
    [card.outcome.name]: names(Object.values(rules.outcomes)),
    [card.effectStatus.name]: Object.values(rules.effectStatus),
    [card.confidentiality.name]: ["Åben", rules.confidential],
  };
  return definitions([...Object.values(card), ...rules.fields], options);
}

/** Another database of the municipality: it has phases of the same names, and nothing else of ours. */
export function elsewhereColumns({ card, phases }: Rules): readonly PropertyDefinition[] {
  return definitions([card.title, card.phase], { [card.phase.name]: names(phases) });
}

export function decisionColumns(rules: Rules, municipality: Municipality): readonly PropertyDefinition[] {
  const { decision } = rules;
  return definitions(Object.values(decision), {
    [decision.gate.name]: [...rules.gates.map((gate) => gate.box), rules.closing.box],
    [decision.body.name]: names(municipality.bodies),
    [decision.status.name]: Object.values(rules.decisionStatus),
    [decision.outcome.name]: names(rules.decisionOutcome),
  });
}

function definitions(columns: readonly Named[], options: Options): readonly PropertyDefinition[] {
  return columns.map(({ name, type }) => ({
    name,
    type,
    ...(type === "select" || type === "multi_select" ? { options: options[name] ?? [] } : {}),
    ...(type === "unique_id" ? { prefix: "INNO" } : {}),
  }));
}
