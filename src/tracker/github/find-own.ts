// SPDX-License-Identifier: EUPL-1.2
/** Looks for an issue that an earlier try may have created without learning of it. */
import type { Octokit } from "@octokit/rest";
import type { CardId } from "../../core/card.ts";
import { cardMarked } from "./block.ts";
import type { Issue } from "./issue.ts";
import type { Repository } from "./repository.ts";

const PAGE = 100;

type Own = Readonly<{ octokit: Octokit; repository: Repository; self: string }>;
type Search = Own & Readonly<{ card: CardId; since: string }>;

/** Every issue that the service itself opened and that still bears a card's block first, oldest first. */
export async function* ownIssues(own: Own): AsyncGenerator<{ card: CardId; issue: Issue }> {
  for (let page = 1; ; page += 1) {
    const { issues, isLast } = await listPage(own, { direction: "asc", page });
    for (const issue of issues) {
      const card = isBySelf(issue, own) ? cardMarked(issue.body ?? "") : null;
      if (card !== null) yield { card, issue };
    }
    if (isLast) return;
  }
}

/**
 * The first issue that the service itself opened for the card at or after `since` (ISO), or null. A marker in somebody
 * else's issue, or below another card's block, does not count. GitHub's timestamps are whole seconds.
 */
export async function findOwnIssue(search: Search): Promise<Issue | null> {
  const from = Math.floor(Date.parse(search.since) / 1000) * 1000;
  let found: Issue | null = null;
  for (let page = 1; ; page += 1) {
    const { issues, isLast } = await listPage(search, { direction: "desc", page, since: new Date(from).toISOString() });
    for (const issue of issues) {
      if (Date.parse(issue.created_at) >= from && isOwn(issue, search)) found = issue;
    }
    const oldest = issues.at(-1);
    // Newest first: what comes after an issue that is too old is older still.
    if (isLast || !oldest || Date.parse(oldest.created_at) < from) return found;
  }
}

type Page = Readonly<{ direction: "asc" | "desc"; page: number; since?: string }>;

async function listPage({ octokit, repository, self }: Own, page: Page) {
  const answer = await repository.ask("looking for an issue created earlier", (where) =>
    octokit.rest.issues.listForRepo({
      ...where,
      state: "all",
      creator: self,
      sort: "created",
      per_page: PAGE,
      ...page,
    }),
  );
  return { issues: answer.data, isLast: !/rel="next"/.test(answer.headers.link ?? "") };
}

/** `creator` has filtered by author; it is not taken on trust. Pull requests are listed among the issues. */
function isBySelf(issue: Issue, { self }: Own): boolean {
  return issue.user?.login.toLowerCase() === self.toLowerCase() && issue.pull_request === undefined;
}

function isOwn(issue: Issue, search: Search): boolean {
  return isBySelf(issue, search) && cardMarked(issue.body ?? "") === search.card;
}
