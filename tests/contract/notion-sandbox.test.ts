// SPDX-License-Identifier: EUPL-1.2
/** The sandbox's API, asked by Notion's own client; every answer is judged by Notion's OpenAPI document where it is at hand. */
import {
  type CommentObjectResponse,
  collectPaginatedAPI,
  type DataSourceObjectResponse,
  isFullComment,
  isFullDatabase,
  isFullDataSource,
  isFullPage,
  isFullUser,
  type PageObjectResponse,
} from "@notionhq/client";
import { describe, expect, test } from "vitest";
import { loadOracle, oracleAbsent } from "./notion-oracle.ts";
import { agent, anna, bo, idOf, open, option, richText, type Setup, title } from "./notion-sandbox-workspace.ts";

const oracle = loadOracle();
const noPage = "11111111-1111-4111-8111-111111111111";

/** Every answer so far is one that Notion's document allows, with the extras that only recordings show. */
function expectTrue({ traffic }: Setup): void {
  expect(traffic.length).toBeGreaterThan(0);
  for (const { method, path, status, body } of traffic) {
    expect(body).toHaveProperty("request_id", expect.stringMatching(/^[0-9a-f-]{36}$/));
    if (oracle) expect(oracle.answer(method, path, status, body), `${method} ${path}`).toEqual([]);
  }
}

describe.skipIf(!oracle)(`the judge (${oracle ? "Notion's OpenAPI document" : oracleAbsent})`, () => {
  const path = "/v1/pages/38c9ce7b-60a4-8156-a1b7-cf948b230f66";

  test("sees what is missing in a page, on its own and in a list", () => {
    const page = { object: "page", id: "38c9ce7b-60a4-8156-a1b7-cf948b230f66" };
    expect(oracle?.answer("GET", path, 200, page)).not.toEqual([]);
    const list = { object: "list", results: [page], next_cursor: null, has_more: false, type: "page_or_data_source" };
    const rows = { ...list, page_or_data_source: {} };
    expect(oracle?.answer("POST", `/v1/data_sources/${noPage}/query`, 200, rows)).not.toEqual([]);
  });

  test("sees a property of no known shape", async () => {
    using setup = open();
    const id = setup.world.create(anna.id, setup.world.projects, { Testrunder: { number: 1 } });
    const page = setup.world.page(id);
    expect(oracle?.answer("GET", path, 200, page)).toEqual([]);
    const odd = { ...page, properties: { ...page.properties, Testrunder: { id: "x", type: "number", number: "1" } } };
    expect(oracle?.answer("GET", path, 200, odd)).not.toEqual([]);
  });
});

describe("users", () => {
  test("me is the bot, with its owner", async () => {
    using setup = open();
    const me = await setup.notion.users.me({});
    expect(me).toMatchObject({ id: setup.world.bot.id, type: "bot", bot: { owner: { type: "workspace" } } });
    expectTrue(setup);
  });

  test("list holds people, other bots without particulars, and the bot itself", async () => {
    using setup = open();
    const users = await collectPaginatedAPI(setup.notion.users.list, { page_size: 2 });
    expect(users.map(({ id }) => id)).toEqual([anna.id, bo.id, agent.id, setup.world.bot.id]);
    expect(users.every(isFullUser)).toBe(true);
    expect(users[2]).toMatchObject({ type: "bot", bot: {} });
    expectTrue(setup);
  });

  test("whoever has left is neither listed nor found, and a page shows the id alone; a guest is found and not listed", async () => {
    using setup = open();
    const { world, notion } = setup;
    const page = world.create(anna.id, world.projects, { Ejer: { people: [{ id: bo.id }, { id: anna.id }] } });
    world.deactivate(bo.id);
    world.makeGuest(anna.id);
    const listed = await collectPaginatedAPI(notion.users.list, {});
    expect(listed.map(({ id }) => id)).toEqual([agent.id, world.bot.id]);
    expect(await notion.users.retrieve({ user_id: anna.id })).toMatchObject({ name: "Anna Dahl" });
    await expect(notion.users.retrieve({ user_id: bo.id })).rejects.toMatchObject({ code: "object_not_found" });
    const shown = await notion.pages.retrieve({ page_id: page });
    expect(shown).toMatchObject({ properties: { Ejer: { people: [{ object: "user", id: bo.id }, { id: anna.id }] } } });
    expect("properties" in shown && JSON.stringify(shown.properties.Ejer)).not.toContain("Bo Lund");
    expectTrue(setup);
    world.reactivate(bo.id);
    expect(await notion.users.retrieve({ user_id: bo.id })).toMatchObject({ name: "Bo Lund" });
  });

  test("one by id", async () => {
    using setup = open();
    expect(await setup.notion.users.retrieve({ user_id: anna.id })).toMatchObject({
      name: "Anna Dahl",
      type: "person",
    });
    expectTrue(setup);
  });
});

