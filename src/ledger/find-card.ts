// SPDX-License-Identifier: EUPL-1.2
/** Finds a card by what a person has at hand: its number on the board, its page id, or the address of its page. */
import type { CardId } from "../core/card.ts";
import type { CardRecord, Ledger } from "./ledger.ts";

/** How a person names a card. */
export type Reference = Readonly<{ kind: "id"; id: CardId } | { kind: "number"; number: string }>;

/**
 * Understands INNO-3 in any letter case, a page id with or without hyphens, and an address that ends in the id or, as
 * when a page is opened beside the board, names it as p. null for anything else.
 */
export function parseReference(text: string): Reference | null {
  const given = text.trim();
  const address = given.includes("/") ? urlOf(given) : null;
  const id = idAtEnd(address ? (address.searchParams.get("p") ?? address.pathname) : given);
  if (id !== null) return { kind: "id", id };
  return /^(?:[\p{L}\d]+-)?\d+$/u.test(given) ? { kind: "number", number: given.toUpperCase() } : null;
}

/** The record of the card, or null when the ledger knows no such card. */
export async function findCard(ledger: Ledger, reference: Reference): Promise<CardRecord | null> {
  if (reference.kind === "id") return (await ledger.card(reference.id))?.record ?? null;
  // No index of numbers is kept: it would have to be right at every write, for a question that is asked by hand now and
  // then about a board of some hundred cards.
  for await (const id of ledger.cards()) {
    const record = (await ledger.card(id))?.record;
    if (record?.seen.projectId.toUpperCase() === reference.number) return record;
  }
  return null;
}

/** People leave out what their browser hides. */
function urlOf(text: string): URL | null {
  return URL.parse(text) ?? URL.parse(`https://${text}`);
}

/** The page id that a text ends in, as the ledger writes it: 32 hex digits, before which none stands. */
function idAtEnd(text: string): CardId | null {
  const [found] = /(?<![0-9a-f])[0-9a-f]{8}(?:-?[0-9a-f]{4}){3}-?[0-9a-f]{12}(?=\/?$)/iu.exec(text) ?? [];
  const digits = found?.replaceAll("-", "").toLowerCase();
  return digits?.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/u, "$1-$2-$3-$4-$5") ?? null;
}
