// SPDX-License-Identifier: EUPL-1.2
/** What a gate asks of a card's fields, test by test, and how a gap is named. */
import { describe, expect, it } from "vitest";
import type { FieldValue } from "../../../src/core/card.ts";
import { gapList, gapText, isFilled, meets, unmet } from "../../../src/core/requirements.ts";
import type { Requirement } from "../../../src/model/rules.ts";
import { fullFields, model } from "./fixtures.ts";

type Test = Exclude<keyof Requirement, "field" | "otherwise">;

/** Every test a requirement can name: values that meet it, values that do not, and what a person reads. */
const tests: Readonly<
  Record<Test, readonly [Requirement, meets: readonly FieldValue[], not: readonly FieldValue[], text: string]>
> = {
  filled: [{ field: "Mål", filled: true }, ["20", 0, true, ["a"], " x "], ["", "  ", "\n", null, [], false], "Mål"],
  endsWith: [
    { field: "Spørgsmål", endsWith: "?" },
    ["Hvordan?", "Hvordan? ", "?"],
    ["Hvordan", "? nej", "", null, ["?"], 3],
    "Spørgsmål (skal slutte med »?«)",
  ],
  includesAny: [
    { field: "Inddraget", includesAny: ["Borgere", "Andre brugere"] },
    [["Borgere"], ["Politikere", "Andre brugere"]],
    [[], ["Politikere"], null, "Borgere"],
    "Inddraget (mindst én af: Borgere, Andre brugere)",
  ],
  countAtLeast: [
    { field: "Inddraget", countAtLeast: 2 },
    [
      ["a", "b"],
      ["a", "b", "c"],
    ],
    [["a"], [], null, "ab", 2],
    "Inddraget (mindst 2)",
  ],
  atLeast: [{ field: "Testrunder", atLeast: 1 }, [1, 2], [0, null, "1", true], "Testrunder (mindst 1)"],
  equals: [
    { field: "Testkonklusion", equals: "Skaler" },
    ["Skaler"],
    ["Justér", "skaler", "", null, ["Skaler"]],
    "Testkonklusion (skal være »Skaler«)",
  ],
  not: [
    { field: "Effektstatus", not: "Ikke målt" },
    ["Som forventet"],
    ["Ikke målt", "", null],
    "Effektstatus (må ikke være »Ikke målt«)",
  ],
  minLength: [
    { field: "Læring", minLength: 5 },
    ["12345", " 12345 "],
    ["1234", "1234 ", "     ", null, 12345],
    "Læring (mindst 5 tegn)",
  ],
};

describe.each(Object.entries(tests))("%s", (_test, [requirement, met, notMet, text]) => {
  it.each(met.map((value) => [value]))("%j meets it", (value) => expect(meets(requirement, value)).toBe(true));
  it.each(notMet.map((value) => [value]))("%j does not", (value) => expect(meets(requirement, value)).toBe(false));
  it("is named so that a person knows what to fill in", () => expect(gapText(model, requirement)).toBe(text));
});

it("a requirement that asks nothing is never met: a gate is closed rather than open by a slip", () => {
  expect(meets({ field: "Mål" }, "20")).toBe(false);
});

it("a checkbox is asked for with equals", () => {
  expect(meets({ field: "Kræver bevilling", equals: true }, true)).toBe(true);
  expect(meets({ field: "Kræver bevilling", equals: true }, false)).toBe(false);
  expect(meets({ field: "Kræver bevilling", equals: true }, null)).toBe(false);
});

it("filled: a number is, even 0; an unticked box is not", () => {
  expect([0, 1, "a", ["a"], true].map(isFilled)).toEqual([true, true, true, true, true]);
  expect(["", " ", [], false, null].map(isFilled)).toEqual([false, false, false, false, false]);
});

describe("each gate of the model", () => {
  it.each(model.gates.map((gate) => [gate.id, gate] as const))(
    "%s is met by the full card, field by field",
    (_id, gate) => {
      expect(unmet(gate.requires, fullFields)).toEqual([]);
      for (const { field } of gate.requires) {
        expect(unmet(gate.requires, { ...fullFields, [field]: null }).map((it) => it.field)).toEqual([field]);
      }
      expect(unmet(gate.requires, {}).map((it) => it.field)).toEqual(gate.requires.map((it) => it.field));
    },
  );

  it("G0 never asks for a solution, a business case or a budget", () => {
    const asked = model.gates[0]?.requires.map(({ field }) => field);
    expect(asked).toEqual(["Udfordring", "Udvalg", "Ejer"]);
  });
});

it("gaps are listed «a, b og c», and none is «Intet»", () => {
  const gaps = ["A", "B", "C"].map((field) => ({ field, filled: true }) as const);
  expect(gapList(model, gaps)).toBe("A, B og C");
  expect(gapList(model, gaps.slice(0, 1))).toBe("A");
  expect(gapList(model, [])).toBe("Intet");
});
