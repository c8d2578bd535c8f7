// SPDX-License-Identifier: EUPL-1.2
/** What setup asks of Notion: databases, views, search, and what a connection is allowed. Every answer is judged as in notion-sandbox.test.ts. */
import { APIResponseError, isFullDatabase, isFullDataSource } from "@notionhq/client";
import { describe, expect, test } from "vitest";
import { loadOracle } from "./notion-oracle.ts";
import { anna, hook, open, option, type Setup, title } from "./notion-sandbox-workspace.ts";

const oracle = loadOracle();

function expectTrue({ traffic }: Setup): void {
  expect(traffic.length).toBeGreaterThan(0);
  for (const { method, path, status, body } of traffic)
    if (oracle && status === 200) expect(oracle.answer(method, path, status, body), `${method} ${path}`).toEqual([]);
}

async function refusal(call: () => Promise<unknown>): Promise<readonly [number, string]> {
  try {
    await call();
    return [200, "ok"];
  } catch (error) {
    if (!(error instanceof APIResponseError)) throw error;
    return [error.status, error.code];
  }
}

const phases = { select: { options: [{ name: "A" }, { name: "B" }] } };

function make({ notion, world }: Setup, properties: Record<string, object>, words = "Tavlen") {
  return notion.databases.create({
    parent: { type: "page_id", page_id: world.rootPage },
    title: [{ text: { content: words } }],
    initial_data_source: { properties: properties as never },
  });
}

describe("a database", () => {
  test("is made with its data source, the options in order, and a table", async () => {
    using setup = open({ empty: true });
    const { notion } = setup;
    const made = await make(setup, { Navn: { title: {} }, Fase: phases, Nr: { unique_id: { prefix: "X" } } });
    const id = isFullDatabase(made) ? (made.data_sources[0]?.id ?? "") : "";
    const source = await notion.dataSources.retrieve({ data_source_id: id });
    expect(isFullDataSource(source) && source.properties).toMatchObject({
      Navn: { id: "title", type: "title" },
      Fase: { select: { options: [{ name: "A" }, { name: "B" }] } },
      Nr: { unique_id: { prefix: "X" } },
    });
    const views = await notion.views.list({ database_id: made.id });
    expect(views.results).toHaveLength(1);
    expect(await notion.views.retrieve({ view_id: views.results[0]?.id ?? "" })).toMatchObject({ type: "table" });
    expectTrue(setup);
  });

  test("with a relation gives the other side its property, under the name that was asked for", async () => {
    using setup = open({ empty: true });
    const { notion } = setup;
    const first = await make(setup, { Navn: { title: {} } }, "Innovationsprojekter");
    const to = isFullDatabase(first) ? (first.data_sources[0]?.id ?? "") : "";
    const dual_property = { synced_property_name: "Beslutninger" };
    await make(setup, {
      Navn: { title: {} },
      Projekt: { relation: { data_source_id: to, type: "dual_property", dual_property } },
    });
    const cards = await notion.dataSources.retrieve({ data_source_id: to });
    expect(isFullDataSource(cards) && cards.properties.Beslutninger).toMatchObject({ type: "relation" });
    expect(setup.world.projects).toBe(to);
    expectTrue(setup);
  });

  test.each([
    ["no title", { Fase: phases }],
    ["two titles", { Navn: { title: {} }, Andet: { title: {} } }],
    ["an option with a comma", { Navn: { title: {} }, Fase: { select: { options: [{ name: "a, b" }] } } }],
    ["a property of no kind", { Navn: { title: {} }, Fase: { phase: {} } }],
  ])("with %s is refused, and nothing is there", async (_, properties) => {
    using setup = open({ empty: true });
    expect(await refusal(() => make(setup, properties))).toEqual([400, "validation_error"]);
    const { results } = await setup.notion.search({ query: "Tavlen" });
    expect(results).toEqual([]);
  });

  test("in a page that is not shared is refused", async () => {
    using setup = open({ empty: true });
    setup.world.withdraw(setup.world.rootPage);
    expect(await refusal(() => make(setup, { Navn: { title: {} } }))).toEqual([404, "object_not_found"]);
  });
});

describe("a board", () => {
  test("is made with a column per option, and told by its own address", async () => {
    using setup = open();
    const { notion, world } = setup;
    const property_id = world.dataSource(world.projects).properties.Fase?.id ?? "";
    const where = { data_source_id: world.projects, database_id: world.databases.projects };
    const group_by = { type: "select" as const, property_id, sort: { type: "manual" as const } };
    const made = await notion.views.create({
      ...where,
      name: "Tavle",
      type: "board",
      configuration: { type: "board", group_by },
    });
    expect(await notion.views.retrieve({ view_id: made.id })).toMatchObject({
      name: "Tavle",
      configuration: { type: "board", group_by: { property_id, property_name: "Fase", hide_empty_groups: false } },
    });
    const wrong = { ...group_by, property_id: world.dataSource(world.projects).properties.Ejer?.id ?? "" };
    const refused = () =>
      notion.views.create({ ...where, name: "x", type: "board", configuration: { type: "board", group_by: wrong } });
    expect(await refusal(refused)).toEqual([400, "validation_error"]);
    expectTrue(setup);
  });
});

