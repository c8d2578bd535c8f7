// SPDX-License-Identifier: EUPL-1.2
/** What all routes share: their parts, the answer, the one who acts, and the issue that a number leads to. */
import type { Context } from "hono";
import type { SandboxClock } from "../world.ts";
import type { Access, Caller } from "./access.ts";
import type { Budget } from "./budget.ts";
import type { Deliveries } from "./deliveries.ts";
import { etagOf, type Inside } from "./door.ts";
import type { Account } from "./people.ts";
import type { IssueRecord, RepositoryRecord } from "./records.ts";
import { issueDeleted, moved, notFound, notGranted } from "./replies.ts";
import type { Place } from "./show-issue.ts";
import type { Store } from "./store.ts";

export type Env = { Bindings: Inside };
export type Parts = Readonly<{
  store: Store;
  access: Access;
  budget: Budget;
  /** The repository's surroundings as they are now. */
  place: (repository?: RepositoryRecord) => Place;
  /** Logins that may be assigned. */
  logins: readonly string[];
  deliveries: Deliveries;
  clock: SandboxClock;
}>;

/** Answers as JSON with an ETag. */
export function reply(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  const text = JSON.stringify(body);
  const type = { "content-type": "application/json; charset=utf-8" };
  return new Response(text, { status, headers: { ...type, etag: etagOf(text), ...headers } });
}

/** The account that acts. Anonymous callers and app tokens see nothing of a private repository. */
export function actorOf(caller: Caller): Account {
  if (caller.kind !== "user") throw notFound();
  return caller.account;
}

/** The issue with this number. Throws what GitHub answers for a number that leads nowhere, or elsewhere. */
export function issueOf(c: Context<Env>, store: Store): IssueRecord {
  const issue = store.issues.find((it) => String(it.number) === c.req.param("number"));
  if (!issue) throw notFound();
  if (issue.gone?.kind === "deleted") throw issueDeleted();
  if (issue.gone?.kind === "transferred") {
    const { repositoryId, number } = issue.gone;
    throw moved(`${new URL(c.req.url).origin}/repositories/${repositoryId}/issues/${number}`, c.req.method);
  }
  return issue;
}

/** Throws what GitHub answers when a token that sees the repository may not write to it. */
export function mayWrite({ repository }: Store): void {
  if (!repository.rights.push) throw notGranted();
}
