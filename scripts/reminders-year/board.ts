// SPDX-License-Identifier: EUPL-1.2
/** The cards that are on the board when the service first looks, and those that come in the course of the year. */
import { addDays, addMonths } from "../../src/core/calendar.ts";
import type { CardSeen } from "../../src/core/card.ts";
import { byShare, type Chance, oneOf } from "./chance.ts";
import type { Town } from "./town.ts";

/** Of a hundred cards so many stand there, or in that phase if they are being worked on. */
const places = {
  idea: 12,
  parked: 8,
  closed: 10,
  udforsk: 15,
  nytaenk: 13,
  test: 14,
  implementer: 13,
  "foelg-op": 15,
} as const;
const tracks = { politisk: 60, hverdag: 30, kultur: 10 } as const;

/** Any card as it may lie on the board on a day. */
export function anyCard(town: Town, chance: Chance, number: number, today: string): CardSeen {
  const place = byShare(chance, places);
  const states = { idea: "idea", parked: "parked", closed: "closed" } as const;
  const state = place in states ? states[place as keyof typeof states] : "active";
  const phases = town.model.phases.map(({ key }) => key);
  const phase = state === "idea" ? null : state === "active" ? place : oneOf(chance, phases);
  const made = newCard(town, chance, number, today);
  return {
    ...made,
    state,
    phase,
    fields: { ...made.fields, ...history(town, chance, phases.indexOf(phase ?? ""), today) },
  };
}

/** What has been filled in on the way to a phase, and the dates that go with it. */
function history({ model }: Town, chance: Chance, index: number, today: string): CardSeen["fields"] {
  const { card, effectStatus, outcomes } = model.rules;
  const inOperation = addDays(addMonths(today, -Math.floor(chance() * 11)), -Math.floor(chance() * 28));
  return {
    ...(index >= 1 ? { [card.question.name]: "Hvordan gør vi hverdagen lettere?", Inddraget: ["Borgere"] } : {}),
    ...(index >= 2
      ? { "Idé til test": "Vi prøver det af i to uger.", [card.testRounds.name]: Math.floor(chance() * 4) }
      : {}),
    ...(index >= 4
      ? { [card.inOperationFrom.name]: inOperation, [card.effectStatus.name]: effectStatus.unmeasured }
      : {}),
    ...(chance() < 0.5 ? { [card.parkedUntil.name]: addDays(today, 20 + Math.floor(chance() * 200)) } : {}),
    ...(chance() < 0.1 ? { [card.outcome.name]: outcomes.effect.name } : {}),
  };
}

/** An idea that somebody has just put down. */
export function newCard(town: Town, chance: Chance, number: number, today: string): CardSeen {
  const owner = oneOf(
    chance,
    town.owners.filter((it) => !town.gone.includes(it)),
  );
  const bodies = town.model.municipality.bodies.map(({ key }) => key);
  const track = byShare(chance, tracks);
  const two = [oneOf(chance, bodies), oneOf(chance, bodies)];
  const at = `${today}T08:00:00.000Z`;
  return {
    id: `card-${number}`,
    title: `Projekt ${number}`,
    projectId: `INNO-${number}`,
    url: `https://board.example/card-${number}`,
    createdAt: at,
    createdBy: owner,
    state: "idea",
    phase: null,
    track,
    bodies: track === "politisk" ? [...new Set(chance() < 0.2 ? two : two.slice(0, 1))] : [],
    otherBodies: [],
    owners: chance() < 0.15 ? [owner, oneOf(chance, town.owners)] : [owner],
    fields: {
      [town.model.rules.card.challenge.name]: "Noget kan gøres bedre.",
      [town.model.rules.card.leader.name]: [oneOf(chance, town.leaders)],
    },
    shown: { confirmed: "", approvals: "", missing: "", wish: "", lastMessage: "", nextMeasurement: null, task: null },
    lastEditedBy: "",
    lastEditedAt: at,
    inTrash: false,
    elsewhere: false,
  };
}
