// SPDX-License-Identifier: EUPL-1.2
/** What `npm run mutants` breaks is still there to be broken. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { broken, mutants } from "../../mutants/mutants.ts";
import { editsOf, wireMutants } from "../../mutants/wire.ts";

const all = Object.entries(mutants).flatMap(([file, them]) => them.map((mutant) => [file, mutant[0], mutant] as const));

it.each(all)("%s: %s", (file, _breaks, mutant) => {
  const whole = readFileSync(`src/core/${file}`, "utf8");
  expect(broken(whole, mutant)).not.toBe(whole);
});

const wire = wireMutants.flatMap((it) => editsOf(it).map(({ file, mutant }) => [file, mutant[0], mutant] as const));

it.each(wire)("on the wire, %s: %s", (file, _breaks, mutant) => {
  const whole = readFileSync(`src/${file}`, "utf8");
  expect(broken(whole, mutant)).not.toBe(whole);
});
