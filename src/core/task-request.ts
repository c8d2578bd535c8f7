// SPDX-License-Identifier: EUPL-1.2
/** What developers ask of a card by changing its task, and what the card is told of it (DOMAIN 7). */
import type { Model, PhaseKey } from "../model/model.ts";
import type { Accepted } from "./accepted.ts";
import type { CardPatch, CardSeen, UserId } from "./card.ts";
import { type Course, say, withNext } from "./course.ts";
import { message } from "./messages.ts";

/** A change that was made on the task. It holds for the card as the task knew it (`from`); one changed since wins. */
export type TaskRequest =
  | Readonly<{ kind: "title"; from: string; to: string }>
  | Readonly<{ kind: "owners"; from: readonly UserId[]; to: readonly UserId[] }>
  | Readonly<{ kind: "phase"; to: PhaseKey; by: readonly UserId[]; events: readonly string[] }>
  | Readonly<{ kind: "replaced"; url: string }>;

/** Whoever acted on the tracker, as the decision log names them. */
export function trackerUser(login: string): UserId {
  return `${TRACKER}${login}`;
}

/** The login behind a name of the log, or null for a user of the board. */
export function trackerLogin(user: UserId): string | null {
  return user.startsWith(TRACKER) ? user.slice(TRACKER.length) : null;
}

const TRACKER = "github:";

/** What the card takes over from its task: whatever the board has not changed since. */
export function followed(card: CardSeen, requests: readonly TaskRequest[]): CardPatch {
  return Object.assign({}, ...requests.map((request) => taken(card, request)));
}

/** The card as it is once it has taken over what it follows: what is shown of it must say the same. */
export function afterFollowing(
  { rules }: Model,
  card: CardSeen,
  { title = card.title, owners = card.owners }: CardPatch,
): CardSeen {
  const fields = { ...card.fields, [rules.card.title.name]: title, [rules.card.owner.name]: owners };
  return { ...card, title, owners, fields };
}

function taken(card: CardSeen, request: TaskRequest): CardPatch {
  switch (request.kind) {
    case "title":
      return card.title === request.from ? { title: request.to } : {};
    case "owners":
      return sameUsers(card.owners, request.from) ? { owners: request.to } : {};
    case "phase":
    case "replaced":
      return {};
  }
}

/** B24: the task is gone and another has taken its place. Told once for each. */
export function takeReplaced(course: Course): Course {
  const gone = requestsOf(course).findLast((it) => it.kind === "replaced");
  if (!gone || gone.url === course.next.replacedBy) return course;
  return say(withNext(course, { replacedBy: gone.url }), message("B24", { link: gone.url }), { actors: [] });
}

/** The phase that a developer asks for, unless the board shows that somebody has moved the card meanwhile. */
export function phaseAsked(course: Course): Extract<TaskRequest, { kind: "phase" }> | null {
  const { seen, next } = course;
  const asked = requestsOf(course).findLast((it) => it.kind === "phase");
  return asked && stands(seen.card, next) ? asked : null;
}

function requestsOf({ seen }: Course): readonly TaskRequest[] {
  return seen.task?.requests ?? [];
}

function stands({ state, phase }: CardSeen, { position }: Accepted): boolean {
  return state === position.state && phase === position.phase;
}

function sameUsers(one: readonly UserId[], other: readonly UserId[]): boolean {
  return one.length === other.length && one.every((user) => other.includes(user));
}
