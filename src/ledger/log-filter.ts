// SPDX-License-Identifier: EUPL-1.2
/** Which lines of the decision log somebody asks for. */
import type { LogRow } from "./log-row.ts";

/** What is absent is not asked for. */
export type LogFilter = Readonly<{
  /** A card's number (INNO-3), or its page's id with or without hyphens. */
  card?: string | undefined;
  /** A body's key. */
  body?: string | undefined;
  /** What a person did: the users and logins that the person is known by. */
  users?: readonly string[] | undefined;
  /** First and last local day, both included, as ISO dates. */
  from?: string | undefined;
  to?: string | undefined;
}>;

export function isAskedFor({ card, body, users, from, to }: LogFilter, { line, local }: LogRow): boolean {
  const day = local.slice(0, 10);
  return (
    (card === undefined || line.projectId.toUpperCase() === card.toUpperCase() || bare(line.card) === bare(card)) &&
    (body === undefined || line.body === body) &&
    (users === undefined || [...line.by, ...line.machines].some((user) => users.includes(user))) &&
    (from === undefined || day >= from) &&
    (to === undefined || day <= to)
  );
}

function bare(id: string): string {
  return id.replaceAll("-", "").toLowerCase();
}
