// SPDX-License-Identifier: EUPL-1.2
/** The issues that have changed, page by page: what events did not tell. */
import type { Octokit } from "@octokit/rest";
import type { TaskSeen } from "../tracker.ts";
import { taskOf } from "./issue.ts";
import type { Repository } from "./repository.ts";

const PAGE = 100;

/**
 * Every issue changed at or after `since` (null: all; GitHub tells whole seconds), oldest change first, pull requests left
 * out. One that changes
 * while the pages are read moves to the end and comes twice; the pages shift, so one may be left out until the next time.
 */
export async function* changedIssues(
  octokit: Octokit,
  repository: Repository,
  since: string | null,
): AsyncGenerator<TaskSeen> {
  const from = since === null ? null : `${new Date(since).toISOString().slice(0, 19)}Z`;
  for (let page = 1; ; page += 1) {
    const { data, headers } = await repository.ask("looking for changed issues", (where) =>
      octokit.rest.issues.listForRepo({
        ...where,
        state: "all",
        sort: "updated",
        direction: "asc",
        per_page: PAGE,
        page,
        ...(from === null ? {} : { since: from }),
      }),
    );
    for (const issue of data) if (issue.pull_request === undefined) yield taskOf(issue);
    if (!/rel="next"/.test(headers.link ?? "")) return;
  }
}
