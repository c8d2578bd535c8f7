// SPDX-License-Identifier: EUPL-1.2
/** Creates and writes issues, and lets an assignee go whom GitHub does not take. */
import type { Octokit } from "@octokit/rest";
import { Refused } from "../../core/errors.ts";
import type { TaskSeen, TaskWanted } from "../tracker.ts";
import { type IssuePatch, newIssue, patchFor, taskOf } from "./issue.ts";
import type { Repository } from "./repository.ts";

type Around = Readonly<{ octokit: Octokit; repository: Repository }>;

export async function createIssue({ octokit, repository }: Around, wanted: TaskWanted): Promise<TaskSeen> {
  const make = (issue: ReturnType<typeof newIssue>) =>
    repository.ask(`creating the issue of card ${wanted.card}`, (where) =>
      octokit.rest.issues.create({ ...where, ...issue }),
    );
  const { data } = await withAssigneesOrNot(newIssue(wanted), make);
  return taskOf(data);
}

/** null: the issue is gone, or cannot be opened again: one that was converted to a discussion stays closed for good. */
export async function writeIssue({ octokit, repository }: Around, seen: TaskSeen, wanted: TaskWanted) {
  const patch = patchFor(seen, wanted);
  if (!patch) return { task: seen, wrote: false };
  const update = (change: IssuePatch) =>
    repository.askIfThere(`writing issue ${seen.number}`, (where) =>
      octokit.rest.issues.update({ ...where, issue_number: seen.number, ...change }),
    );
  try {
    const answer = await withAssigneesOrNot(patch, update);
    return answer && { task: taskOf(answer.data), wrote: true };
  } catch (error) {
    if (patch.state === "open" && (await isClosedForGood(update, error))) return null;
    throw error;
  }
}

/** Asked with the opening alone, so that whatever else was refused is not taken for it. */
async function isClosedForGood(update: (change: IssuePatch) => Promise<unknown>, error: unknown): Promise<boolean> {
  if (!(error instanceof Refused)) return false;
  const opened = await update({ state: "open" }).catch((again: unknown) => again);
  if (opened instanceof Error && !(opened instanceof Refused)) throw opened;
  return opened instanceof Refused || opened === null;
}

/** GitHub refuses the whole write for one assignee without access to the repository; what else there is to write is not lost for it. */
async function withAssigneesOrNot<Write extends { assignees?: string[] | undefined }, Answer>(
  write: Write,
  send: (write: Write) => Promise<Answer>,
): Promise<Answer> {
  try {
    return await send(write);
  } catch (error) {
    const isAboutThem = error instanceof Refused && /\bassignees invalid\b/.test(error.message);
    if (!isAboutThem || write.assignees === undefined) throw error;
    const { assignees: _refused, ...rest } = write;
    return send(rest as Write);
  }
}
