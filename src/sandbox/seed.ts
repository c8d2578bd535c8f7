// SPDX-License-Identifier: EUPL-1.2
/**
 * The sandbox's projects: invented, but such as a Danish municipality could have. Phases, states, tracks, bodies and
 * people are keys of the model; the service-owned fields are empty, because the service fills them when it adopts the board.
 */
import type { Municipality } from "../model/municipality.ts";
import type { PropertyType, Rules, StateKey } from "../model/rules.ts";
import { type PlainValue, writeProperty } from "./page/property-values.ts";
import type { NotionWorld, PropertyWrite } from "./world.ts";

/** A date so many days before (or, negative, after) the sandbox's first day. */
type DaysAgo = Readonly<{ daysAgo: number }>;
type Someone = Readonly<{ person: string }>;
type SeedProject = Readonly<{
  title: string;
  /** null: in the idea bank. */
  phase: string | null;
  state: StateKey;
  track: string;
  bodies: readonly string[];
  owner: string;
  createdDaysAgo: number;
  fields: Readonly<Record<string, PlainValue | DaysAgo | Someone>>;
}>;

/** In the order of their numbers: the first is INNO-1. Tests and the guide name INNO-3 to INNO-6. */
const seedProjects: readonly SeedProject[] = [
  {
    title: "Bænke, der samler regnvand",
    phase: null,
    state: "idea",
    track: "politisk",
    bodies: ["udi"],
    owner: "anders",
    createdDaysAgo: 18,
    fields: {
      Udfordring:
        "Efter skybrud står vandet på torvet, og om sommeren vander vi blomsterkummerne med drikkevand. Kan byens møbler hjælpe med begge dele?",
      Fokusområde: "Klima og natur",
      "Udspringer af": ["Borgerforslag"],
    },
  },
  {
    title: "Nabohjælp til snerydning",
    phase: null,
    state: "idea",
    track: "politisk",
    bodies: [],
    owner: "lise",
    createdDaysAgo: 9,
    fields: { "Udspringer af": ["Medarbejderidé"], Fokusområde: "Nærhed og fællesskab" },
  },
  {
    title: "Digital byggesagsguide",
    phase: "udforsk",
    state: "active",
    track: "politisk",
    bodies: ["udi"],
    owner: "anders",
    createdDaysAgo: 47,
    fields: {
      Udfordring:
        "Fire ud af ti ansøgninger om byggetilladelse mangler oplysninger, når de kommer ind. Det koster ventetid for borgerne og telefontid for os.",
      Innovationsspørgsmål: "Hvordan kan en borger vide, om ansøgningen er god nok, før den bliver sendt?",
      Inddraget: ["Borgere", "Medarbejdere"],
      Borgerinddragelse: "Tolv borgere har vist os, hvordan de udfyldte deres sidste ansøgning.",
      Indsigter: "De fleste går i stå ved tegningerne, ikke ved reglerne. Ingen læser vejledningen, før de er i tvivl.",
      Leder: { person: "lise" },
      Fokusområde: "Digital hverdag",
    },
  },
  {
    title: "Færre udeblivelser i hjemmeplejen",
    phase: "udforsk",
    state: "active",
    track: "politisk",
    bodies: ["udi", "aeldre-og-sundhed"],
    owner: "anders",
    createdDaysAgo: 52,
    fields: {
      Udfordring:
        "Hver uge kører hjemmeplejen forgæves omkring 60 gange, fordi borgeren ikke er hjemme. Det er tid, andre borgere venter på.",
      Innovationsspørgsmål: "Hvordan kan borgeren og hjemmeplejen let give hinanden besked, når dagen bliver en anden?",
      Inddraget: ["Borgere", "Medarbejdere", "Andre brugere"],
      Borgerinddragelse: "Samtaler med otte borgere og fem pårørende ved køkkenbordet.",
      Indsigter: "Borgerne vil gerne melde afbud, men ved ikke til hvem. Telefonen er optaget om morgenen.",
      Leder: { person: "lise" },
      Fokusområde: "Sundhed",
    },
  },
  {
    title: "Velkomst til nye familier",
    phase: "udforsk",
    state: "active",
    track: "politisk",
    bodies: ["udi"],
    owner: "anders",
    createdDaysAgo: 30,
    fields: {
      Udfordring:
        "Nye familier får brev fra seks forvaltninger i den første måned og siger, at de ikke ved, hvor de skal begynde.",
      Innovationsspørgsmål: "Vi vil lave en velkomstpakke",
      Leder: { person: "lise" },
    },
  },
  {
    title: "Byttehylde på genbrugspladsen",
    phase: "nytaenk",
    state: "active",
    track: "hverdag",
    bodies: [],
    owner: "anders",
    createdDaysAgo: 25,
    fields: {
      Udfordring: "Gode ting ender i containeren, fordi der ikke er et sted at stille dem.",
      "Idé til test": "En hylde ved udgangen, som pladsens folk rydder hver fredag.",
      Inddraget: ["Medarbejdere", "Borgere"],
      Fokusområde: "Klima og natur",
    },
  },
  {
    title: "Mødesteder mod ensomhed",
    phase: "nytaenk",
    state: "active",
    track: "politisk",
    bodies: ["aeldre-og-sundhed"],
    owner: "lise",
    createdDaysAgo: 88,
    fields: {
      Udfordring:
        "Hver femte borger over 75 år siger, at de ofte er alene, selv om de helst ville være sammen med nogen.",
      Innovationsspørgsmål: "Hvordan bliver det let at komme første gang til noget, hvor man ingen kender?",
      Inddraget: ["Borgere", "Foreninger"],
      "Antal idéer": 14,
      Fokusområde: "Nærhed og fællesskab",
    },
  },
  {
    title: "Overblik over ledige lokaler",
    phase: "nytaenk",
    state: "active",
    track: "politisk",
    bodies: ["udi"],
    owner: "anders",
    createdDaysAgo: 70,
    fields: {
      Udfordring: "Foreninger mangler lokaler om aftenen, mens kommunens egne mødelokaler står tomme.",
      Innovationsspørgsmål: "Hvordan kan et tomt lokale finde den, der har brug for det i aften?",
      Inddraget: ["Foreninger", "Andre brugere"],
      "Idé til test": "En skærm ved døren, hvor foreningen selv booker de næste to timer.",
      "Antal idéer": 9,
      Leder: { person: "lise" },
    },
  },
  {
    title: "Sensorer i affaldsbeholdere",
    phase: "test",
    state: "active",
    track: "politisk",
    bodies: ["udi"],
    owner: "anders",
    createdDaysAgo: 140,
    fields: {
      Udfordring: "Vi tømmer 900 beholdere efter kalenderen. En tredjedel er under halvt fyldte.",
      Innovationsspørgsmål: "Hvordan kan vi tømme, når der er noget at tømme?",
      "Idé til test": "Målere i 40 beholdere og en rute, der lægges om morgenen.",
      Inddraget: ["Medarbejdere", "Erhvervsliv"],
      Testrunder: 2,
      Testkonklusion: "Skaler",
      "Forventet effekt": "En fjerdedel færre kørte kilometer uden flere overfyldte beholdere.",
      Indikator: "Kørte kilometer om ugen på rute 4",
      Nulpunkt: "412 km",
      Mål: "310 km",
      "Kræver bevilling": true,
      Fokusområde: "Klima og natur",
    },
  },
  {
    title: "Videosamtaler med visitationen",
    phase: "test",
    state: "active",
    track: "politisk",
    bodies: ["aeldre-og-sundhed"],
    owner: "lise",
    createdDaysAgo: 120,
    fields: {
      Udfordring: "Pårørende tager fri fra arbejde for at være med til en samtale på tyve minutter.",
      Innovationsspørgsmål: "Hvordan kan pårørende være til stede uden at være i rummet?",
      "Idé til test": "En tablet på bordet, som visitator har med.",
      Inddraget: ["Borgere", "Andre brugere", "Medarbejdere"],
      Testrunder: 1,
      Testkonklusion: "Justér",
      Indikator: "Samtaler, hvor en pårørende er med",
      Nulpunkt: "31 %",
    },
  },
  {
    title: "Én indgang for foreninger",
    phase: "implementer",
    state: "active",
    track: "politisk",
    bodies: ["udi"],
    owner: "anders",
    createdDaysAgo: 210,
    fields: {
      Udfordring: "En forening skal skrive til fire steder for at holde en sommerfest.",
      Innovationsspørgsmål: "Hvordan kan en forening nøjes med at fortælle os én gang, hvad den vil?",
      "Idé til test": "Én medarbejder, der følger sagen fra start til slut.",
      Testrunder: 3,
      Testkonklusion: "Skaler",
      "Forventet effekt": "Foreningerne bruger mindre tid på papir og mere på medlemmer.",
      Indikator: "Dage fra første henvendelse til svar",
      Nulpunkt: "19 dage",
      Mål: "6 dage",
      Leder: { person: "lise" },
    },
  },
  {
    title: "Robotklippere på boldbanerne",
    phase: "foelg-op",
    state: "active",
    track: "politisk",
    bodies: ["udi"],
    owner: "anders",
    createdDaysAgo: 330,
    fields: {
      Udfordring: "Driften når ikke banerne i maj og juni, og klubberne klipper selv.",
      "Idé til test": "Én klipper, der kører om natten og deles af tre klubber.",
      Testrunder: 2,
      Testkonklusion: "Skaler",
      "Forventet effekt": "Flere dage med spilleklare baner for de samme timer.",
      Indikator: "Spilleklare dage i højsæsonen",
      Nulpunkt: "61 dage",
      Mål: "80 dage",
      "I drift fra": { daysAgo: 41 },
      Effektansvarlig: { person: "lise" },
      Effektstatus: "Ikke målt",
    },
  },
  {
    title: "Fælles madlavning på plejecentre",
    phase: "test",
    state: "parked",
    track: "politisk",
    bodies: ["aeldre-og-sundhed"],
    owner: "lise",
    createdDaysAgo: 160,
    fields: {
      Udfordring: "Maden er god, men beboerne spiser mere, når de har været med til at lave den.",
      "Idé til test": "Et rullende køkken, der kommer hver onsdag.",
      Testrunder: 1,
      "Parkeret til": { daysAgo: -70 },
      Fokusområde: "Sundhed",
    },
  },
];

