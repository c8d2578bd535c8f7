// SPDX-License-Identifier: EUPL-1.2
/** The model: the rules, the municipality, the texts and the calendar, frozen. Everything a judgement needs beside the facts. */
import type { MessageId } from "./messages.ts";
import type { Municipality } from "./municipality.ts";
import type { Requirement, Rules } from "./rules.ts";

export type PhaseKey = string;
export type TrackKey = string;
export type BodyKey = string;
export type PersonKey = string;
/** A gate's id (G0, G1 …), or the decision to stop a project before its last phase. */
export type GateId = string;
/** The stop decision stands beside the gates: its rows have this gate id. */
export const STOP: GateId = "stop";

/** The language of everything people read. */
export type Language = Rules["language"];
export type Phase = Rules["phases"][number] & { readonly index: number };
export type Track = Rules["tracks"][number];
export type Body = Municipality["bodies"][number];
export type Person = Municipality["people"][number];
export type Gate = Readonly<{
  id: GateId;
  /** Phase the gate leads out of; null: the idea bank. */
  from: PhaseKey | null;
  to: PhaseKey;
  box: string;
  question: string;
  requires: readonly Requirement[];
  advises: readonly Requirement[];
  alsoDecidedBy: readonly Readonly<{ body: BodyKey; when: Requirement; message: MessageId | null }>[];
}>;
export type Method = Readonly<{ navn: string; hvad: string; tid: string; type: string }>;

export type Model = Readonly<{
  rules: Rules;
  municipality: Municipality;
  phases: readonly Phase[];
  gates: readonly Gate[];
  texts: Readonly<Record<MessageId, Readonly<{ da: string; en: string }>>>;
  /** Methods by phase key, in the catalogue's order. */
  methods: Readonly<Record<PhaseKey, readonly Method[]>>;
  /** Public holidays and closed days as ISO dates (local), for the years the calendar covers. */
  closedDates: ReadonlySet<string>;
}>;

/** The phase with this key. Throws on a key that the rules do not have: the loader has checked every reference. */
export function phaseOf(model: Model, key: PhaseKey): Phase {
  const phase = model.phases.find((it) => it.key === key);
  if (!phase) throw new Error(`no phase ${key} in the model`);
  return phase;
}

/** The gate out of a phase, or out of the idea bank (null); undefined after the last phase. */
export function gateOutOf(model: Model, phase: PhaseKey | null): Gate | undefined {
  return model.gates.find((gate) => gate.from === phase);
}

/** The track with this key; an empty or unknown track counts as the default one (DOMAIN 1). */
export function trackOf(model: Model, key: TrackKey | null): Track {
  const tracks = model.rules.tracks;
  const track = tracks.find((it) => it.key === key) ?? tracks.find((it) => it.default);
  if (!track) throw new Error("the model has no default track");
  return track;
}

export function bodyOf(model: Model, key: BodyKey): Body {
  const body = model.municipality.bodies.find((it) => it.key === key);
  if (!body) throw new Error(`no body ${key} in the municipality`);
  return body;
}

/** The registered person behind a user id of the board, if there is one. */
export function personByUser(model: Model, user: string): Person | undefined {
  return model.municipality.people.find((it) => it.notion.includes(user));
}

export function personOf(model: Model, key: PersonKey): Person | undefined {
  return model.municipality.people.find((it) => it.key === key);
}
