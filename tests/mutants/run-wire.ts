// SPDX-License-Identifier: EUPL-1.2
/** Breaks one rule at a time on the real wire, and lives small houses until the simulation notices. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { liveApart } from "../simulation/apart.ts";
import type { Wish } from "../simulation/houses.ts";
import { broken } from "./mutants.ts";
import { editsOf, type WireMutant, wireMutants } from "./wire.ts";

/** Enough for a rule to be met, if it ever is. */
const HOUSES = 4;
const CARDS = 12;
const ACTS = 60;

type Caught = Readonly<{ house: Wish; problems: readonly string[] }>;

/** Breaks those whose invariant or words hold one of the parts; every one, if there is none. Ends with 1 when one goes unnoticed. */
export async function runWire(folder: string, parts: readonly string[]): Promise<number> {
  const asked = wireMutants.filter(
    ({ invariant, breaks }) => parts.length === 0 || parts.some((part) => `${invariant} ${breaks}`.includes(part)),
  );
  let unnoticed = 0;
  console.log("| | broken | house | noticed by |\n|---|---|---|---|");
  for (const mutant of asked) {
    const caught = await breakAndLive(folder, mutant);
    if (!caught) unnoticed += 1;
    console.log(rowOf(mutant, caught));
  }
  console.log(`\n${asked.length} rules broken on the wire, ${unnoticed} unnoticed`);
  return unnoticed === 0 ? 0 : 1;
}

async function breakAndLive(folder: string, mutant: WireMutant): Promise<Caught | null> {
  const edits = editsOf(mutant).map(({ file, mutant: edit }) => {
    const path = join(folder, "src", file);
    const whole = readFileSync(path, "utf8");
    writeFileSync(path, broken(whole, edit));
    return { path, whole };
  });
  try {
    for (let number = 1; number <= HOUSES; number += 1) {
      const { kind } = mutant;
      const house: Wish = { kind, seed: `broken-${number}`, cards: CARDS, acts: ACTS };
      const problems = await liveApart(house, undefined, folder).then(
        (lived) => lived.problems,
        (error: Error) => [error.message],
      );
      if (problems.length > 0) return { house, problems };
    }
    return null;
  } finally {
    for (const { path, whole } of edits) writeFileSync(path, whole);
  }
}

function rowOf({ invariant, breaks, kind }: WireMutant, caught: Caught | null): string {
  if (!caught) return `| ${invariant} | ${breaks} | ${kind} | **nobody** |`;
  const words = [...new Set(caught.problems.map(general))];
  const more = words.length > 2 ? `, and ${words.length - 2} more` : "";
  return `| ${invariant} | ${breaks} | ${kind} | ${words.slice(0, 2).join("; ")}${more} |`;
}

/** What a problem says, without saying of which card, when, and what stood there. */
function general(problem: string): string {
  return problem
    .replaceAll(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}: /gu, "")
    .replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gu, "…")
    .replaceAll(/ at \d{4}-\d\d-\d\dT[\d:.]+Z/gu, "")
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/gu, "…")
    .replaceAll(/«[^»]*»/gu, "«…»")
    .replaceAll(/issue \d+/gu, "issue …")
    .replaceAll(/\d+ began while \d+/gu, "… began while …")
    .replaceAll(/ref\. \S+/gu, "ref. …")
    .replaceAll(/\(G\d [\w-]+\)/gu, "(…)")
    .split("\n")[0]
    ?.slice(0, 110)
    .replaceAll("|", "\\|") as string;
}
