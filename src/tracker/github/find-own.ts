// SPDX-License-Identifier: EUPL-1.2
/** Looks for an issue that an earlier try may have created without learning of it. */
import type { Octokit } from "@octokit/rest";
import type { CardId } from "../../core/card.ts";
import { cardMarked } from "./block.ts";
import type { Issue } from "./issue.ts";
import type { Repository } from "./repository.ts";

const PAGE = 100;

type Search = Readonly<{ octokit: Octokit; repository: Repository; self: string; card: CardId; since: string }>;

/**
 * The first issue that the service itself opened for the card at or after `since` (ISO), or null. A marker in somebody
 * else's issue, or below another card's block, does not count. GitHub's timestamps are whole seconds.
 */
export async function findOwnIssue(search: Search): Promise<Issue | null> {
  const from = Math.floor(Date.parse(search.since) / 1000) * 1000;
  let found: Issue | null = null;
  for (let page = 1; ; page += 1) {
    const { issues, isLast } = await listPage(search, from, page);
    for (const issue of issues) {
      if (Date.parse(issue.created_at) >= from && isOwn(issue, search)) found = issue;
    }
    const oldest = issues.at(-1);
    // Newest first: what comes after an issue that is too old is older still.
    if (isLast || !oldest || Date.parse(oldest.created_at) < from) return found;
  }
}

async function listPage({ octokit, repository, self }: Search, from: number, page: number) {
  const answer = await repository.ask("looking for an issue created earlier", (where) =>
    octokit.rest.issues.listForRepo({
      ...where,
      state: "all",
      creator: self,
      since: new Date(from).toISOString(),
      sort: "created",
      direction: "desc",
      per_page: PAGE,
      page,
    }),
  );
  return { issues: answer.data, isLast: !/rel="next"/.test(answer.headers.link ?? "") };
}

/** `creator` has filtered by author; it is not taken on trust. Pull requests are listed among the issues. */
function isOwn(issue: Issue, { self, card }: Search): boolean {
  const isSelf = issue.user?.login.toLowerCase() === self.toLowerCase();
  return isSelf && issue.pull_request === undefined && cardMarked(issue.body ?? "") === card;
}
