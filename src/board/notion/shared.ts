// SPDX-License-Identifier: EUPL-1.2
/** What the connection can see: the workspace's people, and what is shared with it. */
import {
  type Client,
  collectPaginatedAPI,
  isFullDataSource,
  isFullPage,
  type UserObjectResponse,
} from "@notionhq/client";
import { ask } from "./errors.ts";
import { uuid } from "./ids.ts";

export type NotionUser = Readonly<{
  id: string;
  name: string;
  kind: "person" | "bot";
  /** null: the connection may not read e-mail addresses, or there is none. */
  email: string | null;
}>;

export type SharedPage = Readonly<{ id: string; title: string }>;

/** People and bots of the workspace; Notion leaves guests out. */
export async function allUsers(notion: Client): Promise<readonly NotionUser[]> {
  const users = await ask("listing the workspace's people", () => collectPaginatedAPI(notion.users.list, {}));
  return users.map(userOf);
}

export function userOf(user: UserObjectResponse): NotionUser {
  const email = user.type === "person" ? (user.person.email ?? null) : null;
  return { id: uuid(user.id), name: user.name ?? "", kind: user.type === "person" ? "person" : "bot", email };
}

/** Pages that databases can be made in: rows of a database are none. */
export async function sharedPages(notion: Client): Promise<readonly SharedPage[]> {
  const found = await search(notion, "page");
  return found.flatMap((page) => {
    if (page.object !== "page" || !isFullPage(page) || page.in_trash || page.parent.type === "data_source_id")
      return [];
    const title = Object.values(page.properties).find((it) => it.type === "title");
    return [{ id: uuid(page.id), title: title?.type === "title" ? plain(title.title) : "" }];
  });
}

/** Ids of the data sources of exactly this title, outside the bin. */
export async function sourcesCalled(notion: Client, title: string): Promise<readonly string[]> {
  const found = await search(notion, "data_source", title);
  return found.flatMap((it) =>
    it.object === "data_source" && isFullDataSource(it) && !it.in_trash && plain(it.title) === title
      ? [uuid(it.id)]
      : [],
  );
}

function search(notion: Client, value: "page" | "data_source", query?: string) {
  const wish = { ...(query !== undefined && { query }), filter: { property: "object" as const, value } };
  return ask("looking for what is shared with the connection", () => collectPaginatedAPI(notion.search, wish));
}

function plain(text: readonly Readonly<{ plain_text: string }>[]): string {
  return text.map((it) => it.plain_text).join("");
}
