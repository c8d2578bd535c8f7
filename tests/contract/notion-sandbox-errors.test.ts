// SPDX-License-Identifier: EUPL-1.2
/** Every refusal the sandbox knows, with Notion's status, code and words; the recorded ones word for word. */
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { loadOracle } from "./notion-oracle.ts";
import { anna, idOf, open, option, type Setup, title, token } from "./notion-sandbox-workspace.ts";

const oracle = loadOracle();
const unknown = "11111111-1111-4111-8111-111111111111";

type Ask = Readonly<{ method?: string; path: string; body?: unknown; headers?: Record<string, string | undefined> }>;

async function ask(setup: Setup, { method, path, body, headers = {} }: Ask) {
  const all = {
    authorization: `Bearer ${token}`,
    "notion-version": "2026-03-11",
    ...(body === undefined ? {} : { "content-type": "application/json" }),
    ...headers,
  };
  const given = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const text = body === undefined || typeof body === "string" ? body : JSON.stringify(body);
  const answer = await setup.fetch(`https://api.notion.com${path}`, {
    method: method ?? (body === undefined ? "GET" : "POST"),
    headers: given,
    ...(text === undefined ? {} : { body: text }),
  });
  return { answer, body: (await answer.json()) as Record<string, unknown> };
}

describe("the door", () => {
  const cases: readonly (readonly [string, Ask, number, string, string])[] = [
    [
      "a wrong token",
      { path: "/v1/users/me", headers: { authorization: "Bearer x" } },
      401,
      "unauthorized",
      "API token is invalid.",
    ],
    [
      "no token",
      { path: "/v1/users/me", headers: { authorization: undefined } },
      401,
      "unauthorized",
      "API token is invalid.",
    ],
    [
      "no version",
      { path: "/v1/users/me", headers: { "notion-version": undefined } },
      400,
      "missing_version",
      "Notion-Version header failed validation: Notion-Version header should be defined, instead was `undefined`.",
    ],
    [
      "another version",
      { path: "/v1/users/me", headers: { "notion-version": "2025-09-03" } },
      400,
      "validation_error",
      'Notion-Version header failed validation: Notion-Version header should be `"2026-03-11"`, instead was `"2025-09-03"`.',
    ],
    ["an unknown address", { path: "/v1/invalid" }, 400, "invalid_request_url", "Invalid request URL."],
    [
      "an old address",
      { path: `/v1/databases/${unknown}/query`, body: {} },
      400,
      "invalid_request_url",
      "Invalid request URL.",
    ],
    ["a body that is no JSON", { path: "/v1/pages", body: "{" }, 400, "invalid_json", "Error parsing JSON body."],
    [
      "a body without a JSON content type",
      { path: "/v1/pages", body: {}, headers: { "content-type": "text/plain" } },
      400,
      "invalid_json",
      "Error parsing JSON body.",
    ],
    [
      "a path that is no UUID",
      { path: "/v1/pages/12345678-1234-1234-1234-123456789abc" },
      400,
      "validation_error",
      'path failed validation: path.page_id should be a valid uuid, instead was `"12345678-1234-1234-1234-123456789abc"`.',
    ],
    [
      "a page that is not shared",
      { path: "/v1/pages/00000000-0000-0000-0000-000000000000" },
      404,
      "object_not_found",
      'Could not find page with ID: 00000000-0000-0000-0000-000000000000. Make sure the relevant pages and databases are shared with your integration "Faseport".',
    ],
    [
      "an unknown data source",
      { path: `/v1/data_sources/${unknown}` },
      404,
      "object_not_found",
      `Could not find data source with ID: ${unknown}. Make sure the relevant pages and databases are shared with your integration "Faseport".`,
    ],
    [
      "an unknown user",
      { path: `/v1/users/${unknown}` },
      404,
      "object_not_found",
      `Could not find user with ID: ${unknown}.`,
    ],
    [
      "comments of an unknown block",
      { path: `/v1/comments?block_id=${unknown}` },
      404,
      "object_not_found",
      `Could not find block with ID: ${unknown}. Make sure the relevant pages and databases are shared with your integration "Faseport".`,
    ],
    [
      "too large a page",
      { path: "/v1/users?page_size=101" },
      400,
      "validation_error",
      "query failed validation: query.page_size should be ≤ `100`, instead was `101`.",
    ],
  ];

  test.each(cases)("%s", async (_, request, status, code, message) => {
    using setup = open();
    const { answer, body } = await ask(setup, request);
    const more = status === 404 ? { additional_data: { integration_id: setup.world.bot.id } } : {};
    const id = answer.headers.get("x-notion-request-id");
    expect(body).toEqual({ object: "error", status, code, message, ...more, request_id: id });
    expect(answer.status).toBe(status);
    if (oracle && request.path.startsWith("/v1/pages/")) {
      expect(oracle.answer("GET", request.path, status, body)).toEqual([]);
    }
  });

  test("an id in a path may come without hyphens, one in a body may not", async () => {
    using setup = open();
    const page = setup.world.create(anna.id, setup.world.projects, {});
    const bare = page.replaceAll("-", "");
    expect((await ask(setup, { path: `/v1/pages/${bare}` })).body).toMatchObject({ id: page });
    const text = [{ text: { content: "x" } }];
    const written = await ask(setup, { path: "/v1/comments", body: { parent: { page_id: bare }, rich_text: text } });
    expect(written.body).toMatchObject({
      code: "validation_error",
      message: `body failed validation: body.parent.page_id should be a valid uuid, instead was \`"${bare}"\`.`,
    });
  });
});

