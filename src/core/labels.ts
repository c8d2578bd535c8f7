// SPDX-License-Identifier: EUPL-1.2
/** The tracker's labels that the rules name: each with a colour and what it means. What a label does is in task.ts. */
import type { MessageId } from "../model/messages.ts";
import type { Model } from "../model/model.ts";
import type { Rules } from "../model/rules.ts";
import { phrase } from "./messages.ts";

/** `color` is six hex digits; `description` has at most 100 characters, which is what GitHub takes. */
export type WantedLabel = Readonly<{ name: string; color: string; description: string }>;

const LONGEST = 100;

/** One colour a kind, so that a list of issues can be read at a glance; the words say the same. */
const colors = { phase: "1d76db", track: "5319e7", body: "0e8a16", outcome: "c2a500" } as const;

type OwnKey = keyof Rules["labels"];
type Wordless = Extract<MessageId, `E-${string}`>;

/** Complete by type: a label that the rules get has a colour and words. */
const own: Readonly<Record<OwnKey, Readonly<{ color: string; words: Wordless }>>> = {
  pending: { color: "d93f0b", words: "E-pending" },
  missing: { color: "e99695", words: "E-missing" },
  parked: { color: "c5def5", words: "E-parked" },
  trashed: { color: "cccccc", words: "E-trashed" },
  overWip: { color: "f9d0c4", words: "E-overWip" },
  intake: { color: "0052cc", words: "E-intake" },
};

/** Every label that the service sets or looks for, in the order of the rules. */
export function wantedLabels(model: Model): readonly WantedLabel[] {
  const { rules, municipality } = model;
  const { phase, track, bodies, outcome } = rules.card;
  const named = (color: string, field: string, it: Readonly<{ name: string; label: string }>): WantedLabel =>
    labelOf(it.label, color, `${field}: ${it.name}`);
  const ownKeys = Object.keys(own) as OwnKey[];
  return [
    ...rules.phases.map((it) => labelOf(it.label, colors.phase, `${phase.name}: ${it.name}. ${it.purpose}`)),
    ...rules.tracks.map((it) => named(colors.track, track.name, it)),
    ...municipality.bodies.map((it) => named(colors.body, bodies.name, it)),
    ...Object.values(rules.outcomes).map((it) => named(colors.outcome, outcome.name, it)),
    ...ownKeys.map((key) => labelOf(rules.labels[key], own[key].color, phrase(model, own[key].words, {}))),
  ];
}

/** The wanted labels that are not there. Names are compared as GitHub does: without regard to case. */
export function missingLabels(wanted: readonly WantedLabel[], there: readonly string[]): readonly WantedLabel[] {
  const known = new Set(there.map((name) => name.toLowerCase()));
  return wanted.filter(({ name }) => !known.has(name.toLowerCase()));
}

function labelOf(name: string, color: string, description: string): WantedLabel {
  return { name, color, description: [...description].slice(0, LONGEST).join("") };
}
