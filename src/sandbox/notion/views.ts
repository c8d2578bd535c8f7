// SPDX-License-Identifier: EUPL-1.2
/** Views of a database: tables, and boards with a column per option. */
import type { DataSourceViewObjectResponse } from "@notionhq/client";
import { partialUser } from "./users.ts";
import { type DataSource, sourceOf, type View, type Workspace } from "./workspace.ts";

type NewView = Readonly<{
  name: string;
  type: View["type"];
  groupedBy?: string;
  hideEmptyGroups?: boolean;
}>;

export function addView(workspace: Workspace, source: DataSource, wanted: NewView): View {
  const view: View = {
    id: workspace.ids.uuid("view"),
    databaseId: source.databaseId,
    source: source.id,
    name: wanted.name,
    type: wanted.type,
    groupedBy: wanted.groupedBy ?? null,
    hideEmptyGroups: wanted.hideEmptyGroups ?? false,
    createdAt: workspace.clock.now(),
  };
  workspace.views.push(view);
  return view;
}

/** The view as the API answers it; its times are to the millisecond, as a database's are (recorded). */
export function showView(workspace: Workspace, view: View): DataSourceViewObjectResponse {
  const at = view.createdAt.toISOString().replace("Z", "+00:00");
  const database = view.databaseId.replaceAll("-", "");
  return {
    object: "view",
    id: view.id,
    parent: { type: "database_id", database_id: view.databaseId },
    data_source_id: view.source,
    name: view.name,
    type: view.type,
    created_time: at,
    created_by: partialUser(workspace.bot.id),
    last_edited_time: at,
    last_edited_by: partialUser(workspace.bot.id),
    url: `https://app.notion.com/p/${database}?v=${view.id.replaceAll("-", "")}`,
    filter: null,
    sorts: null,
    quick_filters: null,
    configuration: configuration(workspace, view),
  };
}

type Configuration = NonNullable<DataSourceViewObjectResponse["configuration"]>;

function configuration(workspace: Workspace, view: View): Configuration {
  if (view.groupedBy === null) return { type: "table" };
  const property = sourceOf(workspace, view.source).properties.find(({ id }) => id === view.groupedBy);
  return {
    type: "board",
    group_by: {
      type: "select",
      property_id: view.groupedBy,
      ...(property && { property_name: property.name }),
      sort: { type: "manual" },
      hide_empty_groups: view.hideEmptyGroups,
    },
  };
}
