// SPDX-License-Identifier: EUPL-1.2
/**
 * Who changed a property, as far as the events can tell (DOMAIN 6). The board never says which person changed which
 * property; an event names its authors and the touched properties, and that is the only evidence for.
 */
import type { Author, Hint, UserId } from "./card.ts";

/** A closed answer: nobody known yet, exactly these persons, or a machine among them. */
export type Attribution =
  | Readonly<{ kind: "unknown" }>
  | Readonly<{ kind: "people"; users: readonly UserId[]; events: readonly string[]; at: string }>
  | Readonly<{ kind: "machine"; users: readonly UserId[]; events: readonly string[]; at: string }>;

/**
 * The authors of every event that touched the property, the service itself left out.
 * `lastEditedBy` is evidence against only: an editor whom no known event names may have undone or redone the change.
 * Give null where the board does not tell.
 */
export function attribute(hints: readonly Hint[], key: string, self: UserId, lastEditedBy: UserId | null): Attribution {
  const touching = hints.filter((hint) => hint.touched.includes(key));
  const authors = uniqueAuthors(touching).filter((author) => author.id !== self);
  if (authors.length === 0) return { kind: "unknown" };
  const explained =
    lastEditedBy === null || lastEditedBy === self || uniqueAuthors(hints).some(({ id }) => id === lastEditedBy);
  if (!explained) return { kind: "unknown" };
  return {
    kind: authors.every((author) => author.kind === "person") ? "people" : "machine",
    users: authors.map((author) => author.id),
    events: touching.map((hint) => hint.event),
    at:
      touching
        .map((hint) => hint.at)
        .sort()
        .at(-1) ?? "",
  };
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
  return uniqueAuthors(hints)
    .filter((author) => author.id !== self && author.kind === "person")
    .map((author) => author.id);
}

function uniqueAuthors(hints: readonly Hint[]): readonly Author[] {
  return [...new Map(hints.flatMap((hint) => hint.authors).map((author) => [author.id, author])).values()];
}
