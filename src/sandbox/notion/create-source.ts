// SPDX-License-Identifier: EUPL-1.2
/** A data source that is made by the API: every column is judged before anything is there. */
import type { Fields } from "./checks.ts";
import { fields } from "./checks.ts";
import { invalid } from "./problem.ts";
import { newProperty, patchProperties } from "./schema.ts";
import { addView } from "./views.ts";
import type { DataSource, Workspace } from "./workspace.ts";

/** Throws a Problem, and leaves nothing behind, when one of the columns cannot be. */
export function createSource(workspace: Workspace, title: string, properties: Fields): DataSource {
  const names = Object.keys(properties);
  const titles = names.filter((name) => fields(properties[name], `body.properties.${name}`).title !== undefined);
  const [titled] = titles;
  if (titled === undefined) throw invalid("Title is not provided");
  if (titles.length > 1) throw invalid("Cannot create a new title property: a data source has exactly one.");
  const now = workspace.clock.now();
  const source: DataSource = {
    id: workspace.ids.uuid("source"),
    databaseId: workspace.ids.uuid("database"),
    title,
    createdAt: now,
    createdBy: workspace.bot.id,
    editedAt: now,
    editedBy: workspace.bot.id,
    properties: [newProperty(workspace, { name: titled, type: "title" })],
    nextNumber: 1,
  };
  workspace.sources.set(source.id, source);
  try {
    const rest = Object.fromEntries(Object.entries(properties).filter(([name]) => name !== titled));
    patchProperties(workspace, source, rest, workspace.bot);
  } catch (error) {
    workspace.sources.delete(source.id);
    throw error;
  }
  addView(workspace, source, { name: "Default view", type: "table" });
  return source;
}
