// SPDX-License-Identifier: EUPL-1.2
/** The sandbox on a bad day: budget, refusals before and after saving, connections that break; and its journal. */
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { APIErrorCode, Client } from "@notionhq/client";
import { describe, expect, test } from "vitest";
import { budget } from "../../src/sandbox/notion/budget.ts";
import { loadOracle } from "./notion-oracle.ts";
import { anna, open, title, token } from "./notion-sandbox-workspace.ts";

const oracle = loadOracle();

describe("budget", () => {
  test("the request over it gets 429, with the seconds until the window resets", async () => {
    using setup = open();
    setup.world.limit(2);
    await setup.notion.users.me({});
    await setup.notion.users.me({});
    await expect(setup.notion.users.me({})).rejects.toMatchObject({
      code: APIErrorCode.RateLimited,
      status: 429,
      additional_data: {
        rate_limit_reason: "public_api_request_rate_limit",
        retry_after: expect.stringMatching(/^\d+$/),
      },
    });
    const refused = setup.traffic.at(-1);
    if (oracle) expect(oracle.answer("GET", "/v1/users/me", 429, refused?.body)).toEqual([]);
    setup.world.limit(null);
    await setup.notion.users.me({});
  });

  test("the window is fixed, 60 seconds from the first request", () => {
    let now = 1000;
    const requests = budget(() => now);
    requests.limit(2);
    requests.spend();
    now += 45_500;
    requests.spend();
    expect(() => requests.spend()).toThrow(expect.objectContaining({ headers: { "Retry-After": "15" } }));
    now += 14_500;
    requests.spend();
    requests.spend();
    expect(() => requests.spend()).toThrow(expect.objectContaining({ headers: { "Retry-After": "60" } }));
  });
});

