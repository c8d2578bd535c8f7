// SPDX-License-Identifier: EUPL-1.2
/** The sandbox's webhooks: signed, merged, retried and lost as Notion's are. */
import { verifyWebhookSignature } from "@notionhq/client";
import { describe, expect, test } from "vitest";
import { sign } from "../../src/sandbox/notion/deliver.ts";
import { loadOracle } from "./notion-oracle.ts";
import {
  agent,
  anna,
  bo,
  events,
  hook,
  idOf,
  open,
  option,
  richText,
  type Setup,
  secret,
  title,
} from "./notion-sandbox-workspace.ts";

const oracle = loadOracle();

/** A workspace with a subscriber and one card whose creation is already told. */
async function subscribed(options: Parameters<typeof open>[0] = {}): Promise<Setup & { card: string }> {
  const setup = open(options);
  const card = setup.world.create(anna.id, setup.world.projects, { Navn: title("A"), Fase: option("1. Udforsk") });
  await setup.world.delivered();
  setup.world.subscribe({ url: hook, secret });
  return { ...setup, card };
}

async function told(setup: Setup): Promise<readonly Record<string, unknown>[]> {
  await setup.world.delivered();
  const all = events(setup.received);
  for (const { body } of setup.received) {
    // Authors of type "agent" are documented, but newer than the OpenAPI document.
    if (oracle) expect(oracle.event(JSON.parse(body.replaceAll('"agent"', '"bot"')))).toEqual([]);
  }
  return all;
}

const types = (all: readonly Record<string, unknown>[]): unknown[] => all.map(({ type }) => type).sort();

describe("signature", () => {
  test("the documented vector", () => {
    expect(sign(`{"verification_token":"${secret}"}`, secret)).toBe(
      "sha256=461e8cbcba8a75c3edd866f0e71280f5a85cbf21eff040ebd10fe266df38a735",
    );
  });

  test("the handshake is exactly the token, signed with itself", async () => {
    using setup = await subscribed();
    setup.answers.push(204);
    expect(await setup.world.sendHandshake()).toEqual([204]);
    expect(setup.received).toEqual([
      { url: hook, body: `{"verification_token":"${secret}"}`, signature: expect.stringMatching(/^sha256=461e8cb/) },
    ]);
  });

  test("every event verifies with Notion's own function, and not with another secret", async () => {
    using setup = await subscribed();
    setup.world.edit(bo.id, setup.card, { Fase: option("2. Nytænk"), Udfordring: richText("æøå 🚀") });
    await setup.world.delivered();
    const [event] = setup.received;
    const args = { body: event?.body ?? "", signature: event?.signature ?? "" };
    expect(await verifyWebhookSignature({ ...args, verificationToken: secret })).toBe(true);
    expect(await verifyWebhookSignature({ ...args, verificationToken: `${secret}x` })).toBe(false);
  });
});

