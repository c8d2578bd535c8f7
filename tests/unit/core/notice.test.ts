// SPDX-License-Identifier: EUPL-1.2
/** What an administrator is told of a board that is not what the rules say, in both languages. */
import { expect, it } from "vitest";
import { inLanguage, render } from "../../../src/core/messages.ts";
import { type DifferenceFound, differenceNotices, unknownPhaseId } from "../../../src/core/notice.ts";
import { model } from "./fixtures.ts";

const about = { source: "projects", title: "Innovationsprojekter", hinders: false };
const differences = {
  "a field renamed": { kind: "renamed", property: "Fase", option: null, expected: ["Fase"], found: "Trin" },
  "an option renamed": { kind: "renamed", property: "Fase", option: "3. Test", expected: ["3. Test"], found: "Prøv" },
  "a field missing": { kind: "missing", property: "Læring", option: null, expected: ["Læring"], found: null },
  "an option missing": { kind: "missing", property: "Fase", option: "3. Test", expected: ["3. Test"], found: null },
  retyped: { kind: "mistyped", property: "Læring", option: null, expected: ["rich_text"], found: "number" },
  misdirected: {
    kind: "misdirected",
    property: "Projekt",
    option: null,
    expected: ["Innovationsprojekter"],
    found: null,
  },
  "a sixth column": { kind: "unknown", property: "Fase", option: "6", expected: ["1", "2"], found: "6" },
  "a field made anew": { kind: "replaced", property: "Fase", option: null, expected: ["Fase"], found: "Fase" },
} as const satisfies Record<string, Omit<DifferenceFound, "source" | "title" | "hinders">>;

const said = (language: "da" | "en") =>
  Object.entries(differences).map(([what, difference]) => {
    const spoken = inLanguage(model, language);
    const [notice] = differenceNotices(spoken, [{ ...about, ...difference }]);
    return `${what}: ${notice ? render(spoken, notice.said) : ""}`;
  });

it("each kind of difference has its words", () => {
  expect(said("da").join("\n")).toMatchInlineSnapshot(`
    "a field renamed: Felter eller valgmuligheder i »Innovationsprojekter« er ændret: feltet »Fase« hedder nu »Trin«. Reglerne bruger »Fase«. Ret dem tilbage, eller ret reglerne.
    an option renamed: Felter eller valgmuligheder i »Innovationsprojekter« er ændret: valgmuligheden »3. Test« i »Fase« hedder nu »Prøv«. Reglerne bruger »3. Test«. Ret dem tilbage, eller ret reglerne.
    a field missing: Felter eller valgmuligheder i »Innovationsprojekter« er ændret: feltet »Læring« findes ikke. Reglerne bruger »Læring«. Ret dem tilbage, eller ret reglerne.
    an option missing: Felter eller valgmuligheder i »Innovationsprojekter« er ændret: valgmuligheden »3. Test« i »Fase« findes ikke. Reglerne bruger »3. Test«. Ret dem tilbage, eller ret reglerne.
    retyped: Felter eller valgmuligheder i »Innovationsprojekter« er ændret: feltet »Læring« har fået typen number. Reglerne bruger typen rich_text. Ret dem tilbage, eller ret reglerne.
    misdirected: Felter eller valgmuligheder i »Innovationsprojekter« er ændret: feltet »Projekt« peger på en anden database. Reglerne bruger »Innovationsprojekter«. Ret dem tilbage, eller ret reglerne.
    a sixth column: Felter eller valgmuligheder i »Innovationsprojekter« er ændret: »Fase« har fået valgmuligheden »6«, som reglerne ikke kender. Reglerne bruger »1« og »2«. Ret dem tilbage, eller ret reglerne.
    a field made anew: Felter eller valgmuligheder i »Innovationsprojekter« er ændret: feltet »Fase« er slettet og lavet forfra, så det, der stod i det, er væk. Reglerne bruger »Fase«. Ret dem tilbage, eller ret reglerne."
  `);
  expect(said("en").join("\n")).toMatchInlineSnapshot(`
    "a field renamed: Properties or options in "Innovationsprojekter" were changed: the property "Fase" is now called "Trin". The rules use "Fase". Change them back, or change the rules.
    an option renamed: Properties or options in "Innovationsprojekter" were changed: the option "3. Test" of "Fase" is now called "Prøv". The rules use "3. Test". Change them back, or change the rules.
    a field missing: Properties or options in "Innovationsprojekter" were changed: the property "Læring" is not there. The rules use "Læring". Change them back, or change the rules.
    an option missing: Properties or options in "Innovationsprojekter" were changed: the option "3. Test" of "Fase" is not there. The rules use "3. Test". Change them back, or change the rules.
    retyped: Properties or options in "Innovationsprojekter" were changed: the property "Læring" now has the type number. The rules use the type rich_text. Change them back, or change the rules.
    misdirected: Properties or options in "Innovationsprojekter" were changed: the property "Projekt" points at another database. The rules use "Innovationsprojekter". Change them back, or change the rules.
    a sixth column: Properties or options in "Innovationsprojekter" were changed: "Fase" has an option the rules do not know, "6". The rules use "1" and "2". Change them back, or change the rules.
    a field made anew: Properties or options in "Innovationsprojekter" were changed: the property "Fase" was deleted and made anew, so what stood in it is gone. The rules use "Fase". Change them back, or change the rules."
  `);
});

it("each difference is a notice of its own; only what hinders holds the work", () => {
  const all = Object.values(differences).map((it, index) => ({ ...about, ...it, hinders: index === 2 }));
  const notices = differenceNotices(model, all);
  expect(new Set(notices.map(({ id }) => id)).size).toBe(all.length);
  expect(notices.map(({ holds }) => holds)).toEqual(all.map(({ hinders }) => hinders));
});

it("an option made anew is found again by its name, so nobody is told", () => {
  const option = { kind: "replaced", property: "Fase", option: "3. Test", expected: ["3. Test"], found: "3. Test" };
  expect(differenceNotices(model, [{ ...about, ...option } as DifferenceFound])).toEqual([]);
});

it("a column that the rules do not have is known by its name, from the card as from the fields", () => {
  const column = { kind: "unknown", property: "Fase", option: "6. Færdig", expected: [], found: "6. Færdig" } as const;
  expect(differenceNotices(model, [{ ...about, ...column }])[0]?.id).toBe(unknownPhaseId(model, "6. Færdig"));
});