describe("a write that Notion would refuse changes nothing", () => {
  const long = "x".repeat(2001);
  const many = Array.from({ length: 101 }, () => ({ id: anna.id }));
  const cases: readonly (readonly [string, Record<string, unknown>, string])[] = [
    ["an unknown property", { Findesikke: title("x") }, "Findesikke is not a property that exists."],
    ["the wrong type", { Fase: { rich_text: [] } }, "Fase is expected to be select."],
    [
      "the wrong type, said so",
      { Fase: { type: "status", select: { name: "3. Test" } } },
      "Fase is expected to be select.",
    ],
    [
      "no value",
      { Fase: {} },
      "body failed validation: body.properties.Fase.select should be defined, instead was `undefined`.",
    ],
    [
      "text of more than 2,000 characters",
      { Udfordring: { rich_text: [{ text: { content: long } }] } },
      "body failed validation: body.properties.Udfordring.rich_text[0].text.content.length should be ≤ `2000`, instead was `2001`.",
    ],
    [
      "more than 100 items",
      { Ejer: { people: many } },
      "body failed validation: body.properties.Ejer.people.length should be ≤ `100`, instead was `101`.",
    ],
    [
      "a comma in an option",
      { Udvalg: { multi_select: [{ name: "Børn, unge" }] } },
      "Invalid select option, commas not allowed: Børn, unge",
    ],
    ["an option id that does not exist", { Fase: { select: { id: "abcd" } } }, "abcd is an invalid select option."],
    [
      "an empty address",
      { Opgave: { url: "" } },
      "body failed validation: body.properties.Opgave.url.length should be ≥ `1`, instead was `0`.",
    ],
    [
      "a number as text",
      { Testrunder: { number: "3" } },
      'body failed validation: body.properties.Testrunder.number should be a number or null, instead was `"3"`.',
    ],
    [
      "a checkbox as null",
      { "Kræver bevilling": { checkbox: null } },
      "body failed validation: body.properties.Kræver bevilling.checkbox should be a boolean, instead was `null`.",
    ],
    [
      "a Danish date",
      { "I drift fra": { date: { start: "31-01-2027" } } },
      'body failed validation: body.properties.I drift fra.date.start should be a valid ISO 8601 date string, instead was `"31-01-2027"`.',
    ],
    [
      "the service's own number",
      { "Projekt-id": { unique_id: { number: 7 } } },
      'body failed validation: body.properties.Projekt-id.unique_id should be not present, instead was `{"number":7}`.',
    ],
    ["a person nobody knows", { Ejer: { people: [{ id: unknown }] } }, `Could not find user with ID: ${unknown}.`],
    [
      "a mention without anything",
      { Udfordring: { rich_text: [{ mention: {} }] } },
      "body failed validation: body.properties.Udfordring.rich_text[0].mention.user should be defined, instead was `undefined`.",
    ],
    [
      "an unknown key",
      { Udfordring: { rich_text: [{ content: "x" }] } },
      'body failed validation: body.properties.Udfordring.rich_text[0].content should be not present, instead was `"x"`.',
    ],
  ];

  test.each(cases)("%s", async (_, properties, message) => {
    using setup = open();
    const { world } = setup;
    const page = world.create(anna.id, world.projects, { Navn: title("A") });
    const [before, schema] = [world.page(page), world.dataSource(world.projects)];
    const both = { Navn: title("B"), Udvalg: { multi_select: [{ name: "Ny" }] }, ...properties };
    const { body } = await ask(setup, { method: "PATCH", path: `/v1/pages/${page}`, body: { properties: both } });
    expect(body).toMatchObject({ object: "error", message });
    expect(() => world.edit(anna.id, page, properties as Record<string, Record<string, unknown>>)).toThrow(message);
    expect(world.page(page)).toEqual(before);
    expect(world.dataSource(world.projects)).toEqual(schema);
  });

  test("a relation to a page of another data source", async () => {
    using setup = open();
    const { world } = setup;
    const card = world.create(anna.id, world.projects, {});
    const properties = { Beslutninger: { relation: [{ id: card }] } };
    const { body } = await ask(setup, { method: "PATCH", path: `/v1/pages/${card}`, body: { properties } });
    expect(body).toMatchObject({ status: 400, code: "validation_error" });
  });
});

