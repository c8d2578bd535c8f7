// SPDX-License-Identifier: EUPL-1.2
/** GitHub Issues as the task tracker. */
import type { Octokit } from "@octokit/rest";
import { Refused } from "../../core/errors.ts";
import type { TaskRef, TaskSeen, TaskWanted, Tracker } from "../tracker.ts";
import { type ClientSettings, githubClient } from "./client.ts";
import { translate } from "./errors.ts";
import { findOwnIssue } from "./find-own.ts";
import { inertLines } from "./inert.ts";
import { newIssue, patchFor, taskOf } from "./issue.ts";
import { openRepository, type Repository } from "./repository.ts";

export { createGithubInbound } from "./webhook.ts";

export type GithubSettings = ClientSettings &
  Readonly<{
    owner: string;
    repo: string;
    /** Addresses on these hosts stay links in comments; all others are broken. Default: Notion's. */
    boardHosts?: readonly string[];
  }>;

/** The port, and the repository's owner/name as it is called now. */
export type GithubTracker = Tracker & Readonly<{ repository: string }>;

const NOTION_HOSTS = ["notion.so", "www.notion.so", "app.notion.com", "www.notion.com"];
/** UTF-16 units of a comment before escaping; GitHub takes 65,536 after it. */
const COMMENT = 10_000;

/**
 * Opens the tracker: finds out who the service is and that the repository can be seen.
 * Throws Permanent, saying what to change, when the credentials or the repository are not usable.
 */
export async function createGithub(settings: GithubSettings): Promise<GithubTracker> {
  const octokit = githubClient(settings);
  const self = await whoAmI(octokit, settings.auth.kind === "token");
  const repository = await openRepository(octokit, { owner: settings.owner, repo: settings.repo });
  const hosts = new Set(settings.boardHosts ?? NOTION_HOSTS);
  return {
    self,
    get repository() {
      return repository.name;
    },
    read: (ref) => read(octokit, repository, ref),
    create: (wanted) => create(octokit, repository, wanted),
    async findOwn(card, since) {
      const issue = await findOwnIssue({ octokit, repository, self, card, since });
      return issue && taskOf(issue);
    },
    write: (ref, wanted) => write(octokit, repository, ref, wanted),
    comment: (ref, text) => comment(octokit, repository, ref, inertLines(text, hosts, COMMENT)),
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

/** A number can come to mean another issue when a repository is made anew: the id is compared too. */
async function read(octokit: Octokit, repository: Repository, ref: TaskRef): Promise<TaskSeen | null> {
  const answer = await repository.askIfThere(`reading issue ${ref.number}`, (where) =>
    octokit.rest.issues.get({ ...where, issue_number: ref.number }),
  );
  return answer && answer.data.id === ref.id ? taskOf(answer.data) : null;
}

async function create(octokit: Octokit, repository: Repository, wanted: TaskWanted): Promise<TaskSeen> {
  const { data } = await repository.ask(`creating the issue of card ${wanted.card}`, (where) =>
    octokit.rest.issues.create({ ...where, ...newIssue(wanted) }),
  );
  return taskOf(data);
}

async function write(octokit: Octokit, repository: Repository, ref: TaskRef, wanted: TaskWanted) {
  const seen = await read(octokit, repository, ref);
  if (!seen) return null;
  const patch = patchFor(seen, wanted);
  if (!patch) return { task: seen, wrote: false };
  const answer = await repository.askIfThere(`writing issue ${ref.number}`, (where) =>
    octokit.rest.issues.update({ ...where, issue_number: ref.number, ...patch }),
  );
  return answer && { task: taskOf(answer.data), wrote: true };
}

async function comment(octokit: Octokit, repository: Repository, ref: TaskRef, body: string): Promise<void> {
  const answer = await repository.askIfThere(`commenting on issue ${ref.number}`, (where) =>
    octokit.rest.issues.createComment({ ...where, issue_number: ref.number, body }),
  );
  if (!answer) throw new Refused(`issue ${ref.number} is gone; there is nothing to comment on`);
}
