// SPDX-License-Identifier: EUPL-1.2
/** The tracker's labels as setup makes them. */
import { expect, it } from "vitest";
import { missingLabels, wantedLabels } from "../../../src/core/labels.ts";
import { inLanguage } from "../../../src/core/messages.ts";
import { model } from "./fixtures.ts";

const wanted = wantedLabels(model);

it("there is one for each phase, track, body, outcome and word of the rules, in that order", () => {
  const { rules, municipality } = model;
  expect(wanted.map(({ name }) => name)).toEqual([
    ...rules.phases.map(({ label }) => label),
    ...rules.tracks.map(({ label }) => label),
    ...municipality.bodies.map(({ label }) => label),
    ...Object.values(rules.outcomes).map(({ label }) => label),
    ...Object.values(rules.labels),
  ]);
});

it("each says what it means, within what GitHub takes, in the language of the rules", () => {
  for (const { color, description } of wanted) {
    expect(color).toMatch(/^[0-9a-f]{6}$/u);
    expect(description).not.toBe("");
    expect([...description].length).toBeLessThanOrEqual(100);
  }
  const meaning = (of: typeof wanted) => of.find(({ name }) => name === "innovation")?.description;
  expect(meaning(wanted)).toBe("Gør opgaven til en idé på innovationstavlen");
  expect(meaning(wantedLabels(inLanguage(model, "en")))).toBe("Makes the issue an idea on the innovation board");
});

it("one that is there in other letters is the same one", () => {
  const names = wanted.map(({ name }) => name);
  expect(missingLabels(wanted, [...names.slice(1).map((it) => it.toUpperCase()), "bug"])).toEqual([wanted[0]]);
});