describe("search", () => {
  test("finds the page that is shared, data sources and rows, by title and kind; what was taken away is not found", async () => {
    using setup = open();
    const { notion, world } = setup;
    const card = world.create(anna.id, world.projects, { Navn: title("Bænke"), Fase: option("3. Test") });
    const found = async (query: string, value: "page" | "data_source") =>
      (await notion.search({ query, filter: { property: "object", value } })).results.map(({ id }) => id);
    expect(await found("bænke", "page")).toEqual([card]);
    expect(await found("innovationsprojekter", "data_source")).toEqual([world.projects]);
    expect(await found("", "page")).toEqual([world.rootPage, card]);
    world.withdraw(world.projects);
    expect([await found("bænke", "page"), await found("Innovationsprojekter", "data_source")]).toEqual([[], []]);
    expectTrue(setup);
  });
});

describe("what the connection is allowed", () => {
  const calls = ({ notion, world }: Setup, card: string) =>
    ({
      readContent: () => notion.pages.retrieve({ page_id: card }),
      updateContent: () => notion.pages.update({ page_id: card, properties: {} }),
      insertContent: () =>
        notion.pages.create({ parent: { type: "data_source_id", data_source_id: world.projects }, properties: {} }),
      readComments: () => notion.comments.list({ block_id: card }),
      insertComments: () =>
        notion.comments.create({ parent: { page_id: card }, rich_text: [{ text: { content: "x" } }] }),
      readUsers: () => notion.users.list({}),
    }) as const;

  test.each(["readContent", "updateContent", "insertContent", "readComments", "insertComments", "readUsers"] as const)(
    "without %s just that is refused",
    async (lacking) => {
      using setup = open();
      const card = setup.world.create(anna.id, setup.world.projects, {});
      setup.world.allow(lacking, false);
      for (const [capability, call] of Object.entries(calls(setup, card)))
        expect(await refusal(call), capability).toEqual(
          capability === lacking ? [403, "restricted_resource"] : [200, "ok"],
        );
      expect(await refusal(() => setup.notion.users.me({}))).toEqual([200, "ok"]);
    },
  );

  test("who may write comments and not read them is told no more than the id", async () => {
    using setup = open();
    const card = setup.world.create(anna.id, setup.world.projects, {});
    setup.world.allow("readComments", false);
    const made = await calls(setup, card).insertComments();
    expect(Object.keys(made).sort()).toEqual(["id", "object", "request_id"]);
  });

  test("e-mail addresses are told only where that is allowed", async () => {
    using setup = open({ people: [{ ...anna, email: "anna@kommune.example" }] });
    const first = async () => (await setup.notion.users.list({})).results[0];
    expect(await first()).toMatchObject({ person: { email: "anna@kommune.example" } });
    setup.world.allow("readEmails", false);
    expect(await first()).toMatchObject({ person: {} });
    expectTrue(setup);
  });

  test("a workspace whose blocks are used up takes no page, and lets everything else be done", async () => {
    using setup = open();
    const card = setup.world.create(anna.id, setup.world.projects, {});
    setup.world.fill(true);
    const { insertContent, ...others } = calls(setup, card);
    expect(await refusal(insertContent)).toEqual([403, "restricted_resource"]);
    for (const call of Object.values(others)) expect(await refusal(call)).toEqual([200, "ok"]);
  });
});

describe("a subscription made by hand", () => {
  test("stays pending until its token is typed in, resends the same one, and only then tells anything", async () => {
    using setup = open();
    const { world, received } = setup;
    expect(await world.proposeSubscription(hook)).toBe(200);
    expect(await world.proposeSubscription(hook)).toBe(200);
    const tokens = received.map(({ body }) => (JSON.parse(body) as { verification_token: string }).verification_token);
    expect(new Set(tokens).size).toBe(1);
    world.create(anna.id, world.projects, {});
    await world.delivered();
    expect(received).toHaveLength(2);
    expect(world.verifySubscription("secret_of-somebody-else")).toBe(false);
    expect(world.verifySubscription(tokens[0] ?? "")).toBe(true);
    world.create(anna.id, world.projects, {});
    await world.delivered();
    expect(received.length).toBeGreaterThan(2);
  });

  test("tells nobody when nobody answers", async () => {
    using setup = open();
    setup.answers.push("broken");
    expect(await setup.world.proposeSubscription(hook)).toBeNull();
  });
});
