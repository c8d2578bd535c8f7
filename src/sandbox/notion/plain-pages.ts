// SPDX-License-Identifier: EUPL-1.2
/** Pages that are rows of nothing: made under another page, with a title and text. Only what the service writes is known here. */
import { type Fields, fields, list, oneOf, only, uuid } from "./checks.ts";
import { notFound, unexpected } from "./problem.ts";
import { plainText, readRichText, showRichText } from "./rich-text.ts";
import { partialUser } from "./users.ts";
import { type TextItem, toMinute, type Workspace } from "./workspace.ts";

const blockTypes = ["heading_2", "bulleted_list_item", "paragraph"] as const;
export type Block = Readonly<{ type: (typeof blockTypes)[number]; text: readonly TextItem[] }>;

export type PlainPage = Readonly<{
  id: string;
  parent: string;
  title: readonly TextItem[];
  blocks: readonly Block[];
  createdAt: Date;
  createdBy: string;
}>;

/** POST /v1/pages under a page. Such a page has no property but its title. Reads the whole request first. */
export function createPlainPage(workspace: Workspace, body: Fields): PlainPage {
  only(body, "body", ["parent", "properties", "children"]);
  const parent = fields(body.parent, "body.parent");
  only(parent, "body.parent", ["type", "page_id"]);
  const under = underOf(workspace, uuid(parent.page_id, "body.parent.page_id"), "page");
  const properties = fields(body.properties ?? {}, "body.properties");
  only(properties, "body.properties", ["title"]);
  const page: PlainPage = {
    id: workspace.ids.uuid("page"),
    parent: under,
    title: readTitle(workspace, properties.title),
    blocks: list(body.children ?? [], "body.children").map((raw, at) =>
      readBlock(workspace, raw, `body.children[${at}]`),
    ),
    createdAt: workspace.clock.now(),
    createdBy: workspace.bot.id,
  };
  workspace.plainPages.set(page.id, page);
  return page;
}

/** The page that holds the databases, or one made under it. */
export function underOf(
  { rootPage, plainPages, withdrawn, bot }: Workspace,
  id: string,
  kind: "page" | "block",
): string {
  if ((id !== rootPage && !plainPages.has(id)) || withdrawn.has(id)) throw notFound(kind, id, bot);
  return id;
}

function readTitle(workspace: Workspace, raw: unknown): readonly TextItem[] {
  if (raw === undefined) return [];
  const where = "body.properties.title";
  const title = fields(raw, where);
  only(title, where, ["type", "title"]);
  return readRichText(workspace, title.title, `${where}.title`);
}

function readBlock(workspace: Workspace, raw: unknown, where: string): Block {
  const block = fields(raw, where);
  const type = oneOf(block.type, `${where}.type`, blockTypes);
  only(block, where, ["object", "type", type]);
  const content = fields(block[type], `${where}.${type}`);
  only(content, `${where}.${type}`, ["rich_text"]);
  if (content.rich_text === undefined) throw unexpected(`${where}.${type}.rich_text`, "defined", undefined);
  return { type, text: readRichText(workspace, content.rich_text, `${where}.${type}.rich_text`) };
}

export function showPlainPage(workspace: Workspace, page: PlainPage) {
  return {
    object: "page",
    id: page.id,
    ...madeBy(page),
    in_trash: false,
    is_archived: false,
    is_locked: false,
    icon: null,
    cover: null,
    url: `https://app.notion.com/p/${page.id.replaceAll("-", "")}`,
    public_url: null,
    parent: { type: "page_id", page_id: page.parent },
    properties: { title: { id: "title", type: "title", title: showRichText(workspace, page.title) } },
  };
}

/** What stands on a page: the pages made under it, then its own text. */
export function childrenOf(workspace: Workspace, id: string): readonly ({ id: string } & object)[] {
  const pages = [...workspace.plainPages.values()].filter((it) => it.parent === id);
  const made = workspace.plainPages.get(id);
  const own = made?.blocks.map((block, at) => ({
    ...blockOf(made, id, `${id.slice(0, -12)}${String(at).padStart(12, "0")}`),
    type: block.type,
    [block.type]: { rich_text: showRichText(workspace, block.text), color: "default" },
  }));
  const below = pages.map((page) => ({
    ...blockOf(page, id, page.id),
    has_children: page.blocks.length > 0,
    type: "child_page",
    child_page: { title: plainText(workspace, page.title) },
  }));
  return [...below, ...(own ?? [])];
}

function blockOf(page: PlainPage, parent: string, id: string) {
  const where = { parent: { type: "page_id", page_id: parent }, has_children: false, in_trash: false };
  return { object: "block", id, ...where, ...madeBy(page) };
}

function madeBy({ createdAt, createdBy }: PlainPage) {
  const [at, by] = [toMinute(createdAt), partialUser(createdBy)];
  return { created_time: at, last_edited_time: at, created_by: by, last_edited_by: by };
}
