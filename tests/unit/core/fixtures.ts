// SPDX-License-Identifier: EUPL-1.2
/** The model, the people and the plain facts that the core's tests are made of. */
import type { Accepted, Decision, Registration } from "../../../src/core/accepted.ts";
import type { Author, CardSeen, Hint } from "../../../src/core/card.ts";
import type { Observation } from "../../../src/core/course.ts";
import type { DecisionSeen } from "../../../src/core/decision.ts";
import { loadModel } from "../../../src/model/load.ts";
import type { Model } from "../../../src/model/model.ts";
import type { Rules } from "../../../src/model/rules.ts";

export const model = loadModel({
  rulesPath: "config/furesoe.yaml",
  municipalityPath: "config/kommune.example.yaml",
});

/** The same model with some of its approval rules changed. */
export function withApprovals(change: Partial<Rules["approvals"]>): Model {
  return { ...model, rules: { ...model.rules, approvals: { ...model.rules.approvals, ...change } } };
}

const userOf = (number: number) => `00000000-0000-4000-8000-00000000000${number}`;

/** The users of config/kommune.example.yaml, and two who stand in no list. */
export const mette = userOf(1); // chair of udi
export const ole = userOf(2); // vice-chair of udi
export const karin = userOf(3); // chair of aeldre-og-sundhed, until the end of 2029
export const bodil = userOf(4); // chair of byraad
export const sanne = userOf(5); // the secretariat
export const anders = userOf(6); // staff, owner of the card
export const lise = userOf(7); // staff, leader
export const stranger = userOf(8);
export const self = userOf(9); // the service's own bot

export const UDI = "udi";
export const ELDERLY = "aeldre-og-sundhed";
export const COUNCIL = "byraad";

/** A Monday morning, before the meetings of the example municipality. */
export const now = new Date("2026-11-23T08:00:00.000Z");

export function minutes(count: number, from: Date | string = now): Date {
  return new Date(new Date(from).getTime() + count * 60_000);
}

export const person = (id: string): Author => ({ id, kind: "person" });
export const bot = (id: string): Author => ({ id, kind: "bot" });
export const agent = (id: string): Author => ({ id, kind: "agent" });

let events = 0;

/** An event by these persons (or authors) about these properties. */
export function hint(
  authors: readonly (string | Author)[],
  touched: Hint["touched"],
  change: Partial<Hint> = {},
): Hint {
  events += 1;
  return {
    event: `event-${events}`,
    at: now.toISOString(),
    kind: "changed",
    authors: authors.map((it) => (typeof it === "string" ? person(it) : it)),
    touched,
    ...change,
  };
}

/** Every field filled so that each gate's requirements and those of closing are met. */
export const fullFields: CardSeen["fields"] = {
  Navn: "Madspild på plejehjem",
  Spor: "2 Politisk projekt",
  Udvalg: ["Digitalisering og Innovation"],
  "Kræver bevilling": false,
  Ejer: [anders],
  Udfordring: "For meget mad bliver smidt ud.",
  Innovationsspørgsmål: "Hvordan kan vi halvere madspildet?",
  Inddraget: ["Borgere"],
  "Idé til test": "Mindre tallerkener",
  Testrunder: 2,
  Testkonklusion: "Skaler",
  "Forventet effekt": "Halvt så meget madspild",
  Indikator: "Kilo om ugen",
  Nulpunkt: "40",
  Mål: "20",
  "I drift fra": "2026-11-02",
  Effektansvarlig: [lise],
  Effektstatus: "Som forventet",
  Udfald: "Effekt",
  Læring: "Mindre tallerkener virker, når personalet selv vælger dem og følger op.",
};

export function card(change: Partial<CardSeen> = {}): CardSeen {
  return {
    id: "card-1",
    title: "Madspild på plejehjem",
    projectId: "INNO-12",
    url: "https://board.example/card-1",
    createdAt: "2026-11-20T08:00:00.000Z",
    createdBy: anders,
    state: "active",
    phase: "udforsk",
    track: "politisk",
    bodies: [UDI],
    otherBodies: [],
    owners: [anders],
    fields: fullFields,
    shown: { confirmed: "", approvals: "", missing: "", wish: "", lastMessage: "", nextMeasurement: null, task: null },
    lastEditedBy: self,
    lastEditedAt: now.toISOString(),
    inTrash: false,
    elsewhere: false,
    ...change,
  };
}

/** Noticed when the card was first looked at. */
export const noticed = (value: string, at: Date = now) => ({ value, at: at.toISOString() });

export function accepted(change: Partial<Accepted> = {}): Accepted {
  return {
    card: "card-1",
    position: { state: "active", phase: "udforsk" },
    since: null,
    touchedAt: now.toISOString(),
    noticed: {
      position: noticed("active udforsk"),
      inOperationFrom: noticed("2026-11-02"),
      parkedUntil: noticed(""),
      effectStatus: noticed("Som forventet"),
      outcome: noticed("Effekt"),
    },
    track: "politisk",
    bodies: [UDI],
    needsFunding: false,
    passage: 1,
    decisions: [],
    wish: null,
    stopAsked: false,
    undo: null,
    trashed: false,
    confidential: false,
    withheld: [],
    replacedBy: null,
    lastMessage: "",
    told: {},
    waiting: {},
    pending: [],
    ...change,
  };
}

export function decision(change: Partial<Decision> = {}): Decision {
  return {
    gate: "G1",
    body: UDI,
    passage: 1,
    row: "row-1",
    registration: null,
    ended: null,
    disputed: false,
    shown: row(),
    settledAt: null,
    ...change,
  };
}

export function registration(change: Partial<Registration> = {}): Registration {
  return { by: [mette], at: now.toISOString(), events: ["event-0"], content: {}, ...change };
}

export function row(change: Partial<DecisionSeen> = {}): DecisionSeen {
  return {
    id: "row-1",
    cards: ["card-1"],
    gate: "G1",
    body: UDI,
    passage: 1,
    title: "Madspild på plejehjem: Godkendt til Nytænk",
    question: "Er innovationsspørgsmålet det rigtige at gå videre med?",
    status: "ready",
    box: false,
    outcome: null,
    meeting: null,
    item: "",
    minutes: null,
    remark: "",
    disqualified: [],
    registeredBy: [],
    registeredAt: null,
    createdBy: self,
    lastEditedBy: self,
    lastEditedAt: now.toISOString(),
    inTrash: false,
    ...change,
  };
}

export function observation(change: Partial<Observation> = {}): Observation {
  return {
    card: card(),
    previous: card(),
    rows: [],
    cardHints: [],
    rowHints: {},
    taskOwner: null,
    othersInPhase: {},
    beforeService: false,
    self,
    now,
    ...change,
  };
}