const DAY = 86_400_000;

/** Creates the projects, oldest number first, each dated before `start`. Do this before anybody subscribes: seeding is no news. */
export function seedBoard(notion: NotionWorld, rules: Rules, municipality: Municipality, start: Date): void {
  const types = new Map<string, PropertyType>(
    [...Object.values(rules.card), ...rules.fields].map((property) => [property.name, property.type]),
  );
  for (const project of seedProjects) {
    const values = { ...keyedValues(project, rules, municipality), ...plainFields(project, municipality, start) };
    const properties: Record<string, PropertyWrite> = {};
    for (const [name, value] of Object.entries(values)) {
      const type = types.get(name);
      if (type) properties[name] = writeProperty(type, value);
    }
    const at = new Date(start.getTime() - project.createdDaysAgo * DAY);
    notion.create(userOf(municipality, project.owner), notion.projects, properties, at);
  }
}

function keyedValues(project: SeedProject, rules: Rules, municipality: Municipality): Record<string, PlainValue> {
  const { card } = rules;
  const nameIn = (list: readonly { key: string; name: string }[], key: string) => {
    const found = list.find((it) => it.key === key);
    if (!found) throw new RangeError(`«${project.title}» names ${key}, which the model does not have`);
    return found.name;
  };
  return {
    [card.title.name]: project.title,
    [card.phase.name]: project.phase && nameIn(rules.phases, project.phase),
    [card.state.name]: rules.states[project.state],
    [card.track.name]: nameIn(rules.tracks, project.track),
    [card.bodies.name]: project.bodies.map((key) => nameIn(municipality.bodies, key)),
    [card.owner.name]: [userOf(municipality, project.owner)],
  };
}

function plainFields(project: SeedProject, municipality: Municipality, start: Date): Record<string, PlainValue> {
  return Object.fromEntries(
    Object.entries(project.fields).map(([name, value]) => {
      if (typeof value !== "object" || value === null || Array.isArray(value)) return [name, value as PlainValue];
      if ("person" in value) return [name, [userOf(municipality, value.person)]];
      const { daysAgo } = value as DaysAgo;
      return [name, new Date(start.getTime() - daysAgo * DAY).toISOString().slice(0, 10)];
    }),
  );
}

function userOf(municipality: Municipality, key: string): string {
  const user = municipality.people.find((person) => person.key === key)?.notion[0];
  if (!user) throw new RangeError(`the municipality has nobody called ${key}`);
  return user;
}
