// SPDX-License-Identifier: EUPL-1.2
/** The guarded fields of the card read now: let through, put back, or waited for; and promotion (T15, B10). */
import { trackOf } from "../model/model.ts";
import type { Accepted } from "./accepted.ts";
import { actors, attribute } from "./attribution.ts";
import { type Course, isGated, note, refuseOnce, say, withNext } from "./course.ts";
import { requiredBodiesOf } from "./gate.ts";
import { type GuardedKey, type GuardedRefusal, judgeGuarded } from "./judge-guarded.ts";
import { bodyNames, message, placeName } from "./messages.ts";
import { nextDecision, sayGuarded } from "./tell.ts";

/** Judges track, bodies and funding, and carries the answer into the course. */
export function takeGuarded(course: Course): Course {
  const { model, seen, next } = course;
  const verdict = judgeGuarded(model, {
    accepted: next,
    seen: {
      track: trackOf(model, seen.card.track).key,
      bodies: seen.card.bodies,
      needsFunding: seen.card.fields[model.rules.card.needsFunding.name] === true,
    },
    hints: seen.cardHints,
    self: seen.self,
    now: seen.now,
    waiting: Object.fromEntries(Object.entries(next.waiting).map(([key, { since }]) => [key, since])),
  });
  const settled = withNext(course, { ...verdict.settled, waiting: waitingFor(course, verdict.waiting) });
  const refused = verdict.refusals.reduce(refuse, settled);
  return verdict.rules.reduce(sayTrack, refused);
}

function refuse(course: Course, refusal: GuardedRefusal): Course {
  const events = course.seen.cardHints.map((hint) => hint.event);
  return refuseOnce(
    course,
    `guarded ${refusal.id} ${events.join(" ")}`,
    { rule: refusal.id === "A18" ? "T16 A18" : refusal.id, by: refusal.users, events },
    sayGuarded(course.model, refusal, course.next),
    { actors: refusal.users },
  );
}

/** T15 is told (B10), for it changes who decides; T16 was asked for by the secretariat itself and is only logged. */
function sayTrack(course: Course, rule: "T15" | "T16"): Course {
  const { model, seen, next } = course;
  const who = attribute(seen.cardHints, "track", seen.self, null);
  const users = actors(seen.cardHints, ["track"], seen.self);
  const noted = note(course, { rule, by: users, events: who.kind === "unknown" ? [] : who.events });
  if (rule === "T16" || next.position.state !== "active") return noted;
  const bodies = requiredBodiesOf(model, next, seen.card.fields);
  const params = {
    spor: trackOf(model, next.track).name,
    fra: placeName(model, next.position),
    udvalg: bodyNames(model, bodies),
    naesteBeslutning: nextDecision(model, next, isGated(course), bodies, seen.now).replace(/\.$/u, ""),
  };
  return say(noted, message("B10", params), { actors: users });
}

function waitingFor(course: Course, keys: readonly GuardedKey[]): Accepted["waiting"] {
  const guarded: readonly GuardedKey[] = ["track", "bodies", "needsFunding"];
  const others = Object.entries(course.next.waiting).filter(([key]) => !guarded.some((it) => it === key));
  return Object.fromEntries([
    ...others,
    ...keys.map((key) => [key, course.next.waiting[key] ?? { since: course.seen.now.toISOString(), hints: [] }]),
  ]);
}
