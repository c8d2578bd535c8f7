// SPDX-License-Identifier: EUPL-1.2
/** Whole pages: one by one with their long lists complete, and all of a data source in the order of their edits. */
import {
  type Client,
  isFullPage,
  type PageObjectResponse,
  type PartialPageObjectResponse,
  type PropertyItemObjectResponse,
  type QueryDataSourceParameters,
  type QueryDataSourceResponse,
} from "@notionhq/client";
import { Permanent } from "../../core/errors.ts";
import { ask, askOfBoard } from "./errors.ts";
import { plainId, uuid } from "./ids.ts";
import type { Sheet } from "./sheet.ts";
import type { PageValue } from "./values.ts";

const pageSize = 100;
/** A page object shows at most this many relations, people and mentions in a text. */
const shownInline = 25;

type Answer = PageObjectResponse | PartialPageObjectResponse;

/**
 * The page with every list complete that is read from it: no further call in the normal case, one or more for a list
 * longer than a page object shows. `skip` names properties that nobody reads.
 */
export async function wholePage(
  notion: Client,
  page: Answer,
  sheet: Sheet,
  skip: readonly string[],
): Promise<PageObjectResponse> {
  if (!isFullPage(page)) {
    throw new Permanent(
      "Notion answered without the page's content: give the connection the capability to read content",
    );
  }
  const cut = Object.entries(page.properties).filter(([, value]) => {
    const key = sheet.keyOf(value.id);
    return key !== undefined && !skip.includes(key) && isCut(value);
  });
  if (cut.length === 0) return page;
  const completed: Record<string, PageValue> = {};
  for (const [name, value] of cut) completed[name] = await completeValue(notion, page.id, value);
  return { ...page, properties: { ...page.properties, ...completed } };
}

/** Whether the page is a row of this data source: a page can be moved elsewhere and keep its id. */
export function isRowOf(page: PageObjectResponse, sheet: Sheet): boolean {
  return page.parent.type === "data_source_id" && uuid(page.parent.data_source_id) === sheet.id;
}

type Query = Pick<QueryDataSourceParameters, "filter" | "sorts">;

/** Every row that a query finds, page by page. `cut` is true with the last rows when Notion stopped at its limit. */
export async function* query(
  notion: Client,
  sheet: Sheet,
  query: Query,
): AsyncGenerator<{ rows: readonly Answer[]; cut: boolean }> {
  let cursor: string | null = null;
  do {
    const answer: QueryDataSourceResponse = await askOfBoard(`reading «${sheet.title}»`, () =>
      notion.dataSources.query({
        data_source_id: sheet.id,
        ...query,
        page_size: pageSize,
        ...(cursor === null ? {} : { start_cursor: cursor }),
      }),
    );
    cursor = answer.has_more ? answer.next_cursor : null;
    const rows = answer.results.filter((it) => it.object === "page");
    yield { rows, cut: cursor === null && answer.request_status?.type === "incomplete" };
  } while (cursor !== null);
}

/**
 * Every row edited at or after `since` (ISO; null: all), oldest edit first, each once. Notion ends a query after 10,000
 * rows; the walk then goes on from the last edit it saw.
 */
export async function* editedRows(
  notion: Client,
  sheet: Sheet,
  since: string | null,
): AsyncGenerator<PageObjectResponse> {
  const seen = new Set<string>();
  for (let from = since; ; ) {
    const known = seen.size;
    let cut = false;
    for await (const answer of query(notion, sheet, editedFrom(from))) {
      cut = answer.cut;
      for (const row of answer.rows) {
        const page = await wholePage(notion, row, sheet, unread);
        from = page.last_edited_time;
        if (!seen.has(page.id)) yield page;
        seen.add(page.id);
      }
    }
    if (!cut) return;
    if (seen.size === known) {
      throw new Permanent(
        `«${sheet.title}» has more rows last edited at ${from} than Notion returns: edit some of them`,
      );
    }
  }
}

/** The cards outside the idea bank that show no phase. A filter names an option as the board calls it at the moment. */
export function phaseless(cards: Sheet): Query {
  const [phase, state] = [cards.column("phase").bound, cards.column("state").bound];
  const idea = state?.options.idea?.name;
  const isEmpty = { property: phase?.id ?? "", select: { is_empty: true as const } };
  if (idea === undefined) return { filter: isEmpty };
  return { filter: { and: [isEmpty, { property: state?.id ?? "", select: { does_not_equal: idea } }] } };
}

/** The card's list of its own rows is read from the rows: it may be long, and Notion shows only its beginning. */
export const unread: readonly string[] = ["decisions"];

function editedFrom(since: string | null): Query {
  const sorts: Query["sorts"] = [{ timestamp: "last_edited_time", direction: "ascending" }];
  if (since === null) return { sorts };
  return { sorts, filter: { timestamp: "last_edited_time", last_edited_time: { on_or_after: since } } };
}

/** Only a relation says that it is cut; people and mentions just stop. */
function isCut(value: PageValue): boolean {
  if (value.type === "relation") return "has_more" in value && value.has_more === true;
  if (value.type === "people") return value.people.length >= shownInline;
  if (value.type === "rich_text") return value.rich_text.filter((it) => it.type === "mention").length >= shownInline;
  return false;
}

async function completeValue(notion: Client, page: string, value: PageValue): Promise<PageValue> {
  const items: PropertyItemObjectResponse[] = [];
  let cursor: string | null = null;
  do {
    const answer = await ask("reading a long property", () =>
      notion.pages.properties.retrieve({
        page_id: page,
        property_id: value.id,
        page_size: pageSize,
        ...(cursor === null ? {} : { start_cursor: cursor }),
      }),
    );
    if (answer.object !== "list") return value;
    items.push(...answer.results);
    cursor = answer.has_more ? answer.next_cursor : null;
  } while (cursor !== null);
  return withItems(value, items);
}

function withItems(value: PageValue, items: readonly PropertyItemObjectResponse[]): PageValue {
  const own = items.filter((it) => plainId(it.id) === plainId(value.id));
  if (value.type === "relation")
    return { ...value, relation: own.flatMap((it) => (it.type === "relation" ? it.relation : [])) };
  if (value.type === "people")
    return { ...value, people: own.flatMap((it) => (it.type === "people" ? it.people : [])) };
  if (value.type === "rich_text")
    return { ...value, rich_text: own.flatMap((it) => (it.type === "rich_text" ? it.rich_text : [])) };
  return value;
}
