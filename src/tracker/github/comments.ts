// SPDX-License-Identifier: EUPL-1.2
/** Comments on an issue, and the marker by which the service recognises its own. */
import type { Octokit } from "@octokit/rest";
import { Bug, Refused } from "../../core/errors.ts";
import type { TaskNote } from "../../core/task-link.ts";
import type { TaskRef } from "../tracker.ts";
import { inertLines } from "./inert.ts";
import type { Repository } from "./repository.ts";

/** UTF-16 units of a comment before escaping; GitHub takes 65,536 after it. */
const COMMENT = 10_000;
const PAGE = 100;
/** Nothing that could end the comment it stands in. */
const MARKER = /^[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*$/;

type Around = Readonly<{ octokit: Octokit; repository: Repository }>;

/** The text, inert, and the marker where GitHub shows nothing. Throws Refused when the issue is gone. */
export async function writeComment({ octokit, repository }: Around, ref: TaskRef, note: TaskNote, hosts: Set<string>) {
  const body = `${inertLines(note.text, hosts, COMMENT)}\n\n${markerText(note.marker)}`;
  const answer = await repository.askIfThere(`commenting on issue ${ref.number}`, (where) =>
    octokit.rest.issues.createComment({ ...where, issue_number: ref.number, body }),
  );
  if (!answer) throw new Refused(`issue ${ref.number} is gone; there is nothing to comment on`);
}

/** Whether one of the comments that `self` wrote on the issue ends with the marker. Somebody else's does not count. */
export async function findMarker({ octokit, repository }: Around, self: string, ref: TaskRef, marker: string) {
  for (let page = 1; ; page += 1) {
    const answer = await repository.askIfThere(`reading the comments of issue ${ref.number}`, (where) =>
      octokit.rest.issues.listComments({ ...where, issue_number: ref.number, per_page: PAGE, page }),
    );
    if (!answer) return false;
    const isMarked = answer.data.some(
      ({ user, body }) => user?.login.toLowerCase() === self.toLowerCase() && body?.endsWith(markerText(marker)),
    );
    if (isMarked) return true;
    if (answer.data.length < PAGE) return false;
  }
}

function markerText(marker: string): string {
  if (!MARKER.test(marker)) throw new Bug(`"${marker}" cannot be a comment's marker`);
  return `<!-- faseport:said ${marker} -->`;
}
