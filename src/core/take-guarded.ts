// SPDX-License-Identifier: EUPL-1.2
/** The guarded fields of the card read now: let through, put back, or waited for; and promotion (T15, B10). */
import { trackOf } from "../model/model.ts";
import type { Accepted, Waiting } from "./accepted.ts";
import { actors, attribute, inOrder, type LastEdit } from "./attribution.ts";
import type { Hint } from "./card.ts";
import { type Course, isGated, note, refuseOnce, say, withNext } from "./course.ts";
import { requiredBodiesOf } from "./gate.ts";
import { type GuardedKey, type GuardedRefusal, judgeGuarded } from "./judge-guarded.ts";
import { bodyNames, message, placeName } from "./messages.ts";
import { nextDecision, sayGuarded } from "./tell.ts";

const guarded: readonly GuardedKey[] = ["track", "bodies", "needsFunding"];

/** Judges track, bodies and funding, and carries the answer into the course. */
export function takeGuarded(course: Course): Course {
  const { model, seen, next } = course;
  const hints = inOrder([...guarded.flatMap((key) => next.waiting[key]?.hints ?? []), ...seen.cardHints]);
  const lastEdit = lastEditByOthers(course);
  const verdict = judgeGuarded(model, {
    accepted: next,
    seen: {
      track: trackOf(model, seen.card.track).key,
      bodies: seen.card.bodies,
      needsFunding: seen.card.fields[model.rules.card.needsFunding.name] === true,
    },
    hints,
    lastEdit,
    self: seen.self,
    now: seen.now,
    waiting: Object.fromEntries(Object.entries(next.waiting).map(([key, { since }]) => [key, since])),
  });
  const settled = withNext(course, {
    ...verdict.settled,
    waiting: waitingFor(course, verdict.waiting, { hints, lastEdit }),
  });
  const refused = verdict.refusals.reduce((held, refusal) => refuse(held, refusal, hints), settled);
  return verdict.rules.reduce((held, rule) => sayTrack(held, rule, hints), refused);
}

function refuse(course: Course, refusal: GuardedRefusal, hints: readonly Hint[]): Course {
  const events = hints.map((hint) => hint.event);
  return refuseOnce(
    course,
    `guarded ${refusal.id} ${events.join(" ")}`,
    { rule: refusal.id === "A18" ? "T16 A18" : refusal.id, by: refusal.users, events },
    sayGuarded(course.model, refusal, course.next),
    { actors: refusal.users },
  );
}

/** T15 is told (B10), for it changes who decides; T16 was asked for by the secretariat itself and is only logged. */
function sayTrack(course: Course, rule: "T15" | "T16", hints: readonly Hint[]): Course {
  const { model, seen, next } = course;
  const who = attribute(hints, "track", seen.self, null);
  const users = actors(hints, ["track"], seen.self);
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

/** What waits is not written, but the rest of the card is: whoever edited it last before that is remembered. */
function lastEditByOthers({ seen, next }: Course): LastEdit {
  const shown = { by: seen.card.lastEditedBy, at: seen.card.lastEditedAt };
  const [waited] = guarded.flatMap((key) => next.waiting[key]?.lastEdit ?? []);
  return shown.by === seen.self && waited ? waited : shown;
}

function waitingFor(
  { seen, next }: Course,
  keys: readonly GuardedKey[],
  known: Pick<Waiting, "hints" | "lastEdit">,
): Accepted["waiting"] {
  const others = Object.entries(next.waiting).filter(([key]) => !guarded.some((it) => it === key));
  const since = (key: GuardedKey) => next.waiting[key]?.since ?? seen.now.toISOString();
  return Object.fromEntries([...others, ...keys.map((key) => [key, { since: since(key), ...known }])]);
}
