// SPDX-License-Identifier: EUPL-1.2
/** The gates must form one chain: from the idea bank to the first phase, and from each phase to the next, once each, in order. */
import type { ConfigFile } from "./config-file.ts";
import { STOP } from "./model.ts";
import { amongKnown } from "./nearest.ts";
import type { Problem } from "./problems.ts";
import type { Rules } from "./rules.ts";

/** What `from` says in the rules for the gate that starts a project. */
export const IDEA = "idea";

type Gate = Rules["gates"][number];
type Step = Readonly<{ from: string; to: string }>;

export function checkGateChain(config: ConfigFile<Rules>): readonly Problem[] {
  const places = [IDEA, ...config.value.phases.map(({ key }) => key)];
  const reserved = [...reservedPhases(config), ...reservedGates(config)];
  const unknown = unknownPhases(config, places);
  if (unknown.length > 0) return [...reserved, ...unknown];
  const wrong = config.value.gates.flatMap((gate, index) => wrongStep(config, gate, index, places));
  const astray = [...wrong, ...doubled(config), ...missing(config, places)];
  return [...reserved, ...(astray.length > 0 ? astray : outOfOrder(config, places))];
}

function reservedPhases(config: ConfigFile<Rules>): readonly Problem[] {
  return config.value.phases.flatMap(({ key }, index) => {
    if (key !== IDEA) return [];
    return [config.problem(["phases", index, "key"], `"${IDEA}"`, "needs another key: this one means the idea bank")];
  });
}

function reservedGates(config: ConfigFile<Rules>): readonly Problem[] {
  return config.value.gates.flatMap(({ id }, index) => {
    if (id !== STOP) return [];
    return [
      config.problem(
        ["gates", index, "id"],
        `"${STOP}"`,
        "needs another id: this one means the decision to stop a project",
      ),
    ];
  });
}

function unknownPhases(config: ConfigFile<Rules>, places: readonly string[]): readonly Problem[] {
  return config.value.gates.flatMap((gate, index) =>
    (["from", "to"] as const).flatMap((end) => {
      const known = end === "from" ? places : places.slice(1);
      const phase = gate[end];
      if (known.includes(phase)) return [];
      return [config.problem(["gates", index, end], `"${phase}", which is no phase`, amongKnown(phase, known))];
    }),
  );
}

function wrongStep(
  config: ConfigFile<Rules>,
  gate: Gate,
  index: number,
  places: readonly string[],
): readonly Problem[] {
  const [from, to] = [places.indexOf(gate.from), places.indexOf(gate.to)];
  if (to === from + 1) return [];
  const skipped = places.slice(from + 1, to).join(" and ");
  const why = to > from ? `which skips ${skipped}` : "which does not lead forward";
  return [
    config.problem(
      ["gates", index, "to"],
      `a gate ${text(gate)}, ${why}`,
      `needs ${places[from + 1] ?? "no gate here"}`,
    ),
  ];
}

function doubled(config: ConfigFile<Rules>): readonly Problem[] {
  const { gates } = config.value;
  return gates.flatMap((gate, index) => {
    const first = gates.findIndex((it) => text(it) === text(gate));
    if (first === index) return [];
    const found = `a second gate ${text(gate)}, beside ${gates[first]?.id ?? ""}`;
    return [config.problem(["gates", index], found, "needs one gate between two phases")];
  });
}

function missing(config: ConfigFile<Rules>, places: readonly string[]): readonly Problem[] {
  const there = config.value.gates.map(text);
  return chainOf(places)
    .filter((step) => !there.includes(text(step)))
    .map((step) => config.problem(["gates"], `no gate ${text(step)}`, "needs a gate between any two phases", "key"));
}

function outOfOrder(config: ConfigFile<Rules>, places: readonly string[]): readonly Problem[] {
  const { gates } = config.value;
  const wanted = chainOf(places).map((step) => gates.find((gate) => text(gate) === text(step))?.id);
  const astray = gates.findIndex((gate, index) => gate.id !== wanted[index]);
  if (astray === -1) return [];
  return [
    config.problem(["gates", astray], `${gates[astray]?.id} out of order`, `needs this order: ${wanted.join(", ")}`),
  ];
}

function chainOf(places: readonly string[]): readonly Step[] {
  return places.slice(1).map((to, index) => ({ from: places[index] ?? IDEA, to }));
}

function text({ from, to }: Step): string {
  return `from ${from} to ${to}`;
}
