// SPDX-License-Identifier: EUPL-1.2
/** Walking a whole data source, also past the end that Notion gives a query. */
import type { PageObjectResponse } from "@notionhq/client";
import { describe, expect, it } from "vitest";
import { notionClient } from "../../../src/board/notion/client.ts";
import { editedRows } from "../../../src/board/notion/pages.ts";
import { Permanent } from "../../../src/core/errors.ts";
import { cards, pageOf } from "./notion-shapes.ts";

type Query = { filter?: { last_edited_time: { on_or_after: string } }; start_cursor?: string };

const row = (id: string, minute: number): PageObjectResponse => ({
  ...pageOf(cards, id),
  last_edited_time: `2026-11-03T10:${String(minute).padStart(2, "0")}:00.000Z`,
});

/** A data source that answers two rows at a time and ends every query after `reach`, as Notion does after 10,000. */
function answering(rows: readonly PageObjectResponse[], reach: number) {
  const queries: Query[] = [];
  const fetch = async (_: string | URL | Request, init?: RequestInit) => {
    const query: Query = JSON.parse(String(init?.body));
    queries.push(query);
    const from = query.filter?.last_edited_time.on_or_after ?? "";
    const found = rows.filter((it) => it.last_edited_time >= from);
    const at = Number(query.start_cursor ?? 0);
    const end = Math.min(at + 2, reach);
    const hasMore = end < Math.min(found.length, reach);
    const results = found.slice(at, end);
    const limited = { type: "incomplete", incomplete_reason: "query_result_limit_reached" };
    const request_status = found.length > reach ? limited : { type: "complete" };
    return Response.json({ results, has_more: hasMore, next_cursor: hasMore ? String(end) : null, request_status });
  };
  return { notion: notionClient({ token: "t", apiUrl: "http://127.0.0.1:1", fetch }), queries };
}

async function walked(rows: readonly PageObjectResponse[], reach: number, since: string | null = null) {
  const { notion, queries } = answering(rows, reach);
  const found: string[] = [];
  for await (const page of editedRows(notion, cards, since)) found.push(page.id);
  return { found, queries };
}

describe("a walk over a data source", () => {
  const rows = [row("a", 1), row("b", 2), row("c", 2), row("d", 3), row("e", 4), row("f", 4), row("g", 5)];
  const all = ["a", "b", "c", "d", "e", "f", "g"];

  it.each([100, 7, 6, 5, 4, 3])("finds every row once when Notion ends a query after %i", async (reach) => {
    expect((await walked(rows, reach)).found).toEqual(all);
  });

  it("asks for everything with no filter, in the order of the edits", async () => {
    const { queries } = await walked(rows, 100);
    expect(queries).toHaveLength(4);
    expect(queries[0]).toEqual({ sorts: [{ timestamp: "last_edited_time", direction: "ascending" }], page_size: 100 });
  });

  it("starts at the given instant", async () => {
    expect((await walked(rows, 100, "2026-11-03T10:04:00.000Z")).found).toEqual(["e", "f", "g"]);
  });

  it("says so instead of going round for ever when one minute holds more than a query", async () => {
    const same = ["a", "b", "c", "d"].map((id) => row(id, 1));
    await expect(walked(same, 3)).rejects.toThrow(Permanent);
  });
});
