// SPDX-License-Identifier: EUPL-1.2
/** Whom a command is asked about, as people name them on a command line. */
import type { UserId } from "../src/core/card.ts";
import { trackerLogin, trackerUser } from "../src/core/task-request.ts";
import type { Model } from "../src/model/model.ts";

/**
 * Every id by which the ledger may know the person: named by the key in the municipality's file, by a user id of Notion's,
 * or as `github:login`. One who is in no list stands for themselves, for who was taken out of the file stays in the log.
 * null: nobody has the key.
 */
export function usersNamed({ municipality: { people } }: Model, named: string): readonly UserId[] | null {
  const id = userId(named) ?? named;
  const known = people.map(({ key, notion, github }) => {
    return { key, users: [...notion, ...(github ? [trackerUser(github)] : [])] };
  });
  const person = known.find(({ key, users }) => key === named || users.includes(id));
  if (person) return person.users;
  return userId(named) !== null || trackerLogin(named) ? [id] : null;
}

/** What is said when nobody has the key. */
export function nobodyNamed({ municipality: { people } }: Model, named: string): string {
  return `nobody has the key «${named}»; the municipality's are ${people.map(({ key }) => key).join(", ")}. Somebody who is in no list is named by the user id that Notion has for them, or as github:login`;
}

/** The id as Notion's API writes it; it is often copied without its hyphens. */
function userId(text: string): UserId | null {
  const digits = text.replaceAll("-", "").toLowerCase();
  if (!/^[0-9a-f]{32}$/u.test(digits)) return null;
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/u, "$1-$2-$3-$4-$5");
}
