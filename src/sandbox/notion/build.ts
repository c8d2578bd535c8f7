// SPDX-License-Identifier: EUPL-1.2
/** Sets up an empty workspace: the service's two databases, and one that is none of its business. */
import { isUuid, makeIds } from "./ids.ts";
import type { NotionWorldOptions, PropertyDefinition } from "./options.ts";
import { joinRelation, newProperty } from "./schema.ts";
import { type Change, type DataSource, propertyNamed, type Workspace } from "./workspace.ts";

export type Built = Readonly<{
  workspace: Workspace;
  projects: DataSource;
  decisions: DataSource;
  elsewhere: DataSource;
}>;

/** Throws RangeError when the options cannot be a Notion workspace. */
export function buildWorkspace(options: NotionWorldOptions, record: (change: Change) => void): Built {
  const odd = options.people.find((person) => !isUuid(person.id));
  if (odd) throw new RangeError(`Notion's user ids are UUIDs; "${odd.id}" of ${odd.name} is not`);
  const ids = makeIds(options.seed);
  const workspace: Workspace = {
    id: ids.uuid("workspace"),
    name: options.workspaceName ?? "Furesø Kommune",
    rootPage: ids.uuid("workspace"),
    clock: options.clock,
    ids,
    bot: { id: ids.uuid("bot"), name: options.botName ?? "Faseport", kind: "bot" },
    people: [...options.people],
    sources: new Map(),
    pages: new Map(),
    comments: [],
    withdrawn: new Set(),
    departed: new Set(),
    guests: new Set(),
    cursors: new Map(),
    record,
  };
  const projects = addSource(workspace, "Innovationsprojekter", options.projects);
  const decisions = addSource(workspace, "Politiske beslutninger", options.decisions);
  joinRelation(
    projects,
    propertyNamed(projects, options.relation.projects),
    decisions,
    propertyNamed(decisions, options.relation.decisions),
  );
  const elsewhere = addSource(workspace, "Andre sager", options.elsewhere ?? [{ name: "Navn", type: "title" }]);
  return { workspace, projects, decisions, elsewhere };
}

function addSource(workspace: Workspace, title: string, definitions: readonly PropertyDefinition[]): DataSource {
  const titles = definitions.filter((definition) => definition.type === "title");
  if (titles.length !== 1) throw new RangeError(`«${title}» needs exactly one title property, not ${titles.length}`);
  const now = workspace.clock.now();
  const source: DataSource = {
    id: workspace.ids.uuid("source"),
    databaseId: workspace.ids.uuid("database"),
    title,
    createdAt: now,
    createdBy: workspace.bot.id,
    editedAt: now,
    editedBy: workspace.bot.id,
    properties: definitions.map((definition) => newProperty(workspace, definition)),
    nextNumber: 1,
  };
  workspace.sources.set(source.id, source);
  return source;
}
