// SPDX-License-Identifier: EUPL-1.2
/** DOMAIN 9: every text can be said in both languages, in the municipality's tone. */
import { describe, expect, it } from "vitest";
import { bodyNames, list, longDate, message, phaseName, placeName, render } from "../../../src/core/messages.ts";
import { type Message, messageIds, placeholders } from "../../../src/model/messages.ts";
import type { Model } from "../../../src/model/model.ts";
import { COUNCIL, ELDERLY, model, UDI } from "./fixtures.ts";

const english: Model = { ...model, rules: { ...model.rules, language: "en" } };
const models = { da: model, en: english } as const;

function filled(id: keyof typeof placeholders): Message {
  const params = Object.fromEntries(placeholders[id].map((name) => [name, `‹${name}›`]));
  return { id, params } as Message;
}

describe.each(["da", "en"] as const)("in %s", (language) => {
  it.each(messageIds)("%s says everything it is given, and leaves no placeholder", (id) => {
    const text = render(models[language], filled(id));
    expect(text).not.toMatch(/[{}]/u);
    for (const name of placeholders[id]) expect(text).toContain(`‹${name}›`);
  });
});

/** A19 asks the reader to write if the committee was rightly taken off; it says nothing of the reader. */
const excused: readonly string[] = ["A19"];

it("no text speaks of failure or guilt (DOMAIN 9)", () => {
  const harsh = /afvist|fejl|ulovlig|mislykke|forbud|skyld\b/iu;
  const found = messageIds.filter((id) => harsh.test(model.texts[id].da.replaceAll(/\{\w+\}/gu, "")));
  expect(found.filter((id) => !excused.includes(id))).toEqual([]);
});

it("values are said as they are: neither a placeholder nor a pattern in them is filled in", () => {
  const said = message("A02", { fra: "{naeste} $& $1", naeste: "Test" });
  expect(render(model, said)).toContain("flyttet tilbage til {naeste} $& $1. Et projekt");
});

describe("names, lists and dates", () => {
  it("«a, b og c»", () => {
    const lists = [[], ["a"], ["a", "b"], ["a", "b", "c"]];
    expect(lists.map((items) => list(model, items))).toEqual(["", "a", "a og b", "a, b og c"]);
    expect(list(english, ["a", "b", "c"])).toBe("a, b and c");
  });

  it("«14. oktober 2026»", () => {
    expect(longDate(model, "2026-10-14")).toBe("14. oktober 2026");
    expect(longDate(english, "2026-10-14")).toBe("14 October 2026");
    expect(longDate(model, "2027-01-01")).toBe("1. januar 2027");
  });

  it("bodies by name", () => {
    expect(bodyNames(model, [UDI, ELDERLY, COUNCIL])).toBe("Digitalisering og Innovation, Ældre og Sundhed og Byråd");
  });

  it("a place is its phase, or its state where that says more", () => {
    expect(phaseName(model, null)).toBe("Idébank");
    expect(placeName(model, { state: "idea", phase: null })).toBe("Idébank");
    expect(placeName(model, { state: "active", phase: "nytaenk" })).toBe("Nytænk");
    expect(placeName(model, { state: "parked", phase: "nytaenk" })).toBe("Nytænk");
    expect(placeName(model, { state: "closed", phase: "nytaenk" })).toBe("Afsluttet");
  });
});
