// SPDX-License-Identifier: EUPL-1.2
/**
 * Who changed a property, as far as the events can tell (DOMAIN 6). The board never says which person changed which
 * property; an event names its authors and the touched properties, and that is the only evidence for.
 */
import type { Author, Hint, UserId } from "./card.ts";

/** A closed answer: nobody known yet, exactly these persons, or a machine among them. */
export type Attribution =
  | Readonly<{ kind: "unknown" }>
  | Readonly<{
      kind: "people" | "machine";
      authors: readonly Author[];
      /** The persons among the authors: whom to tell. */
      users: readonly UserId[];
      events: readonly string[];
      at: string;
    }>;

/** An event may be stamped up to an aggregation window before the last of the edits it tells of. */
export const AGGREGATION_WINDOW_MS = 60_000;

/** The last edit of anything on the page, `at` truncated to the minute by the board. */
export type LastEdit = Readonly<{ by: UserId; at: string }>;

/**
 * The authors of every event that touched the property, the service itself left out. The order and the number of times
 * in which events arrived make no difference. The last edit is evidence against only: when no known event tells of it,
 * it may have undone or redone the change. Give null where the board does not tell.
 */
export function attribute(hints: readonly Hint[], key: string, self: UserId, lastEdit: LastEdit | null): Attribution {
  const touching = inOrder(hints).filter((hint) => hint.touched.includes(key));
  const authors = uniqueAuthors(touching).filter((author) => author.id !== self);
  if (authors.length === 0 || !isExplained(hints, self, lastEdit)) return { kind: "unknown" };
  return {
    kind: authors.every((author) => author.kind === "person") ? "people" : "machine",
    authors,
    users: authors.filter(({ kind }) => kind === "person").map(({ id }) => id),
    events: touching.map((hint) => hint.event),
    at: touching.at(-1)?.at ?? "",
  };
}

function isExplained(hints: readonly Hint[], self: UserId, lastEdit: LastEdit | null): boolean {
  if (lastEdit === null || lastEdit.by === self) return true;
  const edited = Date.parse(lastEdit.at);
  return hints.some(
    ({ authors, at }) =>
      authors.some(({ id }) => id === lastEdit.by) && Date.parse(at) + AGGREGATION_WINDOW_MS >= edited,
  );
}

/** Each event once, in the order in which the board says they happened. */
export function inOrder(hints: readonly Hint[]): readonly Hint[] {
  const unique = [...new Map(hints.map((hint) => [hint.event, hint])).values()];
  return unique.sort((a, b) => a.at.localeCompare(b.at) || a.event.localeCompare(b.event));
}

/** Everyone but the service whom the hints name for one of the properties: whom to tell, never whom to believe. */
export function actors(hints: readonly Hint[], keys: readonly string[], self: UserId): readonly UserId[] {
  return persons(
    hints.filter((hint) => hint.kind === "created" || keys.some((key) => hint.touched.includes(key))),
    self,
  );
}

/** Every person among the hints' authors, the service left out. */
export function persons(hints: readonly Hint[], self: UserId): readonly UserId[] {
  const authors = uniqueAuthors(hints).filter((author) => author.id !== self && author.kind === "person");
  return authors.map((author) => author.id);
}

/** Every bot and agent among the hints' authors, the service left out; an agent by the user in whose name it acts. */
export function machines(hints: readonly Hint[], self: UserId): readonly UserId[] {
  const authors = uniqueAuthors(hints).filter((author) => author.id !== self && author.kind !== "person");
  return [...new Set(authors.map((author) => author.id))];
}

/** Each author once; an agent in a person's name is another author than the person. */
function uniqueAuthors(hints: readonly Hint[]): readonly Author[] {
  const authors = hints.flatMap((hint) => hint.authors);
  return [...new Map(authors.map((author) => [`${author.kind} ${author.id}`, author])).values()];
}