describe("what is told", () => {
  test("a changed property, by its URL-encoded id, with the database as parent", async () => {
    using setup = await subscribed();
    const { world, card } = setup;
    world.edit(bo.id, card, { Fase: option("2. Nytænk") });
    expect(await told(setup)).toEqual([
      {
        id: expect.any(String),
        timestamp: expect.stringMatching(/^2027-01-04T08:00:4\d\.\d{3}Z$/),
        workspace_id: expect.any(String),
        workspace_name: "Furesø Kommune",
        subscription_id: expect.any(String),
        integration_id: expect.any(String),
        authors: [{ id: bo.id, type: "person" }],
        attempt_number: 1,
        api_version: "2026-03-11",
        type: "page.properties_updated",
        entity: { id: card, type: "page" },
        data: {
          parent: { id: world.databases.projects, type: "database", data_source_id: world.projects },
          updated_properties: [idOf(world, world.projects, "Fase")],
        },
      },
    ]);
  });

  test("a changed title, as a property and as content", async () => {
    using setup = await subscribed();
    setup.world.edit(bo.id, setup.card, { Navn: title("B") });
    const all = await told(setup);
    expect(types(all)).toEqual(["page.content_updated", "page.properties_updated"]);
    expect(all[0]).toMatchObject({ data: { updated_properties: ["title"] } });
  });

  test("a page moved to another database, with where it is now; there and back at once is nothing", async () => {
    using setup = await subscribed();
    const { world, card } = setup;
    world.move(bo.id, card, world.elsewhere);
    expect(await told(setup)).toMatchObject([
      {
        type: "page.moved",
        entity: { id: card, type: "page" },
        authors: [{ id: bo.id, type: "person" }],
        data: { parent: { type: "database", data_source_id: world.elsewhere } },
      },
    ]);
    world.move(bo.id, card, world.projects);
    world.move(bo.id, card, world.elsewhere);
    expect(await told(setup)).toHaveLength(1);
  });

  test("the bot's own writes, and the row at the other end of a relation", async () => {
    using setup = await subscribed();
    const { notion, world, card } = setup;
    const properties = { Projekt: { relation: [{ id: card }] } };
    const row = await notion.pages.create({ parent: { data_source_id: world.decisions }, properties });
    const all = await told(setup);
    expect(types(all)).toEqual(["page.created", "page.properties_updated"]);
    for (const { authors } of all) expect(authors).toEqual([{ id: world.bot.id, type: "bot" }]);
    expect(all.map(({ entity }) => entity)).toEqual(
      expect.arrayContaining([
        { id: row.id, type: "page" },
        { id: card, type: "page" },
      ]),
    );
  });

  test("a comment at once, one event each", async () => {
    using setup = await subscribed();
    setup.world.comment(anna.id, setup.card, "Et");
    setup.world.comment(anna.id, setup.card, "To");
    const all = await told(setup);
    expect(types(all)).toEqual(["comment.created", "comment.created"]);
    expect(all[0]).toMatchObject({ data: { page_id: setup.card, parent: { id: setup.card, type: "page" } } });
  });

  test("an option that a write added is a change of the schema", async () => {
    using setup = await subscribed();
    const { world, card } = setup;
    world.edit(bo.id, card, { Fase: option("6. Ny") });
    const all = await told(setup);
    expect(all.find(({ type }) => type === "data_source.schema_updated")).toMatchObject({
      entity: { id: world.projects, type: "data_source" },
      data: { updated_properties: [{ id: idOf(world, world.projects, "Fase"), name: "Fase", action: "updated" }] },
    });
    expect(types(all)).toEqual(["data_source.schema_updated", "page.properties_updated"]);
  });

  test("properties created and deleted", async () => {
    using setup = await subscribed();
    const { notion, world } = setup;
    const properties = { Ny: { type: "checkbox" as const, checkbox: {} }, Opgave: null };
    await notion.dataSources.update({ data_source_id: world.projects, properties });
    expect(await told(setup)).toMatchObject([
      {
        data: {
          updated_properties: [
            { name: "Ny", action: "created" },
            { name: "Opgave", action: "deleted" },
          ],
        },
      },
    ]);
  });

  test("nothing when a write changes nothing", async () => {
    using setup = await subscribed();
    setup.world.edit(bo.id, setup.card, { Fase: option("1. Udforsk"), Navn: title("A") });
    expect(await told(setup)).toEqual([]);
  });
});

