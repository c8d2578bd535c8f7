// SPDX-License-Identifier: EUPL-1.2
/** The page that holds the databases: it lies in no data source, and its title is all that it has. */
import { plainItem, showRichText } from "./rich-text.ts";
import { partialUser } from "./users.ts";
import { toMinute, type Workspace } from "./workspace.ts";

export function showRootPage(workspace: Workspace) {
  const somebody = partialUser(workspace.people[0]?.id ?? workspace.bot.id);
  const at = toMinute(workspace.rootMadeAt);
  return {
    object: "page",
    id: workspace.rootPage,
    created_time: at,
    last_edited_time: at,
    created_by: somebody,
    last_edited_by: somebody,
    cover: null,
    icon: null,
    parent: { type: "workspace", workspace: true },
    in_trash: false,
    is_archived: false,
    is_locked: false,
    properties: {
      title: { id: "title", type: "title", title: showRichText(workspace, [plainItem(workspace.rootTitle)]) },
    },
    url: `https://www.notion.so/${workspace.rootTitle}-${workspace.rootPage.replaceAll("-", "")}`,
    public_url: null,
  };
}
