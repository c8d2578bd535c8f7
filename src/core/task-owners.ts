// SPDX-License-Identifier: EUPL-1.2
/** A card's owners and the people assigned to its task: both ways, as far as the municipality knows their accounts (DOMAIN 7). */
import type { Model } from "../model/model.ts";
import type { CardSeen, UserId } from "./card.ts";
import { message } from "./messages.ts";
import type { Login, TaskSeen, TaskWanted } from "./task.ts";
import { loginsOf } from "./task.ts";
import type { TaskLink } from "./task-link.ts";
import type { Saying } from "./task-said.ts";

export type OwnersVerdict = Readonly<{
  /** The owners that the card is asked to have; null: the card's stand. */
  asked: readonly UserId[] | null;
  assignees: readonly Login[];
  formerAssignees: readonly Login[];
  /** Assignees in no list, of whom nothing was said yet. They are left alone. */
  strangers: readonly Login[];
  said: readonly Saying[];
}>;

type Facts = Readonly<{ card: CardSeen; wanted: TaskWanted; seen: TaskSeen; link: TaskLink }>;

/**
 * The board wins where it has changed. Where it has not, an owner who was replaced on the task is replaced on the card,
 * and a card without an owner gets the one who was assigned. An owner who was only taken off is put on again: a project
 * does not lose its owner by a click among the developers. More assignees than owners are the developers' business.
 */
export function judgeOwners(model: Model, facts: Facts): OwnersVerdict {
  const { card, wanted, seen, link } = facts;
  const agreed = link.synced?.owners ?? null;
  const refused = isChanged(wanted, agreed) ? [] : (link.synced?.refused ?? []);
  const owners = without(wanted.assignees, refused);
  const known = seen.assignees.filter((login) => userOf(model, login) !== null);
  const stands: OwnersVerdict = {
    asked: null,
    assignees: owners,
    formerAssignees: without(agreed ?? [], wanted.assignees),
    ...strangersAmong(model, seen, link),
  };
  if (agreed === null || isChanged(wanted, agreed)) return stands;
  const gone = without(owners, known);
  const came = without(known, wanted.assignees);
  const isAsked = came.length > 0 && (gone.length > 0 || card.owners.length === 0);
  if (!isAsked) return stands;
  const replaced = new Set(card.owners.filter((user) => has(gone, loginsOf(model, [user])[0])));
  const asked = [...card.owners.filter((user) => !replaced.has(user)), ...ownersAmong(model, came)];
  // Until the card has answered, the task stays as the developers left it.
  return { ...stands, asked, assignees: without(owners, gone), formerAssignees: [] };
}

/** Whether the task shows these owners where it had others. */
export function areAssigned({ assignees }: TaskSeen, before: readonly Login[], now: readonly Login[]): boolean {
  const former = without(before, now);
  return without(now, assignees).length === 0 && without(former, assignees).length === former.length;
}

function isChanged({ assignees }: TaskWanted, agreed: readonly Login[] | null): boolean {
  return agreed === null || without(assignees, agreed).length > 0 || without(agreed, assignees).length > 0;
}

function strangersAmong(model: Model, { assignees }: TaskSeen, { strangers }: TaskLink) {
  const fresh = without(assignees, strangers).filter((login) => userOf(model, login) === null);
  const said: readonly Saying[] = fresh.length > 0 ? [() => message("B30", {})] : [];
  return { strangers: fresh, said };
}

/** The board's users behind accounts, as far as the municipality knows the persons. */
export function ownersAmong(model: Model, logins: readonly Login[]): readonly UserId[] {
  return [...new Set(logins.flatMap((login) => userOf(model, login) ?? []))];
}

/** The board's user behind an account, if the municipality knows the person. */
function userOf(model: Model, login: Login): UserId | null {
  return model.municipality.people.find(({ github }) => github !== undefined && same(github, login))?.notion[0] ?? null;
}

function without(logins: readonly Login[], others: readonly Login[]): readonly Login[] {
  return logins.filter((login) => !has(others, login));
}

function has(logins: readonly Login[], login: Login | undefined): boolean {
  return login !== undefined && logins.some((it) => same(it, login));
}

/** The tracker knows no two accounts that differ only in case. */
function same(one: Login, other: Login): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
