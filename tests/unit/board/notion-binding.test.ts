// SPDX-License-Identifier: EUPL-1.2
/** The board's properties and options are found by name once, and by id from then on. */
import type { DataSourceObjectResponse } from "@notionhq/client";
import { describe, expect, it } from "vitest";
import { bindSource, refuseProblems } from "../../../src/board/notion/binding.ts";
import { wantedOfCards, wantedOfDecisions } from "../../../src/board/notion/wanted.ts";
import { Permanent } from "../../../src/core/errors.ts";
import { binding, decisions, ids, model, projects } from "./notion-shapes.ts";

const bind = (source: DataSourceObjectResponse, remembered: typeof binding.projects | null) =>
  bindSource("projects", source, wantedOfCards(model), remembered);

type Options = { id: string; name: string; color: string }[];

function optionsOf(source: DataSourceObjectResponse, name: string): Options {
  const property = source.properties[name];
  if (property?.type !== "select") throw new Error(`no select ${name}`);
  return property.select.options as Options;
}

function renamed(source: DataSourceObjectResponse, from: string, to: string): DataSourceObjectResponse {
  const { [from]: property, ...rest } = source.properties;
  if (!property) throw new Error(`no property ${from}`);
  return { ...source, properties: { ...rest, [to]: { ...property, name: to } } };
}

describe("the first start", () => {
  it("finds everything by name and has nothing to tell", () => {
    const { source, differences, problems } = bind(projects(), null);
    expect({ differences, problems }).toEqual({ differences: [], problems: [] });
    expect(Object.keys(source.properties)).toHaveLength(wantedOfCards(model).length);
  });

  it("names everything that is missing at once, and what to do", () => {
    const source = projects();
    delete source.properties.Spor;
    delete source.properties.Læring; // people's own, but the closing requires it
    optionsOf(source, "Fase").splice(2, 1);
    const status = { ...source.properties.Tilstand, type: "status", status: { options: [] } };
    source.properties.Tilstand = status as unknown as DataSourceObjectResponse["properties"][string];
    const { problems } = bind(source, null);
    const refused = (() => {
      try {
        return refuseProblems(problems);
      } catch (error) {
        return error;
      }
    })();
    expect(refused).toBeInstanceOf(Permanent);
    const { message } = refused as Permanent;
    expect(message).toContain(`«Innovationsprojekter»: property "Spor" (select) is missing`);
    expect(message).toContain(`property "Læring" (rich_text) is missing`);
    expect(message).toContain(`property "Fase" lacks the option "3. Test"`);
    expect(message).toContain(`property "Tilstand" is a status and must be a select`);
    expect(message).toContain("npm run setup");
    expect(message.match(/^- /gm)).toHaveLength(4);
  });

  it("can do without what no rule needs, and tells it at every look", () => {
    const source = projects();
    delete source.properties.Prioritet;
    const first = bind(source, null);
    expect(first.problems).toEqual([]);
    expect(first.differences).toMatchObject([{ kind: "missing", property: "Prioritet", found: null, hinders: false }]);
    expect(bind(source, first.source).differences).toEqual(first.differences);
  });

  it.each(["Inhabile", "Mødedato", "Beslutning", "Godkendt"])(
    "I2: does not run without %s, which can make a tick not count",
    (name) => {
      const source = decisions();
      delete source.properties[name];
      const { problems } = bindSource("decisions", source, wantedOfDecisions(model), null);
      expect(problems).toEqual([expect.stringContaining(`"${name}"`)]);
    },
  );
});