describe("pages", () => {
  test("a page with every type of property comes back as it was written", async () => {
    using setup = open();
    const { notion, world } = setup;
    const page = await notion.pages.create({
      parent: { data_source_id: world.projects },
      properties: {
        Navn: { title: [{ text: { content: "Æblehaven" } }] },
        Fase: { select: { name: "2. Nytænk" } },
        Udvalg: { multi_select: [{ name: "Byråd" }] },
        Ejer: { people: [{ id: anna.id }] },
        Udfordring: { rich_text: [{ text: { content: "Hvorfor?", link: { url: "https://example.org" } } }] },
        Testrunder: { number: 3 },
        "Kræver bevilling": { checkbox: true },
        "I drift fra": { date: { start: "2027-01-31" } },
        Opgave: { url: "https://example.org/12" },
      },
    });
    const read = await notion.pages.retrieve({ page_id: page.id });
    if (!isFullPage(read)) throw new Error("not a full page");
    expect(read.properties).toMatchObject({
      Navn: { id: "title", title: [{ plain_text: "Æblehaven" }] },
      Fase: { select: { name: "2. Nytænk" } },
      Udvalg: { multi_select: [{ name: "Byråd" }] },
      Ejer: { people: [{ id: anna.id, name: "Anna Dahl" }] },
      Udfordring: { rich_text: [{ plain_text: "Hvorfor?", href: "https://example.org" }] },
      Testrunder: { number: 3 },
      "Kræver bevilling": { checkbox: true },
      "I drift fra": { date: { start: "2027-01-31", end: null, time_zone: null } },
      Opgave: { url: "https://example.org/12" },
      Beslutninger: { relation: [], has_more: false },
      "Projekt-id": { unique_id: { prefix: "INNO", number: 1 } },
    });
    expect(read.parent).toEqual({
      type: "data_source_id",
      data_source_id: world.projects,
      database_id: world.databases.projects,
    });
    expect(read).not.toHaveProperty("archived");
    const typed: PageObjectResponse = world.page(page.id);
    expect(read).toMatchObject(typed);
    expectTrue(setup);
  });

  test("times are cut to the minute, and the last editor is whoever edited last", async () => {
    using setup = open();
    const { notion, world, clock } = setup;
    const id = world.create(anna.id, world.projects, { Navn: title("A") });
    clock.advance(90_000);
    await notion.pages.update({ page_id: id, properties: { Testrunder: { number: 1 } } });
    expect(await notion.pages.retrieve({ page_id: id })).toMatchObject({
      created_time: "2027-01-04T08:00:00.000Z",
      last_edited_time: "2027-01-04T08:02:00.000Z",
      created_by: { object: "user", id: anna.id },
      last_edited_by: { object: "user", id: world.bot.id },
    });
    expectTrue(setup);
  });

  test("an omitted property keeps its value, an array replaces, null and [] empty", async () => {
    using setup = open();
    const { notion, world } = setup;
    const id = world.create(anna.id, world.projects, {
      Navn: title("A"),
      Udvalg: { multi_select: [{ name: "Byråd" }] },
      Fase: option("3. Test"),
    });
    const properties = { Udvalg: { multi_select: [{ name: "Ældre og Sundhed" }] }, Fase: { select: null } };
    await notion.pages.update({ page_id: id, properties });
    expect(world.page(id).properties).toMatchObject({
      Navn: { title: [{ plain_text: "A" }] },
      Udvalg: { multi_select: [{ name: "Ældre og Sundhed" }] },
      Fase: { select: null },
    });
    expectTrue(setup);
  });

  test("a property may be named by name, by its encoded id or by its plain id; the id survives a rename", async () => {
    using setup = open();
    const { notion, world } = setup;
    const page = world.create(anna.id, world.projects, {});
    const id = idOf(world, world.projects, "Testrunder");
    expect(id).toContain("%");
    await notion.dataSources.update({ data_source_id: world.projects, properties: { [id]: { name: "Runder" } } });
    for (const [key, number] of [
      ["Runder", 1],
      [id, 2],
      [decodeURIComponent(id), 3],
    ] as const) {
      await notion.pages.update({ page_id: page, properties: { [key]: { number } } });
      expect(world.page(page).properties.Runder).toEqual({ id, type: "number", number });
    }
    expectTrue(setup);
  });

  test("an option is taken by id; an unknown name becomes a new option", async () => {
    using setup = open();
    const { notion, world } = setup;
    const page = world.create(anna.id, world.projects, {});
    const fase = world.dataSource(world.projects).properties.Fase;
    if (fase?.type !== "select") throw new Error("Fase is no select");
    const third = fase.select.options[2];
    await notion.pages.update({ page_id: page, properties: { Fase: { select: { id: third?.id ?? "" } } } });
    expect(world.page(page).properties.Fase).toMatchObject({ select: { name: "3. Test" } });
    await notion.pages.update({ page_id: page, properties: { Fase: { select: { name: "6. Ukendt" } } } });
    expect(world.dataSource(world.projects).properties.Fase).toMatchObject({
      select: { options: [{}, {}, {}, { name: "6. Ukendt" }] },
    });
    expectTrue(setup);
  });

  test("both sides of the relation follow each other", async () => {
    using setup = open();
    const { notion, world } = setup;
    const [card, other] = [world.create(anna.id, world.projects, {}), world.create(anna.id, world.projects, {})];
    const properties = { Projekt: { relation: [{ id: card }] } };
    const row = await notion.pages.create({ parent: { data_source_id: world.decisions }, properties });
    expect(world.page(card).properties.Beslutninger).toMatchObject({ relation: [{ id: row.id }] });
    world.edit(bo.id, other, { Beslutninger: { relation: [{ id: row.id }] } });
    world.edit(bo.id, card, { Beslutninger: { relation: [] } });
    expect(world.page(row.id).properties.Projekt).toMatchObject({ relation: [{ id: other }] });
    expectTrue(setup);
  });

  test("a page shows 25 relations; the property's own address shows all", async () => {
    using setup = open();
    const { notion, world } = setup;
    const card = world.create(anna.id, world.projects, {});
    const rows = Array.from({ length: 60 }, () =>
      world.create(anna.id, world.decisions, { Projekt: { relation: [{ id: card }] } }),
    );
    const page = await notion.pages.retrieve({ page_id: card });
    if (!isFullPage(page)) throw new Error("not a full page");
    const shown = page.properties.Beslutninger;
    expect(shown).toMatchObject({ has_more: true, relation: rows.slice(0, 25).map((id) => ({ id })) });
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const args = { page_id: card, property_id: shown?.id ?? "", page_size: 50 };
      const list = await notion.pages.properties.retrieve({ ...args, ...(cursor ? { start_cursor: cursor } : {}) });
      if (list.object !== "list") throw new Error("not a list");
      for (const item of list.results) if (item.type === "relation") found.push(item.relation.id);
      cursor = list.next_cursor ?? undefined;
    } while (cursor);
    expect(found).toEqual(rows);
    expectTrue(setup);
  });

  test("a single property is answered as an item", async () => {
    using setup = open();
    const { notion, world } = setup;
    const page = world.create(anna.id, world.projects, { Testrunder: { number: 4 } });
    const property = idOf(world, world.projects, "Testrunder");
    const item = await notion.pages.properties.retrieve({ page_id: page, property_id: property });
    expect(item).toMatchObject({ object: "property_item", type: "number", id: property, number: 4 });
    expectTrue(setup);
  });

  test("mentions are answered with the name and full annotations", async () => {
    using setup = open();
    const { notion, world } = setup;
    const page = world.create(anna.id, world.projects, {});
    const mention = { type: "mention" as const, mention: { user: { id: bo.id } } };
    await notion.pages.update({ page_id: page, properties: { Udfordring: { rich_text: [mention] } } });
    const plain = { bold: false, italic: false, strikethrough: false, underline: false, code: false, color: "default" };
    expect(world.page(page).properties.Udfordring).toMatchObject({
      rich_text: [{ type: "mention", plain_text: "@Bo Lund", annotations: plain, mention: { user: { id: bo.id } } }],
    });
    await notion.pages.retrieve({ page_id: page });
    expectTrue(setup);
  });

  test("filter_properties answers only what was asked for", async () => {
    using setup = open();
    const { notion, world } = setup;
    const page = world.create(anna.id, world.projects, { Navn: title("A") });
    const wanted = [idOf(world, world.projects, "Fase"), "title"];
    const read = await notion.pages.retrieve({ page_id: page, filter_properties: wanted });
    expect(isFullPage(read) && Object.keys(read.properties)).toEqual(["Navn", "Fase"]);
    const rows = await notion.dataSources.query({ data_source_id: world.projects, filter_properties: wanted });
    expect(rows.results.map((row) => isFullPage(row) && Object.keys(row.properties))).toEqual([["Navn", "Fase"]]);
    expectTrue(setup);
  });

  test("a trashed page is still read, is found by no query, and takes no edit until it is restored", async () => {
    using setup = open();
    const { notion, world } = setup;
    const page = world.create(anna.id, world.projects, { Navn: title("A") });
    await notion.pages.update({ page_id: page, in_trash: true });
    expect(await notion.pages.retrieve({ page_id: page })).toMatchObject({ in_trash: true });
    expect((await notion.dataSources.query({ data_source_id: world.projects })).results).toEqual([]);
    const edit = notion.pages.update({ page_id: page, properties: { Navn: title("B") } });
    await expect(edit).rejects.toMatchObject({ code: "validation_error" });
    await notion.pages.update({ page_id: page, in_trash: false, properties: { Navn: title("B") } });
    expect(world.page(page)).toMatchObject({ in_trash: false });
    expect(world.pages(world.projects)).toHaveLength(1);
    expectTrue(setup);
  });

  test("a moved page has the other database's columns, takes along what they share, and is whole when it is back", async () => {
    using setup = open({
      elsewhere: [
        { name: "Titel", type: "title" },
        { name: "Fase", type: "select", options: ["3. Test", "2. Nytænk"] },
        { name: "Ejer", type: "rich_text" },
      ],
    });
    const { notion, world } = setup;
    const given = {
      Navn: title("A"),
      Fase: option("2. Nytænk"),
      Ejer: { people: [{ id: bo.id }] },
      Testrunder: { number: 2 },
    };
    const page = world.create(anna.id, world.projects, given);
    const before = world.page(page).properties;
    world.comment(anna.id, page, "Bliver her");
    world.move(bo.id, page, world.elsewhere);
    expect(await notion.pages.retrieve({ page_id: page })).toMatchObject({
      parent: { type: "data_source_id", data_source_id: world.elsewhere },
      last_edited_by: { id: bo.id },
      properties: {
        Titel: { title: [{ plain_text: "A" }] },
        Fase: { select: { name: "2. Nytænk" } },
        Ejer: { rich_text: [] },
      },
    });
    expect((await notion.dataSources.query({ data_source_id: world.projects })).results).toEqual([]);
    const edit = notion.pages.update({ page_id: page, properties: { Testrunder: { number: 3 } } });
    await expect(edit).rejects.toMatchObject({ code: "validation_error" });
    world.edit(bo.id, page, { Fase: option("3. Test") });
    world.move(bo.id, page, world.projects);
    expect(world.page(page).properties).toEqual({
      ...before,
      Fase: { ...before.Fase, select: expect.objectContaining({ name: "3. Test" }) },
    });
    expect(world.commentsOf(page)).toHaveLength(1);
    expectTrue(setup);
  });

  test("a copy has every value but its own number, and its rows point at it too", async () => {
    using setup = open();
    const { world } = setup;
    const card = world.create(anna.id, world.projects, { Navn: title("A"), Opgave: { url: "https://example.org/1" } });
    const row = world.create(anna.id, world.decisions, { Projekt: { relation: [{ id: card }] } });
    const copy = world.duplicate(bo.id, card);
    expect(world.page(copy).properties).toMatchObject({
      Navn: { title: [{ plain_text: "A (1)" }] },
      Opgave: { url: "https://example.org/1" },
      Beslutninger: { relation: [{ id: row }] },
      "Projekt-id": { unique_id: { number: 2 } },
    });
    expect(world.page(row).properties.Projekt).toMatchObject({ relation: [{ id: card }, { id: copy }] });
  });

  test("the same seed gives the same ids, whatever was asked in between", async () => {
    using one = open();
    using other = open();
    await other.notion.users.me({});
    const made = [one, other].map(({ world }) => world.create(anna.id, world.projects, {}));
    expect(made[0]).toBe(made[1]);
    expect(one.world.dataSource(one.world.projects)).toEqual(other.world.dataSource(other.world.projects));
  });
});

