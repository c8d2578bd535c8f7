// SPDX-License-Identifier: EUPL-1.2
/** What setup and the doctor do in Notion beyond the board: who the connection is and may do, and making what is missing. */
import { type Client, isFullUser, isFullView } from "@notionhq/client";
import { Permanent } from "../../core/errors.ts";
import { lackingCapabilities } from "./capabilities.ts";
import { type ClientSettings, notionClient } from "./client.ts";
import { ask, askIfThere } from "./errors.ts";
import { plainId, uuid } from "./ids.ts";
import { addOptions, addProperties, makeSource, type Relation, readSource } from "./make-source.ts";
import { allUsers, type NotionUser, sharedPages, sourcesCalled, userOf } from "./shared.ts";
import type { WantedProperty } from "./wanted.ts";

export type NotionAdministration = ReturnType<typeof administerNotion>;

/** Every method throws RetryLater, Permanent or Refused. Only those called make… and add… write anything. */
export function administerNotion(settings: ClientSettings) {
  const notion = notionClient(settings);
  return {
    /** The connection's own user. Throws Permanent for a token that Notion does not accept. */
    async self(): Promise<Readonly<{ id: string; name: string; workspace: string }>> {
      const me = await ask("asking Notion who the connection is", () => notion.users.me({}));
      const workspace = me.type === "bot" && "workspace_name" in me.bot ? (me.bot.workspace_name ?? "") : "";
      return { id: uuid(me.id), name: me.name ?? "", workspace };
    },
    lacking: () => lackingCapabilities(notion),
    users: () => allUsers(notion),
    /** null: nobody of this id, or no longer in the workspace. */
    async user(id: string): Promise<NotionUser | null> {
      const found = await askIfThere("looking a person up in Notion", () => notion.users.retrieve({ user_id: id }));
      return found && isFullUser(found) ? userOf(found) : null;
    },
    sharedPages: () => sharedPages(notion),
    /** Whether a page is there for the connection: made, and shared with it. */
    async hasPage(id: string): Promise<boolean> {
      return (await askIfThere("looking for a page", () => notion.pages.retrieve({ page_id: id }))) !== null;
    },
    sourcesCalled: (title: string) => sourcesCalled(notion, title),
    source: (id: string) => readSource(notion, id),
    makeSource: (page: string, title: string, wanted: readonly WantedProperty[], prefix: string, relation?: Relation) =>
      makeSource(notion, { page, title, wanted, prefix, ...(relation && { relation }) }),
    addProperties: (id: string, wanted: readonly WantedProperty[], prefix: string, relation?: Relation) =>
      addProperties(notion, id, { wanted, prefix, ...(relation && { relation }) }),
    addOptions: (id: string, property: string, add: readonly string[]) => addOptions(notion, id, property, add),
    /** Whether a board with a column per option of this property is among the database's views. */
    hasBoard: (database: string, property: string) => hasBoard(notion, database, property),
    async makeBoard(id: string, property: string, name: string): Promise<void> {
      const { parent, properties } = await readSource(notion, id);
      const columns = Object.values(properties).find((it) => it.name === property);
      if (!columns || parent.type !== "database_id") throw new Permanent(`«${property}» is no property of ${id}`);
      const group_by = {
        type: "select" as const,
        property_id: columns.id,
        sort: { type: "manual" as const },
        hide_empty_groups: false,
      };
      await ask("making the board", () =>
        notion.views.create({
          data_source_id: id,
          database_id: parent.database_id,
          name,
          type: "board",
          configuration: { type: "board", group_by },
        }),
      );
    },
  };
}

async function hasBoard(notion: Client, database: string, property: string): Promise<boolean> {
  const { results } = await ask("listing the views", () => notion.views.list({ database_id: database }));
  for (const { id } of results) {
    const view = await ask("reading a view", () => notion.views.retrieve({ view_id: id }));
    if (!isFullView(view) || view.configuration?.type !== "board") continue;
    const { group_by: by } = view.configuration;
    if ("property_id" in by && plainId(by.property_id) === plainId(property)) return true;
  }
  return false;
}
