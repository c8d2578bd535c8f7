// SPDX-License-Identifier: EUPL-1.2
/** The methods of `config/method-catalogue.json`: by phase name there, by phase key in the model. */
import { z } from "zod";
import type { ConfigFile, Outcome } from "./config-file.ts";
import type { Model } from "./model.ts";
import { amongKnown } from "./nearest.ts";
import type { Rules } from "./rules.ts";
import { checkShape } from "./shape.ts";

const text = z.string().trim().min(1);
const methodsSchema = z.record(
  z.string(),
  z.array(z.strictObject({ navn: text, hvad: text, tid: text, type: text })).min(1),
);

/** Every phase must have methods, and every group of methods a phase. */
export function readMethods(config: ConfigFile, phases: Rules["phases"]): Outcome<Model["methods"]> {
  const shape = checkShape(config, methodsSchema);
  if (!shape.value) return { value: null, problems: shape.problems };
  const catalogue = shape.value.value;
  const names = phases.map(({ name }) => name);
  const problems = [
    ...Object.keys(catalogue)
      .filter((name) => !names.includes(name))
      .map((name) => config.problem([name], `"${name}", which is no phase's name`, amongKnown(name, names), "key")),
    ...names
      .filter((name) => !(name in catalogue))
      .map((name) =>
        config.problem([], `no methods for the phase "${name}"`, "needs a list of methods for every phase"),
      ),
  ];
  const byKey = Object.fromEntries(phases.map(({ key, name }) => [key, catalogue[name] ?? []]));
  return { value: problems.length === 0 ? byKey : null, problems };
}