describe("data sources", () => {
  test("the schema, the database around it, and the two ends of the relation", async () => {
    using setup = open();
    const { notion, world } = setup;
    const source = await notion.dataSources.retrieve({ data_source_id: world.decisions });
    if (!isFullDataSource(source)) throw new Error("not a full data source");
    const typed: DataSourceObjectResponse = world.dataSource(world.decisions);
    expect(source).toMatchObject(typed);
    expect(source.properties.Projekt).toMatchObject({
      relation: {
        type: "dual_property",
        data_source_id: world.projects,
        database_id: world.databases.projects,
        dual_property: {
          synced_property_name: "Beslutninger",
          synced_property_id: idOf(world, world.projects, "Beslutninger"),
        },
      },
    });
    const database = await notion.databases.retrieve({ database_id: world.databases.decisions });
    expect(isFullDatabase(database) && database.data_sources).toEqual([
      { id: world.decisions, name: "Politiske beslutninger" },
    ]);
    await notion.dataSources.retrieve({ data_source_id: world.projects });
    expectTrue(setup);
  });

  test("a property is created, deleted, and made again under a new id", async () => {
    using setup = open();
    const { notion, world } = setup;
    const add = { properties: { Sagsnr: { type: "rich_text" as const, rich_text: {} } } };
    await notion.dataSources.update({ data_source_id: world.projects, ...add });
    const first = idOf(world, world.projects, "Sagsnr");
    await notion.dataSources.update({ data_source_id: world.projects, properties: { Sagsnr: null } });
    expect(world.dataSource(world.projects).properties).not.toHaveProperty("Sagsnr");
    await notion.dataSources.update({ data_source_id: world.projects, ...add });
    expect(idOf(world, world.projects, "Sagsnr")).not.toBe(first);
    expectTrue(setup);
  });

  test("a list of options is the whole truth: what is left out is gone from every page", async () => {
    using setup = open();
    const { notion, world } = setup;
    const page = world.create(anna.id, world.projects, { Fase: option("3. Test") });
    const options = [{ name: "1. Udforsk" }, { name: "9. Ny" }];
    const properties = { Fase: { type: "select" as const, select: { options } } };
    const before = world.dataSource(world.projects).properties.Fase;
    await notion.dataSources.update({ data_source_id: world.projects, properties });
    const kept = before?.type === "select" ? before.select.options[0] : undefined;
    expect(world.dataSource(world.projects).properties.Fase).toMatchObject({
      select: { options: [kept, { name: "9. Ny" }] },
    });
    expect(world.page(page).properties.Fase).toMatchObject({ select: null });
    expectTrue(setup);
  });

  test("people add, rename and delete options in the board's menu", () => {
    using setup = open();
    const { world } = setup;
    const page = world.create(anna.id, world.projects, { Fase: option("3. Test") });
    world.addOption(world.projects, "Fase", "6. Ekstra");
    world.renameOption(world.projects, "Fase", "3. Test", "3. Prøv");
    expect(world.page(page).properties.Fase).toMatchObject({ select: { name: "3. Prøv" } });
    world.deleteOption(world.projects, "Fase", "3. Prøv");
    expect(world.page(page).properties.Fase).toMatchObject({ select: null });
    const fase = world.dataSource(world.projects).properties.Fase;
    const names = fase?.type === "select" ? fase.select.options.map(({ name }) => name) : [];
    expect(names).toEqual(["1. Udforsk", "2. Nytænk", "6. Ekstra"]);
  });
});

