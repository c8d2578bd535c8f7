// SPDX-License-Identifier: EUPL-1.2
/** Rich text: read from a request, shown in an answer. */
import type { RichTextItemResponse } from "@notionhq/client";
import { type Fields, fields, flag, iso, list, oneOf, only, text, uuid } from "./checks.ts";
import { unexpected } from "./problem.ts";
import { showMentioned } from "./users.ts";
import { type Annotations, type DateValue, pageOf, personOf, type TextItem, type Workspace } from "./workspace.ts";

const plain: Annotations = {
  bold: false,
  italic: false,
  strikethrough: false,
  underline: false,
  code: false,
  color: "default",
};

export function plainItem(content: string): TextItem {
  return { type: "text", content, link: null, annotations: plain };
}

/** Reads at most 100 items of at most 2,000 characters each; an empty text is no item. */
export function readRichText(workspace: Workspace, raw: unknown, where: string): readonly TextItem[] {
  return list(raw, where)
    .map((item, index) => readItem(workspace, fields(item, `${where}[${index}]`), `${where}[${index}]`))
    .filter((item) => item.type !== "text" || item.content !== "");
}

function readItem(workspace: Workspace, item: Fields, where: string): TextItem {
  only(item, where, ["type", "text", "mention", "annotations", "plain_text", "href"]);
  const annotations = readAnnotations(item.annotations, `${where}.annotations`);
  if (item.mention !== undefined) return { ...readMention(workspace, item.mention, `${where}.mention`), annotations };
  if (item.text === undefined) throw unexpected(`${where}.text`, "defined", undefined);
  const given = fields(item.text, `${where}.text`);
  only(given, `${where}.text`, ["content", "link"]);
  const link = given.link == null ? null : text(fields(given.link, `${where}.text.link`).url, `${where}.text.link.url`);
  return { type: "text", content: text(given.content, `${where}.text.content`), link, annotations };
}

function readMention(workspace: Workspace, raw: unknown, where: string) {
  const mention = fields(raw, where);
  only(mention, where, ["type", "user", "page", "date"]);
  if (mention.user !== undefined) {
    const user = uuid(fields(mention.user, `${where}.user`).id, `${where}.user.id`);
    return { type: "user", user: personOf(workspace, user).id } as const;
  }
  if (mention.page !== undefined) {
    const page = uuid(fields(mention.page, `${where}.page`).id, `${where}.page.id`);
    return { type: "page", page: pageOf(workspace, page).id } as const;
  }
  if (mention.date === undefined) throw unexpected(`${where}.user`, "defined", undefined);
  return { type: "date", date: readDate(mention.date, `${where}.date`) } as const;
}

function readAnnotations(raw: unknown, where: string): Annotations {
  if (raw === undefined) return plain;
  const given = fields(raw, where);
  only(given, where, Object.keys(plain));
  const read = (key: "bold" | "italic" | "strikethrough" | "underline" | "code"): boolean =>
    given[key] === undefined ? false : flag(given[key], `${where}.${key}`);
  if (given.color !== undefined) oneOf(given.color, `${where}.color`, ["default"]);
  return {
    bold: read("bold"),
    italic: read("italic"),
    strikethrough: read("strikethrough"),
    underline: read("underline"),
    code: read("code"),
    color: "default",
  };
}

/** A date as a request gives it; a time is kept to the minute in UTC, as Notion answers it. */
export function readDate(raw: unknown, where: string): DateValue {
  const given = fields(raw, where);
  only(given, where, ["start", "end", "time_zone"]);
  const start = iso(given.start, `${where}.start`);
  const end = given.end == null ? null : iso(given.end, `${where}.end`);
  if (end !== null && Date.parse(end) < Date.parse(start)) throw unexpected(`${where}.end`, "after the start", end);
  return { start: cut(start), end: end === null ? null : cut(end) };
}

function cut(given: string): string {
  return given.length === 10 ? given : `${new Date(given).toISOString().slice(0, 16)}:00.000+00:00`;
}

export function showRichText(workspace: Workspace, items: readonly TextItem[]): RichTextItemResponse[] {
  return items.map((item) => showItem(workspace, item));
}

function showItem(workspace: Workspace, item: TextItem): RichTextItemResponse {
  const common = { annotations: item.annotations, plain_text: plainOf(workspace, item), href: null };
  switch (item.type) {
    case "text": {
      const link = item.link === null ? null : { url: item.link };
      return { type: "text", text: { content: item.content, link }, ...common, href: item.link };
    }
    case "user":
      return { type: "mention", mention: { type: "user", user: showMentioned(workspace, item.user) }, ...common };
    case "page":
      return { type: "mention", mention: { type: "page", page: { id: item.page } }, ...common };
    case "date":
      return { type: "mention", mention: { type: "date", date: { ...item.date, time_zone: null } }, ...common };
  }
}

/** The whole text as a reader sees it. */
export function plainText(workspace: Workspace, items: readonly TextItem[]): string {
  return items.map((item) => plainOf(workspace, item)).join("");
}

function plainOf(workspace: Workspace, item: TextItem): string {
  switch (item.type) {
    case "text":
      return item.content;
    case "user":
      return `@${personOf(workspace, item.user).name}`;
    case "page":
      return plainTitle(workspace, item.page);
    case "date":
      return item.date.end === null ? item.date.start : `${item.date.start} → ${item.date.end}`;
  }
}

/** A page's title, «Untitled» when it has none. Page mentions are left out: two titles may mention each other. */
export function plainTitle(workspace: Workspace, id: string): string {
  const title = pageOf(workspace, id).values.get("title");
  const items = title?.type === "title" ? title.text.filter((item) => item.type !== "page") : [];
  const shown = plainText(workspace, items);
  return shown === "" ? "Untitled" : shown;
}
