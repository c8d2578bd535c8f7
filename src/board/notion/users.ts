// SPDX-License-Identifier: EUPL-1.2
/** Who is still in the workspace: members are listed, guests are only found by their id, and whoever left is neither. */
import type { Client, ListUsersResponse } from "@notionhq/client";
import type { UserId } from "../../core/card.ts";
import { ask, askIfThere } from "./errors.ts";
import { uuid } from "./ids.ts";

const pageSize = 100;

/**
 * Those of the users who are not there. The list comes first even for one: that it is answered shows that the connection
 * may see users at all, without which the 404 for each of them would mean nothing.
 */
export async function goneUsers(notion: Client, users: readonly UserId[]): Promise<readonly UserId[]> {
  const unlisted = await notListed(notion, new Set(users));
  const gone: UserId[] = [];
  for (const user of unlisted) {
    const there = await askIfThere("looking for a user", () => notion.users.retrieve({ user_id: user }));
    if (there === null) gone.push(user);
  }
  return gone;
}

async function notListed(notion: Client, wanted: Set<UserId>): Promise<ReadonlySet<UserId>> {
  for (let cursor: string | null | undefined; wanted.size > 0 && cursor !== null; ) {
    const start = cursor === undefined ? {} : { start_cursor: cursor };
    const answer: ListUsersResponse = await ask("listing the workspace's members", () =>
      notion.users.list({ page_size: pageSize, ...start }),
    );
    for (const { id } of answer.results) wanted.delete(uuid(id));
    cursor = answer.has_more ? answer.next_cursor : null;
  }
  return wanted;
}