describe("faults", () => {
  const statuses = [
    [409, "conflict_error"],
    [500, "internal_server_error"],
    [503, "service_unavailable"],
    [504, "gateway_timeout"],
    [529, "service_overload"],
    [429, "rate_limited"],
  ] as const;
  test.each(statuses)("%i before saving: nothing happened", async (status, code) => {
    using setup = open();
    const { notion, world } = setup;
    world.faults(({ method }) => (method === "POST" ? { kind: "status", status, retryAfter: 7 } : null));
    const create = notion.pages.create({ parent: { data_source_id: world.projects }, properties: {} });
    const error = await create.catch((it: unknown) => it);
    expect(error).toMatchObject({ status, code });
    expect((error as { headers: Headers }).headers.get("retry-after")).toBe("7");
    expect(world.pages(world.projects)).toEqual([]);
    world.faults(null);
    await notion.pages.create({ parent: { data_source_id: world.projects }, properties: {} });
    expect(world.pages(world.projects)).toHaveLength(1);
  });

  test("saved, but answered 503: the page is there, and the body says which", async () => {
    using setup = open();
    const { notion, world } = setup;
    world.faults(() => ({ kind: "status", status: 503, afterSaving: true }));
    const create = notion.pages.create({
      parent: { data_source_id: world.projects },
      properties: { Navn: title("A") },
    });
    const error = await create.catch((it: unknown) => it);
    const [page] = world.pages(world.projects);
    expect(error).toMatchObject({
      status: 503,
      additional_data: {
        retry_guidance: ["Read the object again to confirm the saved change.", "Do not repeat the write."],
        committed_resource_id: page?.id,
      },
    });
    if (oracle) expect(oracle.answer("POST", "/v1/pages", 503, setup.traffic.at(-1)?.body)).toEqual([]);
    const update = notion.pages.update({ page_id: page?.id ?? "", properties: { Navn: title("B") } });
    await expect(update).rejects.not.toHaveProperty("additional_data.committed_resource_id");
    expect(world.page(page?.id ?? "").properties.Navn).toMatchObject({ title: [{ plain_text: "B" }] });
  });

  test("a write that is refused anyway is refused for its own reason", async () => {
    using setup = open();
    setup.world.faults(() => ({ kind: "status", status: 503, afterSaving: true }));
    const create = setup.notion.pages.create({
      parent: { data_source_id: setup.world.projects },
      properties: { Findesikke: title("A") },
    });
    await expect(create).rejects.toMatchObject({ status: 400 });
  });

  test.each([true, false])("in-process, a broken connection rejects (saved: %s)", async (afterSaving) => {
    using setup = open();
    const { notion, world } = setup;
    world.faults(() => ({ kind: "drop-connection", afterSaving }));
    const create = notion.pages.create({ parent: { data_source_id: world.projects }, properties: {} });
    await expect(create).rejects.toMatchObject({ name: "TypeError", cause: { code: "UND_ERR_SOCKET" } });
    expect(world.pages(world.projects)).toHaveLength(afterSaving ? 1 : 0);
    expect(world.calls.at(-1)).toMatchObject({ method: "POST", path: "/v1/pages", status: 0 });
  });

  test.each([true, false])("over HTTP, the socket closes (saved: %s)", async (afterSaving) => {
    using setup = open();
    const { world } = setup;
    const server = serve({ fetch: world.api.fetch, port: 0, hostname: "127.0.0.1" });
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as AddressInfo;
    const notion = new Client({
      auth: token,
      notionVersion: "2026-03-11",
      retry: false,
      baseUrl: `http://127.0.0.1:${port}`,
    });
    try {
      expect(await notion.users.me({})).toMatchObject({ id: world.bot.id });
      world.faults(() => ({ kind: "drop-connection", afterSaving }));
      const create = notion.pages.create({ parent: { data_source_id: world.projects }, properties: {} });
      await expect(create).rejects.toMatchObject({ name: "TypeError", cause: { code: "UND_ERR_SOCKET" } });
      expect(world.pages(world.projects)).toHaveLength(afterSaving ? 1 : 0);
      expect(world.calls.at(-1)).toMatchObject({ path: "/v1/pages", status: 0 });
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
  });
});

test("a stale query shows the rows as they were: older values, no new row, a trashed one still there; the page itself is right", async () => {
  using setup = open();
  const { world, notion, clock } = setup;
  const [kept, thrown] = [
    world.create(anna.id, world.projects, { Navn: title("A") }),
    world.create(anna.id, world.projects, {}),
  ];
  clock.advance(10_000);
  world.edit(anna.id, kept, { Navn: title("B") });
  world.trash(anna.id, thrown);
  const made = world.create(anna.id, world.projects, {});
  const asked = async () => (await notion.dataSources.query({ data_source_id: world.projects })).results;
  expect((await asked()).map(({ id }) => id).sort()).toEqual([kept, made].sort());
  world.faults(() => ({ kind: "stale", ms: 5_000 }));
  const shown = await asked();
  expect(shown.map(({ id }) => id).sort()).toEqual([kept, thrown].sort());
  expect(shown.find(({ id }) => id === kept)).toMatchObject({ properties: { Navn: { title: [{ plain_text: "A" }] } } });
  expect(await notion.pages.retrieve({ page_id: kept })).toMatchObject({
    properties: { Navn: { title: [{ plain_text: "B" }] } },
  });
  clock.advance(5_000);
  expect((await asked()).map(({ id }) => id).sort()).toEqual([kept, made].sort());
});

test("the journal tells when, what, how it went, and whose token it was", async () => {
  using setup = open();
  const { world } = setup;
  const page = world.create(anna.id, world.projects, {});
  await setup.notion.pages.retrieve({ page_id: page });
  const stranger = new Client({ auth: "wrong", notionVersion: "2026-03-11", fetch: setup.fetch, logger: () => {} });
  await stranger.users.me({}).catch(() => null);
  expect(world.calls).toEqual([
    {
      at: expect.stringContaining("2027-01-04T08:00:4"),
      method: "GET",
      path: `/v1/pages/${page}`,
      status: 200,
      by: world.bot.id,
    },
    { at: expect.stringContaining("2027-01-04T08:00:4"), method: "GET", path: "/v1/users/me", status: 401, by: null },
  ]);
});
