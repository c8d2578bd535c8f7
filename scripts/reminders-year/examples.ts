// SPDX-License-Identifier: EUPL-1.2
/** For each reminder about cards one that it comes to, and what a person does that ends it. */
import { instantOf } from "../../src/core/calendar.ts";
import type { CardSeen, UserId } from "../../src/core/card.ts";
import { type BodyKey, bodyOf, type Model } from "../../src/model/model.ts";
import { type Deed, type Edit, Project } from "./project.ts";

export type Example = Readonly<{
  /** From when on it is watched. */
  from: string;
  card: (deed: Deed) => Project;
  /** In words, and done. */
  ends: string;
  end: (project: Project, deed: Deed) => void;
}>;

const owner = "owner";
const UDI = "udi";
/** The service's first look at the card, and the day after. */
export const found = "2026-11-23";
const first = "2026-11-24";

/** The example municipality; only one body meets, and seldom. */
export function exampleModel(model: Model): Model {
  const bodies = model.municipality.bodies.map((it) => {
    return { ...it, meetings: it.key === UDI ? ["2027-01-06", "2028-06-14"] : [] };
  });
  return { ...model, municipality: { ...model.municipality, bodies } };
}

export function deedOn(model: Model, date: string, by: UserId = owner): Deed {
  return { model, now: instantOf(model, date, "12:00"), by };
}

/** Everything filled in that a gate asks for. */
const filled: CardSeen["fields"] = {
  Udfordring: "For meget mad bliver smidt ud.",
  Innovationsspørgsmål: "Hvordan kan vi halvere madspildet?",
  Inddraget: ["Borgere"],
  "Idé til test": "Mindre tallerkener",
};

function cardFound(deed: Deed, change: Partial<CardSeen>): Project {
  const at = deed.now.toISOString();
  const card: CardSeen = {
    id: "card",
    title: "Madspild",
    projectId: "INNO-12",
    url: "https://board.example/card",
    createdAt: at,
    createdBy: owner,
    state: "active",
    phase: "implementer",
    track: "hverdag",
    bodies: [],
    otherBodies: [],
    owners: [owner],
    shown: { confirmed: "", approvals: "", missing: "", wish: "", lastMessage: "", nextMeasurement: null, task: null },
    lastEditedBy: "",
    lastEditedAt: at,
    inTrash: false,
    elsewhere: false,
    ...change,
    fields: { ...filled, ...change.fields },
  };
  return new Project(card, deed, true);
}

const political = (change: Partial<CardSeen> = {}) => {
  return (deed: Deed) => cardFound(deed, { track: "politisk", phase: "udforsk", bodies: [UDI], ...change });
};
const everyday = (change: Partial<CardSeen>) => (deed: Deed) => cardFound(deed, change);
const byEdit = (change: Edit) => (project: Project, deed: Deed) => project.edit(deed, change);
const fields = (values: CardSeen["fields"]) => byEdit({ fields: values });
const move = byEdit({ phase: "nytaenk" });

function onAgenda(meeting: string) {
  return (project: Project, deed: Deed) => {
    for (const decision of project.open) project.editRow(deed, decision, { meeting });
  };
}

function approve(project: Project, { model, now }: Deed): void {
  const chair = approverOf(model, UDI);
  for (const decision of project.open) project.editRow({ model, now, by: chair }, decision, { box: true });
}

function approverOf(model: Model, body: BodyKey): UserId {
  const key = bodyOf(model, body).approvers[0]?.person;
  return model.municipality.people.find((it) => it.key === key)?.notion[0] ?? "";
}

function approved(deed: Deed): Project {
  const project = political()(deed);
  approve(project, deed);
  return project;
}

function discussed(deed: Deed): Project {
  const project = political()(deed);
  onAgenda("2027-01-06")(project, deed);
  return project;
}

export const examples: Readonly<Record<string, Example>> = {
  quiet: {
    from: first,
    card: everyday({ phase: "nytaenk" }),
    ends: "a person edits the card",
    end: fields({ Indsigter: "Ny viden" }),
  },
  missing: {
    from: first,
    card: political({ fields: { Innovationsspørgsmål: "" } }),
    ends: "what is missing is filled in",
    end: fields(filled),
  },
  ready: { from: first, card: political(), ends: "«Mødedato» is set on the decision", end: onAgenda("2027-01-06") },
  agenda: { from: first, card: discussed, ends: "the decision is put on another meeting", end: onAgenda("2028-06-14") },
  undecided: {
    from: "2027-01-07",
    card: discussed,
    ends: "the box is ticked, or «Beslutning» says no or later",
    end: (project, deed) => {
      for (const decision of project.open) project.editRow(deed, decision, { outcome: "Udsat" });
    },
  },
  approved: { from: first, card: approved, ends: "the card is moved", end: move },
  expiring: { from: "2027-10-01", card: approved, ends: "the card is moved", end: move },
  effect: {
    from: first,
    card: everyday({ phase: "foelg-op", fields: { "I drift fra": found } }),
    ends: "«Seneste måling» is set",
    end: fields({ "Seneste måling": "2027-01-04" }),
  },
  disappointing: {
    from: first,
    card: everyday({ phase: "foelg-op", fields: { Effektstatus: "Udeblevet" } }),
    ends: "another «Effektstatus» is chosen",
    end: fields({ Effektstatus: "Som forventet" }),
  },
  learning: {
    from: first,
    card: everyday({ phase: "foelg-op", fields: { Udfald: "Effekt" } }),
    ends: "«Læring» is written",
    end: fields({ Læring: "Mindre tallerkener virker, når personalet selv vælger dem." }),
  },
  parked: {
    from: first,
    card: everyday({ state: "parked", fields: { "Parkeret til": "2027-02-01" } }),
    ends: "the card is taken up again",
    end: byEdit({ state: "active" }),
  },
  ownerless: {
    from: first,
    card: everyday({ owners: [] }),
    ends: "an owner is chosen",
    end: byEdit({ owners: [owner] }),
  },
  lingering: {
    from: first,
    card: everyday({ phase: "test" }),
    ends: "the card is moved on",
    end: byEdit({ phase: "implementer" }),
  },
  meetingless: {
    from: first,
    card: political({ bodies: ["byraad"] }),
    ends: "the body's meetings are entered, or the card waits for it no more",
    end: byEdit({ state: "parked" }),
  },
  ideas: {
    from: first,
    card: everyday({ state: "idea", phase: null }),
    ends: "the idea is begun, or a body is asked about it",
    end: byEdit({ state: "active", phase: "udforsk" }),
  },
};
