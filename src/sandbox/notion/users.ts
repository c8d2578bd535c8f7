// SPDX-License-Identifier: EUPL-1.2
/** Users as Notion's API answers them. */
import type { PartialUserObjectResponse, UserObjectResponse } from "@notionhq/client";
import type { NotionPerson } from "../world.ts";
import { notFound } from "./problem.ts";
import { personOf, type Workspace } from "./workspace.ts";

/** What the recorded workspaces answered: five megabytes. */
const maxUpload = 5_242_880;

/** The full object. Only the connection's own bot tells who owns it; an agent looks like any other bot. */
export function showUser(workspace: Workspace, id: string): UserObjectResponse {
  const person = personOf(workspace, id);
  const common = { object: "user", id: person.id, name: person.name, avatar_url: null } as const;
  if (person.kind === "person") {
    const isTold = person.email !== undefined && workspace.capabilities.has("readEmails");
    return { ...common, type: "person", person: isTold ? { email: person.email ?? "" } : {} };
  }
  if (person.id !== workspace.bot.id) return { ...common, type: "bot", bot: {} };
  return {
    ...common,
    type: "bot",
    bot: {
      owner: { type: "workspace", workspace: true },
      workspace_name: workspace.name,
      workspace_id: workspace.id,
      workspace_limits: { max_file_upload_size_in_bytes: maxUpload },
    },
  };
}

/** A user as pages and comments show one: of somebody who has left, the id is all there is. */
export function showMentioned(workspace: Workspace, id: string): UserObjectResponse | PartialUserObjectResponse {
  return workspace.departed.has(id) ? partialUser(id) : showUser(workspace, id);
}

/** A member or guest by id. Throws the 404 for anybody else, somebody who has left among them. */
export function userThere(workspace: Workspace, id: string): UserObjectResponse {
  if (workspace.departed.has(id)) throw notFound("user", id, workspace.bot);
  return showUser(workspace, id);
}

/** Members and bots. Guests are never listed. */
export function members({ people, bot, departed, guests }: Workspace): readonly NotionPerson[] {
  return [...people.filter(({ id }) => !departed.has(id) && !guests.has(id)), bot];
}

export function partialUser(id: string): PartialUserObjectResponse {
  return { object: "user", id };
}
