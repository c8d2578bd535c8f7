// SPDX-License-Identifier: EUPL-1.2
/** Names that must tell things apart: keys, properties, options and labels that stand twice, and options Notion refuses. */
import type { ConfigFile, Path } from "./config-file.ts";
import type { Municipality } from "./municipality.ts";
import type { Problem } from "./problems.ts";
import type { Rules } from "./rules.ts";
import { repeated, type Use, usesIn, usesUnder } from "./uses.ts";

/** Keys, names and options within the rules. */
export function checkRuleNames(config: ConfigFile<Rules>): readonly Problem[] {
  const { phases, tracks, gates, fields, card, decision } = config.value;
  return [
    ...repeated("phase key", usesIn(config, ["phases"], phases, "key")),
    ...repeated("short phase name", usesIn(config, ["phases"], phases, "short")),
    ...repeated("track key", usesIn(config, ["tracks"], tracks, "key")),
    ...repeated("gate id", usesIn(config, ["gates"], gates, "id")),
    ...repeated("property", [...propertyUses(config, ["card"], card), ...usesIn(config, ["fields"], fields, "name")]),
    ...repeated("property", propertyUses(config, ["decision"], decision)),
    ...ruleOptions(config).flatMap(checkOptions),
  ];
}

/** Keys, people and options within the municipality. */
export function checkMunicipalityNames(config: ConfigFile<Municipality>): readonly Problem[] {
  const { people, bodies, secretariat } = config.value;
  const users = people.flatMap(({ notion }, index) => listUses(config, ["people", index, "notion"], notion));
  return [
    ...repeated("person key", usesIn(config, ["people"], people, "key")),
    ...repeated("Notion user id", users),
    ...repeated("GitHub login", usesIn(config, ["people"], people, "github")),
    ...repeated("member of the secretariat", listUses(config, ["secretariat"], secretariat)),
    ...repeated("body key", usesIn(config, ["bodies"], bodies, "key")),
    ...checkOptions({ what: "body name", uses: usesIn(config, ["bodies"], bodies, "name") }),
  ];
}

/** Labels of the tracker, across both files: a label that means two things cannot be read back. */
export function checkLabels(rules: ConfigFile<Rules>, municipality: ConfigFile<Municipality>): readonly Problem[] {
  const { phases, tracks, outcomes, labels } = rules.value;
  return repeated("label", [
    ...usesIn(rules, ["phases"], phases, "label"),
    ...usesIn(rules, ["tracks"], tracks, "label"),
    { config: rules, path: ["outcomes", "effect", "label"], value: outcomes.effect.label },
    { config: rules, path: ["outcomes", "noEffect", "label"], value: outcomes.noEffect.label },
    ...usesUnder(rules, ["labels"], labels),
    ...usesIn(municipality, ["bodies"], municipality.value.bodies, "label"),
  ]);
}

type Options = Readonly<{ what: string; uses: readonly Use[] }>;

/** The options of each select property, property by property. */
function ruleOptions(config: ConfigFile<Rules>): readonly Options[] {
  const { phases, tracks, states, outcomes, effectStatus, gates, closing, decisionStatus, decisionOutcome, fields } =
    config.value;
  const box = { config, path: ["closing", "box"], value: closing.box };
  const outcomeNames = Object.entries(outcomes).map(([key, { name }]) => {
    return { config, path: ["outcomes", key, "name"], value: name };
  });
  return [
    { what: "phase name", uses: usesIn(config, ["phases"], phases, "name") },
    { what: "state", uses: usesUnder(config, ["states"], states) },
    { what: "track name", uses: usesIn(config, ["tracks"], tracks, "name") },
    { what: "outcome", uses: outcomeNames },
    { what: "effect status", uses: usesUnder(config, ["effectStatus"], effectStatus) },
    { what: "box of a gate", uses: [...usesIn(config, ["gates"], gates, "box"), box] },
    { what: "decision status", uses: usesUnder(config, ["decisionStatus"], decisionStatus) },
    { what: "outcome of a decision", uses: usesIn(config, ["decisionOutcome"], decisionOutcome, "name") },
    ...fields.map(({ options }, index) => {
      return { what: "option", uses: listUses(config, ["fields", index, "options"], options ?? []) };
    }),
    { what: "option", uses: [{ config, path: ["confidential"], value: config.value.confidential }] },
  ];
}

function checkOptions({ what, uses }: Options): readonly Problem[] {
  const withComma = uses.filter(({ value }) => value.includes(","));
  return [
    ...repeated(what, uses),
    ...withComma.map(({ config, path, value }) => {
      return config.problem(
        path,
        `"${value}", with a comma`,
        "needs a name without commas: Notion refuses them in an option",
      );
    }),
  ];
}

function propertyUses(config: ConfigFile, group: Path, properties: Rules["card"] | Rules["decision"]): readonly Use[] {
  return Object.entries(properties).map(([key, { name }]) => ({ config, path: [...group, key, "name"], value: name }));
}

function listUses(config: ConfigFile, list: Path, values: readonly string[]): readonly Use[] {
  return values.map((value, index) => ({ config, path: [...list, index], value }));
}
