// SPDX-License-Identifier: EUPL-1.2
/** What people change about the board itself, and what the connection loses: the stand-in is as strict as Notion. */
import type { APIResponseError } from "@notionhq/client";
import { describe, expect, test } from "vitest";
import { anna, events, hook, idOf, open, option, type Setup, secret, title } from "./notion-sandbox-workspace.ts";

type Outcome = readonly [status: number, code: string];

/** What a call through Notion's own client ends with. */
async function outcome(call: () => Promise<unknown>): Promise<Outcome> {
  try {
    await call();
    return [200, "ok"];
  } catch (error) {
    const { status, code } = error as APIResponseError;
    return [status, code];
  }
}

/** Every way the service reaches a card, its comments and the data source. */
function calls({ notion, world }: Setup, card: string): Readonly<Record<string, () => Promise<unknown>>> {
  const parent = { type: "data_source_id" as const, data_source_id: world.projects };
  return {
    "read the data source": () => notion.dataSources.retrieve({ data_source_id: world.projects }),
    "query it": () => notion.dataSources.query({ data_source_id: world.projects }),
    "change it": () => notion.dataSources.update({ data_source_id: world.projects, properties: {} }),
    "create a page": () => notion.pages.create({ parent, properties: {} }),
    "read a page": () => notion.pages.retrieve({ page_id: card }),
    "write a page": () => notion.pages.update({ page_id: card, properties: {} }),
    "list comments": () => notion.comments.list({ block_id: card }),
    comment: () => notion.comments.create({ parent: { page_id: card }, rich_text: [{ text: { content: "x" } }] }),
  };
}

async function outcomes(setup: Setup, card: string): Promise<Readonly<Record<string, Outcome>>> {
  const done = Object.entries(calls(setup, card)).map(async ([what, call]) => [what, await outcome(call)] as const);
  return Object.fromEntries(await Promise.all(done));
}

const ok: Outcome = [200, "ok"];
const lost: Outcome = [404, "object_not_found"];

describe("access that is withdrawn", () => {
  test("a data source: everything in it is 404, who the connection is stays known, and no event comes", async () => {
    using setup = open();
    const { world, notion } = setup;
    const card = world.create(anna.id, world.projects, { Navn: title("A") });
    await world.delivered();
    world.subscribe({ url: hook, secret });
    world.withdraw(world.projects);
    expect(new Set(Object.values(await outcomes(setup, card)).map(String))).toEqual(new Set([String(lost)]));
    expect(await outcome(() => notion.users.me({}))).toEqual(ok);
    expect(await outcome(() => notion.dataSources.query({ data_source_id: world.decisions }))).toEqual(ok);
    world.edit(anna.id, card, { Fase: option("3. Test") });
    world.addOption(world.projects, "Fase", "6. Ny");
    world.comment(anna.id, card, "hej");
    await world.delivered();
    expect(events(setup.received)).toEqual([]);

    world.giveBack(world.projects);
    expect(new Set(Object.values(await outcomes(setup, card)).map(String))).toEqual(new Set([String(ok)]));
  });

  test("a page: it alone is 404, and a query leaves it out", async () => {
    using setup = open();
    const { world, notion } = setup;
    const card = world.create(anna.id, world.projects, {});
    const other = world.create(anna.id, world.projects, {});
    world.withdraw(card);
    const of = Object.entries(await outcomes(setup, card)).filter(([, it]) => String(it) === String(lost));
    expect(of.map(([what]) => what)).toEqual(["read a page", "write a page", "list comments", "comment"]);
    const { results } = await notion.dataSources.query({ data_source_id: world.projects });
    expect(results.map(({ id }) => id)).toContain(other);
    expect(results.map(({ id }) => id)).not.toContain(card);
  });
});

describe("columns changed by a person", () => {
  test("renamed: the id and the cells stay", () => {
    using setup = open();
    const { world } = setup;
    const card = world.create(anna.id, world.projects, { Fase: option("3. Test") });
    const id = idOf(world, world.projects, "Fase");
    world.changeColumns(anna.id, world.projects, { Fase: { name: "Trin" } });
    expect(idOf(world, world.projects, "Trin")).toBe(id);
    expect(world.page(card).properties.Trin).toMatchObject({ id, select: { name: "3. Test" } });
  });

  test("retyped: the id stays, the cells are emptied", () => {
    using setup = open();
    const { world } = setup;
    const card = world.create(anna.id, world.projects, { Testrunder: { number: 3 } });
    const id = idOf(world, world.projects, "Testrunder");
    world.changeColumns(anna.id, world.projects, { Testrunder: { rich_text: {} } });
    expect(world.page(card).properties.Testrunder).toMatchObject({ id, type: "rich_text", rich_text: [] });
  });

  test("deleted and made anew: another id", () => {
    using setup = open();
    const { world } = setup;
    const id = idOf(world, world.projects, "Testrunder");
    world.changeColumns(anna.id, world.projects, { Testrunder: null });
    world.changeColumns(anna.id, world.projects, { Testrunder: { number: {} } });
    expect(idOf(world, world.projects, "Testrunder")).not.toBe(id);
  });

  test("each is told as a change of the schema, by the person who did it", async () => {
    using setup = open();
    const { world } = setup;
    world.subscribe({ url: hook, secret });
    const id = idOf(world, world.projects, "Testrunder");
    world.changeColumns(anna.id, world.projects, { Testrunder: null });
    await world.delivered();
    expect(events(setup.received)).toMatchObject([
      {
        type: "data_source.schema_updated",
        authors: [{ id: anna.id, type: "person" }],
        entity: { id: world.projects, type: "data_source" },
        data: { updated_properties: [{ id, name: "Testrunder", action: "deleted" }] },
      },
    ]);
  });
});
