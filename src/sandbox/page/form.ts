// SPDX-License-Identifier: EUPL-1.2
/** Which fields a person can fill in on the page, in what order and under which heading. */
import type { DataSourceObjectResponse } from "@notionhq/client";
import type { PropertyType, Rules } from "../../model/rules.ts";
import type { FieldGroup, FieldView } from "./view.ts";

/** Headings of the card panel. A field named nowhere here stands under the last heading, so that a changed model loses none. */
const headings: readonly (readonly [string, readonly string[]])[] = [
  ["Projektet", ["Navn", "Fase", "Tilstand", "Spor", "Udvalg", "Ejer", "Leder", "Udfordring", "Parkeret til"]],
  ["Udforsk", ["Innovationsspørgsmål", "Inddraget", "Borgerinddragelse", "Indsigter"]],
  ["Nytænk", ["Idé til test", "Antal idéer"]],
  ["Test", ["Testrunder", "Testkonklusion", "Forventet effekt", "Indikator", "Nulpunkt", "Mål", "Kræver bevilling"]],
  ["Drift og effekt", ["I drift fra", "Effektansvarlig", "Seneste måling", "Målt værdi", "Effektstatus"]],
  ["Afslutning", ["Udfald", "Læring"]],
];
const REST = "Flere felter";

/** The options a select or multi_select has on the board right now. */
export function optionsOf(source: DataSourceObjectResponse, name: string): readonly string[] {
  const property = source.properties[name];
  if (property?.type === "select") return property.select.options.map((option) => option.name);
  if (property?.type === "multi_select") return property.multi_select.options.map((option) => option.name);
  return [];
}

/** The card's fields that people edit. A choice without options is left out: there is nothing to choose. */
export function cardFields(rules: Rules, source: DataSourceObjectResponse): readonly FieldView[] {
  const own = Object.values(rules.card).filter((property) => property.owner !== "service");
  return [...own, ...rules.fields]
    .map(({ name, type }) => ({ name, type, options: optionsOf(source, name) }))
    .filter((field) => !isChoice(field.type) || field.options.length > 0);
}

const isChoice = (type: PropertyType) => type === "select" || type === "multi_select";

export function fieldGroups(fields: readonly FieldView[]): readonly FieldGroup[] {
  const named = new Set(headings.flatMap(([, names]) => names));
  const groups = headings.map(([title, names]) => ({
    title,
    fields: names.flatMap((name) => fields.filter((field) => field.name === name)),
  }));
  const rest = { title: REST, fields: fields.filter((field) => !named.has(field.name)) };
  return [...groups, rest].filter((group) => group.fields.length > 0);
}

/** The fields of a decision row that people fill in: the box first, then what the meeting said. */
export function decisionFields(rules: Rules, source: DataSourceObjectResponse): readonly FieldView[] {
  return Object.values(rules.decision)
    .filter((property) => property.owner !== "service")
    .map(({ name, type }) => ({ name, type, options: optionsOf(source, name) }));
}
