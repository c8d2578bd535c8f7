// SPDX-License-Identifier: EUPL-1.2
/** What the model wants of the two data sources: every property and option, and whether the service can do without it. */
import { type Model, STOP } from "../../model/model.ts";
import {
  type CardPropertyKey,
  type DecisionPropertyKey,
  type PropertyType,
  type Requirement,
  stateKeys,
} from "../../model/rules.ts";

/** An option: the key is the model's (a phase's, a body's, a gate's id …), the name is what the rules call it. */
export type WantedOption = Readonly<{ key: string; name: string; needed: boolean }>;

/** A property: a field that has no key in the rules has its name as key. */
export type WantedProperty = Readonly<{
  key: string;
  name: string;
  type: PropertyType;
  owner: "people" | "guarded" | "service";
  needed: boolean;
  options: readonly WantedOption[];
}>;

/** What the two data sources are called when they are made; found by their ids, they may have any name. */
export const sourceTitles = { projects: "Innovationsprojekter", decisions: "Politiske beslutninger" } as const;

/** A card property that is not needed reads as empty when the board lacks it. Needed: written by the service, or judged by it. */
const cardNeeds: Readonly<Record<CardPropertyKey, boolean>> = {
  title: true,
  phase: true,
  state: true,
  track: true,
  bodies: true,
  needsFunding: true,
  owner: true,
  parkedUntil: false,
  challenge: false,
  question: false,
  outcome: true,
  confidentiality: true,
  leader: false,
  effectOwner: false,
  testRounds: false,
  indicator: false,
  baseline: false,
  target: false,
  inOperationFrom: false,
  lastMeasured: false,
  effectStatus: false,
  learning: false,
  snoozedUntil: false,
  decisions: false,
  confirmed: true,
  approvals: true,
  missing: true,
  wish: true,
  lastMessage: true,
  nextMeasurement: true,
  task: true,
  projectId: false,
};

/** Whatever can make a tick not count is needed (DOMAIN 5.3): without it a doubt would open a gate. */
const decisionNeeds: Readonly<Record<DecisionPropertyKey, boolean>> = {
  title: true,
  card: true,
  gate: true,
  body: true,
  question: true,
  status: true,
  box: true,
  outcome: true,
  meeting: true,
  item: true,
  minutes: false,
  remark: false,
  disqualified: true,
  registeredBy: true,
  registeredAt: true,
  passage: true,
};

export function wantedOfCards(model: Model): readonly WantedProperty[] {
  const { rules } = model;
  const judged = requiredFields(model);
  const options = cardOptions(model);
  const keyed = cardKeys(model).map((key) => {
    const property = rules.card[key];
    return { key, ...property, needed: cardNeeds[key] || judged.has(property.name), options: options[key] ?? [] };
  });
  const fields = rules.fields.map(({ name, type, options = [] }) => ({
    key: name,
    name,
    type,
    owner: "people" as const,
    needed: judged.has(name),
    options: options.map((option) => ({ key: option, name: option, needed: false })),
  }));
  return [...keyed, ...fields];
}

export function wantedOfDecisions(model: Model): readonly WantedProperty[] {
  const options = decisionOptions(model);
  return decisionKeys(model).map((key) => ({
    key,
    ...model.rules.decision[key],
    needed: decisionNeeds[key],
    options: options[key] ?? [],
  }));
}

/** The keys of the rules' record are the keys of its schema, which is strict. */
const cardKeys = ({ rules }: Model) => Object.keys(rules.card) as CardPropertyKey[];
const decisionKeys = ({ rules }: Model) => Object.keys(rules.decision) as DecisionPropertyKey[];

/** The names of all fields whose absence would keep a gate or the closing shut for ever. */
function requiredFields({ rules }: Model): ReadonlySet<string> {
  const requirements: readonly Requirement[] = [
    ...rules.gates.flatMap((gate) => [...gate.requires, ...(gate.alsoDecidedBy ?? []).map((it) => it.when)]),
    ...rules.closing.requires,
    ...(rules.closing.fromLastPhase?.requires ?? []),
  ];
  return new Set(requirements.map((it) => it.field));
}

function cardOptions({ rules, municipality }: Model): Partial<Record<CardPropertyKey, readonly WantedOption[]>> {
  return {
    phase: rules.phases.map(needed),
    state: stateKeys.map((key) => needed({ key, name: rules.states[key] })),
    track: rules.tracks.map(needed),
    bodies: municipality.bodies.map(needed),
    outcome: Object.entries(rules.outcomes).map(([key, { name }]) => needed({ key, name })),
    effectStatus: Object.entries(rules.effectStatus).map(([key, name]) => ({ key, name, needed: false })),
    // Without this option every card would count as open and its text would leave the board.
    confidentiality: [needed({ key: "confidential", name: rules.confidential })],
  };
}

function decisionOptions({
  rules,
  municipality,
}: Model): Partial<Record<DecisionPropertyKey, readonly WantedOption[]>> {
  const { box, stopNeedsDecision } = rules.closing;
  return {
    gate: [
      ...rules.gates.map((gate) => needed({ key: gate.id, name: gate.box })),
      { key: STOP, name: box, needed: stopNeedsDecision },
    ],
    body: municipality.bodies.map(needed),
    status: Object.entries(rules.decisionStatus).map(([key, name]) => needed({ key, name })),
    outcome: rules.decisionOutcome.map(({ name }) => ({ key: name, name, needed: false })),
  };
}

const needed = ({ key, name }: Readonly<{ key: string; name: string }>): WantedOption => ({ key, name, needed: true });
