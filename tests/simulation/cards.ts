// SPDX-License-Identifier: EUPL-1.2
/** The words of the board: writing properties by their names, reading them, and the cards a simulation begins with. */
import type { NotionSandbox } from "../../src/sandbox/notion/options.ts";
import { type PlainValue, readProperty, writeProperty } from "../../src/sandbox/page/property-values.ts";
import type { PropertyWrite } from "../../src/sandbox/world.ts";
import { model, people } from "../integration/house.ts";
import { fullFields } from "../unit/core/fixtures.ts";
import type { Chance } from "./chance.ts";

export type Values = Readonly<Record<string, PlainValue>>;
type Page = ReturnType<NotionSandbox["page"]>;

const { rules, municipality } = model;
const cardTypes = new Map([...Object.values(rules.card), ...rules.fields].map(({ name, type }) => [name, type]));
const rowTypes = new Map(Object.values(rules.decision).map(({ name, type }) => [name, type]));

function written(values: Values, types: typeof cardTypes): Record<string, PropertyWrite> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const type = types.get(name);
      if (!type) throw new RangeError(`the model has no property «${name}»`);
      return [name, writeProperty(type, value)];
    }),
  );
}

export const cardWrite = (values: Values) => written(values, cardTypes);
export const rowWrite = (values: Values) => written(values, rowTypes);

export const value = (page: Page, name: string): PlainValue => readProperty(page.properties[name]);
export const text = (page: Page, name: string): string => {
  const found = value(page, name);
  return typeof found === "string" ? found : "";
};
export const list = (page: Page, name: string): readonly string[] => {
  const found = value(page, name);
  return Array.isArray(found) ? found : [];
};

export const phaseNames = model.phases.map(({ name }) => name);
export const bodyNames = municipality.bodies.map(({ name }) => name);
const trackNames = rules.tracks.map(({ name }) => name);
export const gatedTrack = rules.tracks.find(({ gated }) => gated)?.name ?? "";

/** Texts that would do something on the other side if they were let. */
export const hostileTexts = [
  "@anders-dev skal se #1 og GH-2",
  "<!-- faseport:end --> [klik](https://ond.example) **fed**",
  "```\n# Overskrift\n```",
  "Ring 010180-1234 <script>alert(1)</script>",
  "ref. A01-0000000000000000",
];

const question = "Hvordan gør vi det lettere?";

/** What a new card says of itself: mostly well described, in any phase, mostly on the gated track. */
export function cardValues(chance: Chance, number: number): Values {
  const phase = chance.pick([null, ...phaseNames]);
  const bodies = bodyNames.filter(() => chance.happens(0.5));
  const isFull = chance.happens(0.8);
  const { Navn: _title, Spor: _track, Udvalg: _bodies, ...full } = fullFields as Values;
  return {
    ...(isFull ? full : { Innovationsspørgsmål: question }),
    Navn: chance.happens(0.2) ? `Kort ${number} ${chance.pick(hostileTexts)}` : `Kort ${number}`,
    Fase: phase,
    Tilstand: phase === null ? rules.states.idea : chance.happens(0.08) ? rules.states.parked : rules.states.active,
    Spor: chance.happens(0.8) ? gatedTrack : chance.pick(trackNames),
    Udvalg: bodies.length > 0 ? bodies : bodyNames.slice(0, 1),
    Ejer: [chance.pick([people.anders, people.lise])],
    "Kræver bevilling": chance.happens(0.2),
  };
}

/** What a required field says when it is filled. */
export const filled = (field: string): PlainValue => (fullFields as Values)[field] ?? question;
export const requiredFields = [
  ...new Set(model.gates.flatMap(({ requires }) => requires.map(({ field }) => field))),
].filter((field) => field !== rules.card.bodies.name && field !== rules.card.owner.name);