describe("a later start", () => {
  it("survives JSON: the ledger keeps it", () => {
    expect(JSON.parse(JSON.stringify(binding))).toEqual(binding);
  });

  it("follows a renamed property and option by id, and tells it as long as the rules say otherwise", () => {
    const source = renamed(projects(), "Fase", "Trin");
    const [first] = optionsOf(source, "Trin");
    if (first) first.name = "1. Undersøg";
    const { source: bound, differences, problems } = bind(source, binding.projects);
    expect(problems).toEqual([]);
    const about = { source: "projects", title: "Innovationsprojekter", property: "Fase", hinders: false };
    expect(differences).toEqual([
      { kind: "renamed", ...about, option: null, expected: ["Fase"], found: "Trin" },
      { kind: "renamed", ...about, option: "1. Udforsk", expected: ["1. Udforsk"], found: "1. Undersøg" },
    ]);
    expect(bound.properties.phase?.id).toBe(binding.projects.properties.phase?.id);
    expect(bind(source, bound).differences).toEqual(differences);
  });

  it("does not take by name what it knows by id as something else", () => {
    const source = projects();
    const phases = optionsOf(source, "Fase");
    const [test] = phases.splice(2, 1);
    const implement = phases[2];
    if (implement) implement.name = test?.name ?? "";
    const { source: bound, differences } = bind(source, binding.projects);
    expect(bound.properties.phase?.options.test).toBeUndefined();
    expect(bound.properties.phase?.options.implementer?.id).toBe(implement?.id);
    expect(differences.map(({ kind, option }) => [kind, option])).toEqual([
      ["missing", "3. Test"],
      ["renamed", "4. Implementer"],
    ]);
  });

  it.each([
    ["Fase", "a sixth column"],
    ["Spor", "a fourth track"],
    ["Tilstand", "a fifth state"],
  ])("an option of the guarded «%s» that the rules do not have is told: %s", (property, name) => {
    const source = projects();
    optionsOf(source, property).push({ id: "sixth", name, color: "default" });
    expect(bind(source, binding.projects).differences).toMatchObject([{ kind: "unknown", property, found: name }]);
    expect(bind(source, null).differences).toMatchObject([{ kind: "unknown", property, found: name }]);
  });

  it("people's own options are their own", () => {
    const source = projects();
    optionsOf(source, "Prioritet").push({ id: "any", name: "Høj", color: "default" });
    expect(bind(source, binding.projects).differences).toEqual([]);
  });

  it("stays with the id when the old name is given to something else", () => {
    const source = renamed(projects(), "Prioritet", "Vigtighed");
    const old = source.properties.Vigtighed;
    if (!old) throw new Error("not renamed");
    source.properties.Prioritet = { ...old, id: "new", name: "Prioritet" };
    expect(bind(source, binding.projects).source.properties.Prioritet?.id).toBe(old.id);
  });

  it("finds what was deleted and made anew by its name", () => {
    const source = projects();
    const third = optionsOf(source, "Fase")[2];
    if (third) third.id = "made-anew";
    const { source: bound, differences } = bind(source, binding.projects);
    expect(bound.properties.phase?.options.test?.id).toBe("made-anew");
    expect(bind(source, bound).differences).toEqual([]);
    expect(differences).toMatchObject([{ kind: "replaced", property: "Fase", option: "3. Test" }]);
  });

  it("knows an id in either spelling", () => {
    const source = projects();
    for (const property of Object.values(source.properties)) property.id = decodeURIComponent(property.id);
    expect(bind(source, binding.projects)).toMatchObject({ differences: [], problems: [] });
  });

  it("tells a type that changed", () => {
    const source = projects();
    const numbers = { ...source.properties.Prioritet, type: "number", number: { format: "number" } };
    source.properties.Prioritet = numbers as unknown as DataSourceObjectResponse["properties"][string];
    const { differences, source: bound } = bind(source, binding.projects);
    expect(differences).toMatchObject([
      { kind: "mistyped", property: "Prioritet", expected: ["select"], found: "number" },
    ]);
    expect(bound.properties.Prioritet).toBeUndefined();
  });

  it("forgets the ids of another data source", () => {
    const source = { ...projects(), id: ids.other };
    const phase = source.properties.Fase;
    if (phase) phase.id = "elsewhere";
    expect(bind(source, binding.projects)).toMatchObject({ differences: [], problems: [] });
  });
});