describe("query", () => {
  test("250 rows come in three pages, none twice, none left out, also when rows are edited meanwhile", async () => {
    using setup = open();
    const { notion, world, clock } = setup;
    const made = Array.from({ length: 250 }, (_, index) =>
      world.create(anna.id, world.projects, { Testrunder: { number: index } }),
    );
    clock.advance(120_000);
    const sorts = [{ timestamp: "last_edited_time" as const, direction: "ascending" as const }];
    const sizes: number[] = [];
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const more = cursor ? { start_cursor: cursor } : {};
      const list = await notion.dataSources.query({ data_source_id: world.projects, sorts, ...more });
      sizes.push(list.results.length);
      seen.push(...list.results.map(({ id }) => id));
      world.edit(bo.id, seen[0] ?? "", { Testrunder: { number: 1000 + sizes.length } });
      cursor = list.next_cursor ?? undefined;
    } while (cursor);
    expect(sizes).toEqual([100, 100, 50]);
    expect(seen).toEqual(made);
    expectTrue(setup);
  });

  const conditions: readonly (readonly [string, object, readonly string[]])[] = [
    ["select", { property: "Fase", select: { equals: "1. Udforsk" } }, ["a"]],
    ["select, any of several", { property: "Fase", select: { equals: ["1. Udforsk", "2. Nytænk"] } }, ["a", "b"]],
    ["select, empty", { property: "Fase", select: { is_empty: true } }, ["c"]],
    ["multi_select", { property: "Udvalg", multi_select: { contains: "Byråd" } }, ["b"]],
    ["people", { property: "Ejer", people: { contains: bo.id } }, ["b"]],
    ["checkbox", { property: "Kræver bevilling", checkbox: { equals: true } }, ["a"]],
    ["checkbox, never touched", { property: "Kræver bevilling", checkbox: { equals: false } }, ["b", "c"]],
    ["rich_text", { property: "Udfordring", rich_text: { contains: "SPØRG" } }, ["c"]],
    ["title", { property: "title", title: { equals: "b" } }, ["b"]],
    ["number", { property: "Testrunder", number: { greater_than_or_equal_to: 2 } }, ["b"]],
    ["url", { property: "Opgave", url: { equals: "https://example.org/1" } }, ["a"]],
    ["date", { property: "I drift fra", date: { on_or_after: "2027-02-01" } }, ["c"]],
    ["unique_id", { property: "Projekt-id", unique_id: { equals: 2 } }, ["b"]],
    ["relation", { property: "Beslutninger", relation: { is_not_empty: true } }, ["a"]],
    ["relation by page", { property: "Beslutninger", relation: { contains: noPage } }, []],
    ["created", { timestamp: "created_time", created_time: { after: "2027-01-04T08:00:00Z" } }, ["b", "c"]],
    ["edited", { timestamp: "last_edited_time", last_edited_time: { on_or_after: "2027-01-04T08:10:00Z" } }, ["c"]],
    [
      "and, or",
      {
        or: [
          { property: "Fase", select: { is_empty: true } },
          {
            and: [
              { property: "Testrunder", number: { equals: 2 } },
              { property: "Udvalg", multi_select: { is_not_empty: true } },
            ],
          },
        ],
      },
      ["b", "c"],
    ],
  ];

  test.each(conditions)("filter: %s", async (_, filter, expected) => {
    using setup = open();
    const { world, clock } = setup;
    const a = world.create(anna.id, world.projects, {
      Navn: title("a"),
      Fase: option("1. Udforsk"),
      "Kræver bevilling": { checkbox: true },
      Opgave: { url: "https://example.org/1" },
      "I drift fra": { date: { start: "2027-01-31" } },
    });
    world.create(anna.id, world.decisions, { Projekt: { relation: [{ id: a }] } });
    clock.advance(300_000);
    world.create(anna.id, world.projects, {
      Navn: title("b"),
      Fase: option("2. Nytænk"),
      Udvalg: { multi_select: [{ name: "Byråd" }] },
      Ejer: { people: [{ id: bo.id }] },
      Testrunder: { number: 2 },
    });
    clock.advance(300_000);
    world.create(anna.id, world.projects, {
      Navn: title("c"),
      Udfordring: richText("Et spørgsmål"),
      "I drift fra": { date: { start: "2027-02-01" } },
    });
    const answer = await setup.fetch(`https://api.notion.com/v1/data_sources/${world.projects}/query`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${world.token}`,
        "notion-version": "2026-03-11",
        "content-type": "application/json",
      },
      body: JSON.stringify({ filter, sorts: [{ property: "Navn", direction: "ascending" }] }),
    });
    const list = (await answer.json()) as { results: PageObjectResponse[] };
    const names = list.results.map(({ properties: { Navn } }) => Navn?.type === "title" && Navn.title[0]?.plain_text);
    expect(names).toEqual(expected);
    expectTrue(setup);
  });
});

describe("comments", () => {
  test("are written with mentions, listed oldest first in pages, and continue a discussion", async () => {
    using setup = open();
    const { notion, world } = setup;
    const page = world.create(anna.id, world.projects, {});
    world.comment(anna.id, page, "Første");
    const second = await notion.comments.create({
      parent: { page_id: page },
      rich_text: [{ mention: { user: { id: anna.id } } }, { text: { content: " se her" } }],
    });
    if (!isFullComment(second)) throw new Error("not a full comment");
    await notion.comments.create({ discussion_id: second.discussion_id, rich_text: [{ text: { content: "Tredje" } }] });
    const list = await collectPaginatedAPI(notion.comments.list, { block_id: page, page_size: 2 });
    const typed: readonly CommentObjectResponse[] = world.commentsOf(page);
    expect(list).toEqual(typed);
    expect(typed.map(({ rich_text }) => rich_text.map((it) => it.plain_text).join(""))).toEqual([
      "Første",
      "@Anna Dahl se her",
      "Tredje",
    ]);
    expect(typed[2]?.discussion_id).toBe(second.discussion_id);
    expect(typed.map(({ display_name }) => display_name)).toEqual([
      { type: "user", resolved_name: "Anna Dahl" },
      { type: "integration", resolved_name: "Faseport" },
      { type: "integration", resolved_name: "Faseport" },
    ]);
    expect(await notion.comments.retrieve({ comment_id: second.id })).toMatchObject({ id: second.id });
    expectTrue(setup);
  });
});

test("the clock runs on from its start, moves forward when told to, and never back", () => {
  using setup = open();
  const [start, { clock }] = [setup.clock.now().getTime(), setup];
  clock.advance(3_600_000);
  expect(clock.now().getTime() - start).toBeGreaterThanOrEqual(3_600_000);
  expect(clock.now().getTime() - start).toBeLessThan(3_660_000);
  expect(() => clock.advance(-1)).toThrow(RangeError);
});