describe("merged within the window", () => {
  test("several edits by several authors are one event, each named once", async () => {
    using setup = await subscribed();
    const { world, card, clock } = setup;
    world.edit(bo.id, card, { Fase: option("2. Nytænk") });
    world.edit(anna.id, card, { Testrunder: { number: 1 } });
    clock.advance(5000);
    world.edit(agent.id, card, { Fase: option("3. Test") });
    world.edit(bo.id, card, { Testrunder: { number: 2 } });
    const all = await told(setup);
    expect(all).toHaveLength(1);
    expect(all[0]).toMatchObject({
      timestamp: expect.stringContaining("2027-01-04T08:00:47"),
      authors: [
        { id: bo.id, type: "person" },
        { id: anna.id, type: "person" },
        { id: agent.id, type: "agent" },
      ],
      data: { updated_properties: [idOf(world, world.projects, "Fase"), idOf(world, world.projects, "Testrunder")] },
    });
  });

  test("an edit taken back before the window ends is not told", async () => {
    using setup = await subscribed();
    setup.world.edit(bo.id, setup.card, { Fase: option("2. Nytænk"), Navn: title("B") });
    setup.world.edit(bo.id, setup.card, { Fase: option("1. Udforsk"), Navn: title("A") });
    expect(await told(setup)).toEqual([]);
  });

  test("after the window a new one begins", async () => {
    using setup = await subscribed();
    setup.world.edit(bo.id, setup.card, { Fase: option("2. Nytænk") });
    await setup.world.delivered();
    setup.world.edit(bo.id, setup.card, { Fase: option("1. Udforsk") });
    expect(await told(setup)).toHaveLength(2);
  });

  const lives: readonly (readonly [string, readonly ("create" | "trash" | "restore")[], readonly string[]])[] = [
    ["created and trashed", ["create", "trash"], []],
    ["created, trashed and restored", ["create", "trash", "restore"], ["page.created"]],
    ["trashed", ["trash"], ["page.deleted"]],
    ["trashed and restored", ["trash", "restore"], []],
  ];
  test.each(lives)("%s", async (_, steps, expected) => {
    using setup = await subscribed();
    const { world } = setup;
    let page = setup.card;
    for (const step of steps) {
      if (step === "create") page = world.create(bo.id, world.projects, {});
      if (step === "trash") world.trash(bo.id, page);
      if (step === "restore") world.restore(bo.id, page);
    }
    expect(types(await told(setup))).toEqual(expected);
  });

  test("trashed in one window and restored in the next are two events", async () => {
    using setup = await subscribed();
    setup.world.trash(bo.id, setup.card);
    await setup.world.delivered();
    setup.world.restore(bo.id, setup.card);
    expect(types(await told(setup))).toEqual(["page.deleted", "page.undeleted"]);
  });
});

describe("delivery", () => {
  test("an event not acknowledged comes again under the same id, signed anew", async () => {
    using setup = await subscribed();
    setup.answers.push(503, "broken", 404);
    setup.world.edit(bo.id, setup.card, { Fase: option("2. Nytænk") });
    const all = await told(setup);
    expect(all.map((event) => event.attempt_number)).toEqual([1, 2, 3, 4]);
    expect(new Set(all.map(({ id }) => id)).size).toBe(1);
    for (const { body, signature } of setup.received) expect(signature).toBe(sign(body, secret));
  });

  test("after eight attempts it is given up", async () => {
    using setup = await subscribed();
    setup.answers.push(...Array.from({ length: 20 }, () => 500));
    setup.world.edit(bo.id, setup.card, { Fase: option("2. Nytænk") });
    expect(await told(setup)).toHaveLength(8);
  });

  test("held events come when they may flow again", async () => {
    using setup = await subscribed();
    setup.world.deliveries("hold");
    setup.world.edit(bo.id, setup.card, { Fase: option("2. Nytænk") });
    expect(await told(setup)).toEqual([]);
    setup.world.deliveries("flow");
    expect(await told(setup)).toHaveLength(1);
  });

  test("lost events never come, those held until then neither", async () => {
    using setup = await subscribed();
    setup.world.deliveries("hold");
    setup.world.edit(bo.id, setup.card, { Fase: option("2. Nytænk") });
    await setup.world.delivered();
    setup.world.deliveries("lose");
    setup.world.edit(bo.id, setup.card, { Fase: option("3. Test") });
    await setup.world.delivered();
    setup.world.deliveries("flow");
    expect(await told(setup)).toEqual([]);
  });

  test("nothing is sent after closing", async () => {
    using setup = await subscribed();
    setup.world.edit(bo.id, setup.card, { Fase: option("2. Nytænk") });
    const delivered = setup.world.delivered();
    setup.world.close();
    await delivered;
    setup.world.comment(bo.id, setup.card, "For sent");
    expect(setup.received).toEqual([]);
  });

  test("listeners hear of every change until they stop listening", async () => {
    using setup = await subscribed();
    let heard = 0;
    const stop = setup.world.onChange(() => {
      heard += 1;
    });
    setup.world.edit(bo.id, setup.card, { Fase: option("2. Nytænk") });
    setup.world.comment(bo.id, setup.card, "x");
    setup.world.trash(bo.id, setup.card);
    stop();
    setup.world.restore(bo.id, setup.card);
    expect(heard).toBe(3);
  });
});
