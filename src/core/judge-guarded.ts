// SPDX-License-Identifier: EUPL-1.2
/** Track, bodies and funding: fields that anyone may open and only the secretariat may close (T15, T16, A18, A19, DOMAIN 6). */
import { type BodyKey, type Model, personByUser, type TrackKey, trackOf } from "../model/model.ts";
import { attribute, type LastEdit } from "./attribution.ts";
import type { Hint, UserId } from "./card.ts";

export type Guarded = Readonly<{ track: TrackKey; bodies: readonly BodyKey[]; needsFunding: boolean }>;
export type GuardedKey = keyof Guarded;

export type GuardedFacts = Readonly<{
  accepted: Guarded;
  seen: Guarded;
  hints: readonly Hint[];
  lastEdit: LastEdit;
  self: UserId;
  now: Date;
  /** Since when a change of the key waits for its event; absent: seen now for the first time. */
  waiting: Readonly<Record<string, string>>;
}>;

export type GuardedRefusal =
  | Readonly<{ id: "A18"; users: readonly UserId[] }>
  | Readonly<{ id: "A19"; users: readonly UserId[]; bodies: readonly BodyKey[] }>
  | Readonly<{ id: "A29"; users: readonly UserId[]; field: string }>;

export type GuardedVerdict = Readonly<{
  settled: Guarded;
  refusals: readonly GuardedRefusal[];
  /** The rules that let a change through: T15 into the gated track, T16 out of it. */
  rules: readonly ("T15" | "T16")[];
  /** Keys whose change is neither settled nor put back until its event has come. */
  waiting: readonly GuardedKey[];
}>;

type Ruling = "let" | "wait" | Readonly<{ putBackFor: readonly UserId[] }>;

/** Judges the guarded fields of a card. Opening is free; closing needs one author, from the secretariat. */
export function judgeGuarded(model: Model, facts: GuardedFacts): GuardedVerdict {
  const { accepted, seen } = facts;
  const wasGated = trackOf(model, accepted.track).gated;
  const removed = accepted.bodies.filter((body) => !seen.bodies.includes(body));
  const closings: Readonly<Record<GuardedKey, boolean>> = {
    track: wasGated && !trackOf(model, seen.track).gated,
    bodies: wasGated && removed.length > 0,
    needsFunding: wasGated && accepted.needsFunding && !seen.needsFunding,
  };
  const rulings = {
    track: closings.track ? rule(model, facts, "track") : "let",
    bodies: closings.bodies ? rule(model, facts, "bodies") : "let",
    needsFunding: closings.needsFunding ? rule(model, facts, "needsFunding") : "let",
  } as const satisfies Record<GuardedKey, Ruling>;
  const settled: Guarded = {
    track: rulings.track === "let" ? seen.track : accepted.track,
    bodies: rulings.bodies === "let" ? seen.bodies : [...seen.bodies, ...removed],
    needsFunding: rulings.needsFunding === "let" ? seen.needsFunding : accepted.needsFunding,
  };
  return {
    settled,
    refusals: refusals(model, rulings, removed),
    rules: trackRules(model, accepted.track, settled.track),
    waiting: (Object.keys(rulings) as GuardedKey[]).filter((key) => rulings[key] === "wait"),
  };
}

function rule(model: Model, facts: GuardedFacts, key: GuardedKey): Ruling {
  const who = attribute(facts.hints, key, facts.self, facts.lastEdit);
  if (who.kind === "unknown") return waitIsOver(model, facts, key) ? { putBackFor: [] } : "wait";
  const [user, ...others] = who.users;
  const person = user === undefined ? undefined : personByUser(model, user);
  const maySettle =
    who.kind === "people" && others.length === 0 && person && model.municipality.secretariat.includes(person.key);
  return maySettle ? "let" : { putBackFor: who.users };
}

function refusals(
  model: Model,
  rulings: Readonly<Record<GuardedKey, Ruling>>,
  removed: readonly BodyKey[],
): readonly GuardedRefusal[] {
  const all: GuardedRefusal[] = [];
  if (typeof rulings.track === "object") all.push({ id: "A18", users: rulings.track.putBackFor });
  if (typeof rulings.bodies === "object") all.push({ id: "A19", users: rulings.bodies.putBackFor, bodies: removed });
  if (typeof rulings.needsFunding === "object") {
    all.push({ id: "A29", users: rulings.needsFunding.putBackFor, field: model.rules.card.needsFunding.name });
  }
  return all;
}

function trackRules(model: Model, from: TrackKey, to: TrackKey): readonly ("T15" | "T16")[] {
  const was = trackOf(model, from).gated;
  const is = trackOf(model, to).gated;
  if (was === is) return [];
  return [is ? "T15" : "T16"];
}

function waitIsOver(model: Model, facts: GuardedFacts, key: GuardedKey): boolean {
  const since = facts.waiting[key];
  const waited = since === undefined ? 0 : facts.now.getTime() - Date.parse(since);
  return waited >= model.rules.approvals.attributionWaitMinutes * 60_000;
}
