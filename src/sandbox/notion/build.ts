// SPDX-License-Identifier: EUPL-1.2
/** Sets up an empty workspace: the service's two databases, and one that is none of its business. */
import { capabilities } from "./capabilities.ts";
import { isUuid, makeIds } from "./ids.ts";
import type { NotionWorldOptions, PropertyDefinition } from "./options.ts";
import { joinRelation, newProperty } from "./schema.ts";
import { addView } from "./views.ts";
import { type Change, type DataSource, propertyNamed, type Workspace } from "./workspace.ts";

/** Null in a workspace where nobody has made them yet. */
type Board = Readonly<{ projects: DataSource | null; decisions: DataSource | null }>;

export type Built = Readonly<{ workspace: Workspace; board: () => Board; elsewhere: DataSource }>;

/** What the two databases are called; one that is made by the API is known by this title. */
const titles = { projects: "Innovationsprojekter", decisions: "Politiske beslutninger" } as const;

/** Throws RangeError when the options cannot be a Notion workspace. */
export function buildWorkspace(options: NotionWorldOptions, record: (change: Change) => void): Built {
  const odd = options.people.find((person) => !isUuid(person.id));
  if (odd) throw new RangeError(`Notion's user ids are UUIDs; "${odd.id}" of ${odd.name} is not`);
  const ids = makeIds(options.seed);
  const workspace: Workspace = {
    id: ids.uuid("workspace"),
    name: options.workspaceName ?? "Furesø Kommune",
    rootPage: ids.uuid("workspace"),
    rootTitle: "Innovation",
    rootMadeAt: options.clock.now(),
    clock: options.clock,
    ids,
    bot: { id: ids.uuid("bot"), name: options.botName ?? "Faseport", kind: "bot" },
    people: [...options.people],
    sources: new Map(),
    views: [],
    capabilities: new Set(capabilities),
    isFull: false,
    pages: new Map(),
    plainPages: new Map(),
    comments: [],
    withdrawn: new Set(),
    departed: new Set(),
    guests: new Set(),
    cursors: new Map(),
    record,
  };
  const board = options.empty === true ? () => boardIn(workspace) : always(addBoard(workspace, options));
  const elsewhere = addSource(workspace, "Andre sager", options.elsewhere ?? [{ name: "Navn", type: "title" }]);
  return { workspace, board, elsewhere };
}

/** What has been made by the API since, known by its title. */
function boardIn({ sources }: Workspace): Board {
  const titled = (title: string) => [...sources.values()].find((source) => source.title === title) ?? null;
  return { projects: titled(titles.projects), decisions: titled(titles.decisions) };
}

const always = (board: Board) => () => board;

function addBoard(workspace: Workspace, options: NotionWorldOptions) {
  const projects = addSource(workspace, titles.projects, options.projects);
  const decisions = addSource(workspace, titles.decisions, options.decisions);
  joinRelation(
    projects,
    propertyNamed(projects, options.relation.projects),
    decisions,
    propertyNamed(decisions, options.relation.decisions),
  );
  const columns = options.columns && propertyNamed(projects, options.columns);
  if (columns) addView(workspace, projects, { name: "Tavle", type: "board", groupedBy: columns.id });
  return { projects, decisions };
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
  addView(workspace, source, { name: "Default view", type: "table" });
  return source;
}
