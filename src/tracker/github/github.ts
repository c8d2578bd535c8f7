// SPDX-License-Identifier: EUPL-1.2
/** GitHub Issues as the task tracker. */
import type { Octokit } from "@octokit/rest";
import type { Tracker } from "../tracker.ts";
import { changedIssues } from "./changed.ts";
import { type ClientSettings, githubClient } from "./client.ts";
import { findMarker, writeComment } from "./comments.ts";
import { translate } from "./errors.ts";
import { findOwnIssue, ownIssues } from "./find-own.ts";
import { changesOf, type Issue, patchFor, taskOf } from "./issue.ts";
import { openRepository, type Repository } from "./repository.ts";
import { createIssue, writeIssue } from "./write-issue.ts";

export { createGithubInbound } from "./webhook.ts";

export type GithubSettings = ClientSettings &
  Readonly<{
    owner: string;
    repo: string;
    /** The repository's id as it was found before, if it was: the configured name may mean another one by now. */
    knownRepository?: number | null;
    /** Addresses on these hosts stay links in comments; all others are broken. Default: Notion's. */
    boardHosts?: readonly string[];
  }>;

/** The port, and the repository: its id, and its owner/name as it is called now. */
export type GithubTracker = Tracker & Readonly<{ repository: string; repositoryId: number }>;

const NOTION_HOSTS = ["notion.so", "www.notion.so", "app.notion.com", "www.notion.com"];

/**
 * Opens the tracker: finds out who the service is and that the repository can be seen.
 * Throws Permanent, saying what to change, when the credentials or the repository are not usable.
 */
export async function createGithub(settings: GithubSettings): Promise<GithubTracker> {
  const octokit = githubClient(settings);
  const self = await whoAmI(octokit, settings.auth.kind === "token");
  const configured = { owner: settings.owner, repo: settings.repo };
  const repository = await openRepository(octokit, configured, settings.knownRepository ?? null);
  const hosts = new Set(settings.boardHosts ?? NOTION_HOSTS);
  return {
    self,
    repositoryId: repository.id,
    get repository() {
      return repository.name;
    },
    async read(ref) {
      const issue = await read(octokit, repository, ref.number);
      // A number can come to mean another issue when a repository is made anew: the id is compared too.
      return issue?.id === ref.id ? taskOf(issue) : null;
    },
    async find(number) {
      const issue = await read(octokit, repository, number);
      return issue && issue.pull_request === undefined ? taskOf(issue) : null;
    },
    changed: (since) => changedIssues(octokit, repository, since),
    create: (wanted) => createIssue({ octokit, repository }, wanted),
    async findOwn(card, since) {
      const issue = await findOwnIssue({ octokit, repository, self, card, since });
      return issue && taskOf(issue);
    },
    async *ownTasks() {
      for await (const { card, issue } of ownIssues({ octokit, repository, self })) yield { card, task: taskOf(issue) };
    },
    changes: (seen, wanted) => changesOf(patchFor(seen, wanted) ?? {}),
    write: (seen, wanted) => writeIssue({ octokit, repository }, seen, wanted),
    comment: (ref, note) => writeComment({ octokit, repository }, ref, note, hosts),
    hasComment: (ref, marker) => findMarker({ octokit, repository }, self, ref, marker),
  };
}

/** An app's issues and comments are made by its bot, whose login is the app's slug. */
async function whoAmI(octokit: Octokit, isUser: boolean): Promise<string> {
  try {
    if (isUser) return (await octokit.rest.users.getAuthenticated()).data.login;
    const { data } = await octokit.rest.apps.getAuthenticated();
    return `${data?.slug}[bot]`;
  } catch (error) {
    throw translate(error, "asking GitHub who the service is");
  }
}

async function read(octokit: Octokit, repository: Repository, number: number): Promise<Issue | null> {
  const answer = await repository.askIfThere(`reading issue ${number}`, (where) =>
    octokit.rest.issues.get({ ...where, issue_number: number }),
  );
  return answer?.data ?? null;
}
