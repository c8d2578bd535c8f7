// SPDX-License-Identifier: EUPL-1.2
/** What setup would make in a data source: only what is missing, never anything that takes away, renames or retypes. */
import type { DataSourceObjectResponse } from "@notionhq/client";
import { describe, expect, it } from "vitest";
import { configurationOf, lostOptions, planSource, withOptions } from "../../../src/board/notion/plan-source.ts";
import { wantedOfCards, wantedOfDecisions } from "../../../src/board/notion/wanted.ts";
import { decisions, model, projects } from "./notion-shapes.ts";

const cards = wantedOfCards(model);
type Properties = DataSourceObjectResponse["properties"];

/** The board with one property otherwise: null deletes it, a name renames it. */
function boardWith(name: string, change: null | string | Partial<Properties[string]>): DataSourceObjectResponse {
  const found = projects();
  const schema = found.properties[name];
  if (!schema) throw new Error(`no ${name}`);
  const { [name]: _, ...rest } = found.properties;
  if (change === null) return { ...found, properties: rest };
  const changed = (
    typeof change === "string" ? { ...schema, name: change } : { ...schema, ...change }
  ) as Properties[string];
  return { ...found, properties: { ...rest, [changed.name]: changed } };
}

describe("a data source", () => {
  it("that is not there is made whole, in the order of the rules", () => {
    const plan = planSource(cards, null);
    expect(plan.create).toEqual(cards);
    expect([plan.options, plan.byHand]).toEqual([[], []]);
  });

  it.each([
    ["the cards", cards, projects()],
    ["the decisions", wantedOfDecisions(model), decisions()],
  ] as const)("that has everything needs nothing: %s", (_, wanted, found) => {
    expect(planSource(wanted, found)).toEqual({ create: [], options: [], byHand: [] });
  });

  it("that lacks a property gets it, and keeps one that is called otherwise", () => {
    const plan = planSource(cards, boardWith("Læring", "Erfaring"));
    expect(plan.create.map(({ name }) => name)).toEqual(["Læring"]);
    expect([plan.options, plan.byHand]).toEqual([[], []]);
  });

  it("whose title has another name is left to a person", () => {
    expect(planSource(cards, boardWith("Navn", "Name"))).toEqual({
      create: [],
      options: [],
      byHand: [{ what: "rename the title property «Name» to «Navn» in Notion", hinders: true }],
    });
  });

  it.each([
    ["Fase", true],
    ["Målt værdi", false],
  ])("whose %s is of another type is left to a person; it hinders: %s", (name, hinders) => {
    const plan = planSource(cards, boardWith(name, { type: "checkbox", checkbox: {} } as never));
    expect(plan.create).toEqual([]);
    expect(plan.byHand).toEqual([{ what: expect.stringContaining(`«${name}» is of type checkbox`), hinders }]);
  });

  it("that lacks options gets those, and none for a property that is made anew", () => {
    const select = { options: [{ id: "1", name: "1. Udforsk", color: "default", description: null }] };
    expect(planSource(cards, boardWith("Fase", { select } as never)).options).toEqual([
      { property: "Fase", add: ["2. Nytænk", "3. Test", "4. Implementer", "5. Følg op"] },
    ]);
    const anew = planSource(cards, boardWith("Fase", null));
    expect([anew.create.map(({ name }) => name), anew.options]).toEqual([["Fase"], []]);
  });
});

describe("the list of options, which a write replaces", () => {
  const fase = projects().properties.Fase as Properties[string];

  it("keeps every option that is there, by its id and nothing else, and adds the new at the end", () => {
    const write = withOptions(fase, ["2. Nytænk", "6. Ny"]);
    const ids = fase.type === "select" ? fase.select.options.map(({ id }) => ({ id })) : [];
    expect(ids).toHaveLength(5);
    expect(write).toEqual({ select: { options: [...ids, { name: "6. Ny" }] } });
  });

  it("is not written when nothing is to be added, nor for a property that has none", () => {
    expect(withOptions(fase, ["2. Nytænk"])).toBeNull();
    expect(withOptions(projects().properties.Navn as Properties[string], ["x"])).toBeNull();
  });

  it("tells what somebody else's edit has cost", () => {
    const after = boardWith("Fase", { select: { options: [] } } as never).properties.Fase;
    expect(lostOptions(fase, fase)).toEqual([]);
    expect(lostOptions(fase, after)).toHaveLength(5);
    expect(lostOptions(fase, undefined)).toHaveLength(5);
  });
});

it("a property is made with its options in order, and a number with its prefix", () => {
  const wanted = (name: string) => cards.find((it) => it.name === name) as (typeof cards)[number];
  expect(configurationOf(wanted("Fase"), "INNO")).toEqual({
    select: { options: model.rules.phases.map(({ name }) => ({ name })) },
  });
  expect(configurationOf(wanted("Projekt-id"), "INNO")).toEqual({ unique_id: { prefix: "INNO" } });
  expect(() => configurationOf(wanted("Beslutninger"), "INNO")).toThrow(TypeError);
});
