// SPDX-License-Identifier: EUPL-1.2
/** The adapter reads what the real Notion answered: recorded exchanges, for reference only and not in this repository. */
import { existsSync, readFileSync } from "node:fs";
import type { DataSourceObjectResponse, PageObjectResponse } from "@notionhq/client";
import { describe, expect, it } from "vitest";
import { bindSource } from "../../src/board/notion/binding.ts";
import { notionClient, notionVersion } from "../../src/board/notion/client.ts";
import { ask } from "../../src/board/notion/errors.ts";
import { wholePage } from "../../src/board/notion/pages.ts";
import { type Sheet, sheetOf } from "../../src/board/notion/sheet.ts";
import { valuesOf } from "../../src/board/notion/values.ts";
import type { WantedProperty } from "../../src/board/notion/wanted.ts";
import { Bug } from "../../src/core/errors.ts";
import { propertyTypes } from "../../src/model/rules.ts";

const file = "../shared/data/notion-exchanges.jsonl";
type Exchange = { method: string; uri: string; version: string; status: number; resBody: string };

function recorded(): readonly (Exchange & { body: Record<string, unknown> })[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "utf8").split("\n").filter(Boolean);
  return lines.flatMap((line) => {
    const exchange: Exchange = JSON.parse(line);
    return exchange.resBody.startsWith("{") ? [{ ...exchange, body: JSON.parse(exchange.resBody) }] : [];
  });
}

/** Everything of a type that the service knows, as if the rules had asked for it. */
function wantedOf(source: DataSourceObjectResponse): readonly WantedProperty[] {
  return Object.values(source.properties).flatMap(({ name, type }) => {
    const known = propertyTypes.find((it) => it === type);
    return known ? [{ key: name, name, type: known, owner: "people", needed: true, options: [] }] : [];
  });
}

describe.skipIf(!existsSync(file))(`recorded answers (skipped without ${file})`, () => {
  const exchanges = recorded();
  const current = exchanges.filter((it) => it.version === notionVersion && it.status === 200);
  const bodies = current.map((it) => it.body);
  const objects = bodies.flatMap((it) => (Array.isArray(it.results) ? it.results : [it])) as { object: string }[];
  const sources = objects.filter((it) => it.object === "data_source") as unknown as DataSourceObjectResponse[];
  const pages = objects.filter((it) => it.object === "page") as unknown as PageObjectResponse[];

  function sheets(): Map<string, Sheet> {
    return new Map(
      sources.map((source) => {
        const wanted = wantedOf(source);
        const { source: bound, problems } = bindSource("projects", source, wanted, null);
        expect(problems).toEqual([]);
        return [source.id, sheetOf(bound, wanted)];
      }),
    );
  }

  it("every schema binds, and every row that still has its schema is read by id", () => {
    const byId = sheets();
    let read = 0;
    for (const page of pages) {
      const sheet = page.parent.type === "data_source_id" ? byId.get(page.parent.data_source_id) : undefined;
      const ids = new Set(Object.values(page.properties).map((it) => it.id));
      // The recordings change their schemas on the way: only rows of the recorded one count.
      if (!sheet?.columns.every((column) => column.bound && ids.has(column.bound.id))) continue;
      const values = valuesOf(page, sheet);
      for (const column of sheet.columns) expect(values.field(column)).not.toBeUndefined();
      read += 1;
    }
    expect(read).toBeGreaterThan(50);
  });

  it("a relation longer than a page shows is read whole", async () => {
    const lists = current.filter(
      (it) => /\/pages\/[^/]+\/properties\//.test(it.uri) && it.body.type === "property_item",
    );
    const long = pages.flatMap((page) => {
      const [cut] = Object.values(page.properties).filter(
        (it) => it.type === "relation" && "has_more" in it && it.has_more,
      );
      const list = lists.find((it) => cut && it.uri.includes(`${page.id}/properties/${cut.id}`));
      return cut && list ? [{ page, cut, list }] : [];
    });
    const [{ page, cut, list } = { page: undefined, cut: undefined, list: undefined }] = long;
    if (!page || !cut || !list) throw new Error("no recorded relation with more than 25 pages");
    const asked: string[] = [];
    const fetch = async (url: string | URL | Request) => {
      asked.push(String(url));
      return Response.json(list.body);
    };
    const name = Object.entries(page.properties).find(([, it]) => it.id === cut.id)?.[0] ?? "";
    const wanted = [{ key: "card", name, type: "relation", owner: "service", needed: true, options: [] }] as const;
    const source = { id: "x", title: "x", properties: { card: { id: cut.id, name, options: {} } } };
    const notion = notionClient({ token: "t", apiUrl: "https://api.notion.com", fetch });
    const whole = await wholePage(notion, page, sheetOf(source, wanted), []);
    const related = whole.properties[name];
    expect(related?.type === "relation" && related.relation.length).toBe((list.body.results as unknown[]).length);
    expect(asked).toEqual([list.uri]);
  });

  it("every recorded refusal is one that the adapter knows", async () => {
    const refusals = exchanges.filter((it) => it.status >= 400);
    expect(refusals.length).toBeGreaterThan(3);
    for (const { status, resBody } of refusals) {
      const fetch = async () => new Response(resBody, { status });
      const notion = notionClient({ token: "t", apiUrl: "https://api.notion.com", fetch });
      const error = await ask("asking", () => notion.users.me({})).catch((it: unknown) => it);
      expect(error).toBeInstanceOf(Error);
      expect(error).not.toBeInstanceOf(Bug);
    }
  });
});
