// SPDX-License-Identifier: EUPL-1.2
/** A requirement must ask about a field that people edit, with a test that fits the field, for a value the field can hold. */
import type { ConfigFile, Path } from "./config-file.ts";
import { amongKnown } from "./nearest.ts";
import type { Problem } from "./problems.ts";
import type { PropertyType, Requirement, Rules } from "./rules.ts";

type Test = Exclude<keyof Requirement, "field" | "otherwise">;
/** A field as a requirement may ask about it; `options` where the rules declare every option. */
type Field = Readonly<{ name: string; type: PropertyType; options: readonly string[] | null }>;

const testsFor: Readonly<Record<PropertyType, readonly Test[]>> = {
  title: ["filled", "endsWith", "minLength", "equals", "not"],
  rich_text: ["filled", "endsWith", "minLength", "equals", "not"],
  url: ["filled", "endsWith"],
  select: ["filled", "equals", "not"],
  multi_select: ["filled", "includesAny", "countAtLeast"],
  people: ["filled", "countAtLeast"],
  number: ["filled", "atLeast"],
  checkbox: ["filled", "equals"],
  date: ["filled"],
  relation: ["filled", "countAtLeast"],
  unique_id: ["filled"],
};

/** Every requirement of the rules: of gates, of closing, the conditions for a further body, and the fields that may wait. */
export function checkRequirements(config: ConfigFile<Rules>): readonly Problem[] {
  const fields = fieldsOf(config.value);
  const problems = placedRequirements(config.value).flatMap(({ path, requirement }) => {
    const field = fields.find(({ name }) => name === requirement.field);
    if (!field) return [unknownField(config, [...path, "field"], requirement.field, fields)];
    return testsOf(requirement).flatMap((test) => checkTest(config, path, requirement, field, test));
  });
  return [...problems, ...checkWaiting(config, fields)];
}

/** The fields that a phase leaves to a later one. */
function checkWaiting(config: ConfigFile<Rules>, fields: readonly Field[]): readonly Problem[] {
  return config.value.phases.flatMap(({ notYet = [] }, phase) =>
    notYet.flatMap((name, index) =>
      fields.some((field) => field.name === name)
        ? []
        : [unknownField(config, ["phases", phase, "notYet", index], name, fields)],
    ),
  );
}

type Placed = Readonly<{ path: Path; requirement: Requirement }>;

function placedRequirements({ gates, closing }: Rules): readonly Placed[] {
  const under = (path: Path, list: readonly Requirement[] = []): readonly Placed[] =>
    list.map((requirement, index) => ({ path: [...path, index], requirement }));
  const ofGates = gates.flatMap((gate, index): readonly Placed[] => [
    ...under(["gates", index, "requires"], gate.requires),
    ...under(["gates", index, "advises"], gate.advises),
    ...(gate.alsoDecidedBy ?? []).map(({ when }, also) => {
      return { path: ["gates", index, "alsoDecidedBy", also, "when"], requirement: when };
    }),
  ]);
  const last = under(["closing", "fromLastPhase", "requires"], closing.fromLastPhase?.requires);
  return [...ofGates, ...under(["closing", "requires"], closing.requires), ...last];
}

function fieldsOf({ card, fields, phases, tracks, states, outcomes, effectStatus }: Rules): readonly Field[] {
  const options: Readonly<Partial<Record<keyof Rules["card"], readonly string[]>>> = {
    phase: phases.map(({ name }) => name),
    track: tracks.map(({ name }) => name),
    state: Object.values(states),
    outcome: Object.values(outcomes).map(({ name }) => name),
    effectStatus: Object.values(effectStatus),
  };
  const keyed = Object.entries(options);
  const ofCard = Object.entries(card).flatMap(([key, { name, type, owner }]): readonly Field[] => {
    if (owner === "service") return [];
    return [{ name, type, options: keyed.find(([it]) => it === key)?.[1] ?? null }];
  });
  return [...ofCard, ...fields.map(({ name, type, options }) => ({ name, type, options: options ?? null }))];
}

function unknownField(config: ConfigFile<Rules>, path: Path, field: string, fields: readonly Field[]): Problem {
  const served = Object.values(config.value.card).some(({ name, owner }) => owner === "service" && name === field);
  const why = served ? "which the service writes itself" : "which is no field of the card";
  const known = fields.map(({ name }) => name);
  return config.problem(path, `"${field}", ${why}`, amongKnown(field, known));
}

function testsOf(requirement: Requirement): readonly Test[] {
  const tests = Object.values(testsFor).flat();
  return [...new Set(tests)].filter((test) => requirement[test] !== undefined);
}

function checkTest(
  config: ConfigFile,
  path: Path,
  requirement: Requirement,
  field: Field,
  test: Test,
): readonly Problem[] {
  const { name, type } = field;
  const at: Path = [...path, test];
  if (!testsFor[type].includes(test)) {
    return [
      config.problem(
        at,
        `a test that does not fit "${name}" (${type})`,
        `needs one of: ${testsFor[type].join(", ")}`,
        "key",
      ),
    ];
  }
  if (test === "equals" && (typeof requirement.equals === "boolean") !== (type === "checkbox")) {
    const needed = type === "checkbox" ? "needs true or false" : "needs text in quotes";
    return [config.problem(at, `${JSON.stringify(requirement.equals)} for "${name}" (${type})`, needed)];
  }
  return unknownOptions(config, at, requirement[test], field);
}

function unknownOptions(config: ConfigFile, at: Path, wanted: unknown, { name, options }: Field): readonly Problem[] {
  if (options === null) return [];
  const values = Array.isArray(wanted) ? wanted : [wanted];
  return values.flatMap((value, index) => {
    if (typeof value !== "string" || options.includes(value)) return [];
    const place = Array.isArray(wanted) ? [...at, index] : at;
    return [config.problem(place, `"${value}", which is no option of "${name}"`, amongKnown(value, options))];
  });
}
