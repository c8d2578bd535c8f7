// SPDX-License-Identifier: EUPL-1.2
/** The board of a house as people use it: what they do there and what they see. */
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import type { PropertyWrite } from "../../src/sandbox/world.ts";
import type { House } from "./house.ts";

/** What people do and see on the board, by the card's number. */
export function board({ sandbox }: Pick<House, "sandbox">) {
  const { notion, github } = sandbox;
  const card = (number: string) => {
    const found = notion.pages(notion.projects).find((page) => text(page, "Projekt-id") === number);
    if (!found) throw new Error(`no card ${number}`);
    return found.id;
  };
  const rows = (number: string) =>
    notion.pages(notion.decisions).filter((row) => relation(row, "Projekt").includes(card(number)));
  const openRow = (number: string, body: string) => {
    const found = rows(number).find(
      (row) => text(row, "Udvalg") === body && !["Brugt", "Bortfaldet", "Udløbet"].includes(text(row, "Status")),
    );
    if (!found) throw new Error(`no open decision of ${body} for ${number}`);
    return found;
  };
  const issue = (number: string) => {
    const task = text(notion.page(card(number)), "Opgave");
    return task === "" ? null : github.issue(Number(task.split("/").at(-1)));
  };
  const ids = (number: string) =>
    notion
      .commentsOf(card(number))
      .map(
        (comment) => /ref\. ([A-Z]\d\d)/u.exec(comment.rich_text.map((part) => part.plain_text).join(""))?.[1] ?? "?",
      );
  return {
    card,
    rows,
    openRow,
    issue,
    field: (number: string, name: string) => text(notion.page(card(number)), name),
    drag: (by: string, number: string, phase: string | null) =>
      notion.edit(by, card(number), { Fase: { select: phase === null ? null : { name: phase } } }),
    edit: (by: string, number: string, properties: Record<string, PropertyWrite>) =>
      notion.edit(by, card(number), properties),
    tick: (by: string, number: string, body: string, box = true) =>
      notion.edit(by, openRow(number, body).id, { Godkendt: { checkbox: box } }),
    comments: (number: string) =>
      notion.commentsOf(card(number)).map((comment) => comment.rich_text.map((part) => part.plain_text).join("")),
    /** The ids of what was said about what people did, oldest first: A01, B03 … A reminder is not among them. */
    said: (number: string) => ids(number).filter((id) => !/^[PD]/u.test(id)),
    /** The reminders on the card by their first id, oldest first: P01, D01 … */
    reminded: (number: string) => ids(number).filter((id) => /^[PD]/u.test(id)),
    phaseLabels: (number: string) => labels(issue(number)).filter((label) => label.startsWith("fase:")),
    labels: (number: string) => labels(issue(number)),
  };
}

type Page = ReturnType<Sandbox["notion"]["page"]>;

/** A property as a person reads it; "" when empty. */
function text(page: Page, name: string): string {
  const value = page.properties[name];
  switch (value?.type) {
    case "title":
      return value.title.map((part) => part.plain_text).join("");
    case "rich_text":
      return value.rich_text.map((part) => part.plain_text).join("");
    case "select":
      return value.select?.name ?? "";
    case "date":
      return value.date?.start ?? "";
    case "url":
      return value.url ?? "";
    case "unique_id":
      return `${value.unique_id.prefix}-${value.unique_id.number}`;
    case "checkbox":
      return String(value.checkbox);
    case "number":
      return String(value.number ?? "");
    default:
      return JSON.stringify(value);
  }
}

function relation(page: Page, name: string): readonly string[] {
  const value = page.properties[name];
  return value?.type === "relation" ? value.relation.map(({ id }) => id) : [];
}

function labels(issue: ReturnType<Sandbox["github"]["issue"]> | null): readonly string[] {
  return (issue?.labels ?? []).map((label) => (typeof label === "string" ? label : (label.name ?? ""))).sort();
}