describe("closed schemas", () => {
  const cases: readonly (readonly [string, (setup: Setup, page: string) => Ask, string])[] = [
    [
      "archived, which 2026-03-11 took away",
      (_, page) => ({ method: "PATCH", path: `/v1/pages/${page}`, body: { archived: true } }),
      "body.archived",
    ],
    [
      "an unknown key in a query",
      ({ world }) => ({ path: `/v1/data_sources/${world.projects}/query`, body: { limit: 5 } }),
      "body.limit",
    ],
    [
      "a comment in two places",
      (_, page) => ({
        path: "/v1/comments",
        body: { parent: { page_id: page }, discussion_id: unknown, rich_text: [] },
      }),
      "body.parent",
    ],
    [
      "an empty comment",
      (_, page) => ({ path: "/v1/comments", body: { parent: { page_id: page }, rich_text: [] } }),
      "body.rich_text.length",
    ],
    [
      "groups three levels deep",
      ({ world }) => ({
        path: `/v1/data_sources/${world.projects}/query`,
        body: { filter: { and: [{ or: [{ and: [] }] }] } },
      }),
      "body.filter.and[0].or[0].and",
    ],
    [
      "a page of 101 rows",
      ({ world }) => ({ path: `/v1/data_sources/${world.projects}/query`, body: { page_size: 101 } }),
      "body.page_size",
    ],
    [
      "a page under what is no page's id",
      () => ({ path: "/v1/pages", body: { parent: { page_id: "forsiden" }, properties: {} } }),
      "body.parent.page_id",
    ],
  ];

  test.each(cases)("%s", async (_, request, where) => {
    using setup = open();
    const page = setup.world.create(anna.id, setup.world.projects, {});
    const { body } = await ask(setup, request(setup, page));
    expect(body).toMatchObject({ status: 400, code: "validation_error" });
    expect(body.message).toContain(`body failed validation: ${where} should be `);
  });

  test("a filter of another type than the property, or of no property", async () => {
    using setup = open();
    const path = `/v1/data_sources/${setup.world.projects}/query`;
    const wrong = await ask(setup, { path, body: { filter: { property: "Fase", status: { equals: "x" } } } });
    expect(wrong.body.message).toBe("database property select does not match filter status");
    const none = await ask(setup, { path, body: { filter: { property: "Ukendt", select: { equals: "x" } } } });
    expect(none.body.message).toBe("Could not find property with name or id: Ukendt");
  });

  test("a cursor that was never handed out", async () => {
    using setup = open();
    const path = `/v1/data_sources/${setup.world.projects}/query`;
    const { body } = await ask(setup, { path, body: { start_cursor: `s:${unknown}:${unknown}` } });
    expect(body).toMatchObject({ status: 400, code: "validation_error" });
  });

  test("an option's colour cannot be changed", async () => {
    using setup = open();
    const { world } = setup;
    const fase = world.dataSource(world.projects).properties.Fase;
    const first = fase?.type === "select" ? fase.select.options[0] : undefined;
    const body = { properties: { Fase: { select: { options: [{ id: first?.id, color: "pink" }] } } } };
    const answer = await ask(setup, { method: "PATCH", path: `/v1/data_sources/${world.projects}`, body });
    expect(answer.body.message).toContain("Cannot update color of select with id");
    expect(world.dataSource(world.projects).properties.Fase).toEqual(fase);
  });

  test("the title property can neither be deleted nor change its type", async () => {
    using setup = open();
    for (const change of [null, { rich_text: {} }]) {
      const path = `/v1/data_sources/${setup.world.projects}`;
      const { body } = await ask(setup, { method: "PATCH", path, body: { properties: { title: change } } });
      expect(body).toMatchObject({ status: 400, code: "validation_error" });
    }
    expect(idOf(setup.world, setup.world.projects, "Navn")).toBe("title");
  });
});

test("nobody but those in the workspace can act", () => {
  using setup = open();
  expect(() => setup.world.create(unknown, setup.world.projects, { Fase: option("3. Test") })).toThrow(unknown);
  expect(() => open({ people: [{ id: "anna", name: "Anna", kind: "person" }] })).toThrow("UUID");
});

const recordings = new URL("../../../shared/data/notion-exchanges.jsonl", import.meta.url);
type Recording = { method: string; uri: string; version: string; status: number; resBody: string };

describe.skipIf(!existsSync(recordings))(
  "recorded refusals (skipped without the recordings beside the repository)",
  () => {
    test("are given word for word", async () => {
      const refused = readFileSync(recordings, "utf8")
        .split("\n")
        .filter((line) => line.includes('"status": 4') || line.includes('"status":4'))
        .map((line) => JSON.parse(line) as Recording)
        .filter(({ status }) => status >= 400);
      expect(refused.length).toBeGreaterThan(5);
      for (const { method, uri, status, resBody } of refused) {
        using setup = open({ botName: "notion-sdk-py" });
        const { pathname, search } = new URL(uri);
        const headers: Record<string, string> = status === 401 ? { authorization: "Bearer wrong" } : {};
        const { body } = await ask(setup, { method, path: pathname + search, headers });
        const real = JSON.parse(resBody) as Record<string, unknown>;
        const own = {
          request_id: body.request_id,
          ...(real.additional_data ? { additional_data: body.additional_data } : {}),
        };
        expect(body).toEqual({ ...real, ...own });
        expect(Object.keys(body)).toEqual(Object.keys(real));
      }
    });
  },
);
