// SPDX-License-Identifier: EUPL-1.2
/** The door on a real server: what is refused, what is ignored, and that neither leaves work behind. */
import { createHmac } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type House, openHouse, people } from "./house.ts";

let house: House;
beforeAll(async () => {
  house = await openHouse();
}, 60_000);
afterAll(() => house.close());

const secret = () => house.sandbox.environment().NOTION_WEBHOOK_SECRET ?? "";
const sign = (body: string, key = secret()) => `sha256=${createHmac("sha256", key).update(body).digest("hex")}`;
const post = (body: string, headers: Record<string, string>, path = "/webhooks/notion") =>
  fetch(`${house.service().url}${path}`, {
    method: "POST",
    body,
    headers: { "content-type": "application/json", ...headers },
  });

/** An event about a card, as Notion sends it. */
function event(change: Record<string, unknown> = {}): string {
  const { notion } = house.sandbox;
  return JSON.stringify({
    id: crypto.randomUUID(),
    timestamp: house.sandbox.clock.now().toISOString(),
    workspace_id: crypto.randomUUID(),
    workspace_name: "Furesø",
    subscription_id: crypto.randomUUID(),
    integration_id: crypto.randomUUID(),
    type: "page.properties_updated",
    authors: [{ id: people.anders, type: "person" }],
    attempt_number: 1,
    api_version: "2026-03-11",
    entity: { id: notion.pages(notion.projects)[0]?.id, type: "page" },
    data: {
      parent: { id: notion.databases.projects, type: "database", data_source_id: notion.projects },
      updated_properties: [notion.dataSource(notion.projects).properties.Fase?.id],
    },
    ...change,
  });
}

/** Jobs ever put in, and calls ever made: neither may grow. */
const work = async () =>
  JSON.stringify([
    await house.jobs("sync"),
    await house.jobs("row"),
    await house.jobs("reconcile"),
    house.sandbox.notion.calls.length,
  ]);

const body = () => event();
const refused: readonly [what: string, status: number, send: () => Promise<Response>][] = [
  ["a missing signature", 401, () => post(body(), {})],
  ["an empty signature", 401, () => post(body(), { "x-notion-signature": "" })],
  ["a short signature", 401, () => post(body(), { "x-notion-signature": "sha256=ab" })],
  ["a signature of another length", 401, () => post(body(), { "x-notion-signature": `${sign("x")}00` })],
  ["a signature that is no hex", 401, () => post(body(), { "x-notion-signature": `sha256=${"z".repeat(64)}` })],
  ["a signature of another body", 401, () => post(body(), { "x-notion-signature": sign("another") })],
  [
    "a signature made with a foreign secret",
    401,
    () => {
      const it = body();
      return post(it, { "x-notion-signature": sign(it, "foreign") });
    },
  ],
  [
    "GitHub's door with Notion's signature",
    401,
    () => {
      const it = body();
      return post(it, { "x-hub-signature-256": sign(it), "x-github-event": "issues" }, "/webhooks/github");
    },
  ],
  [
    "a body over the limit, signed",
    413,
    () => {
      const it = JSON.stringify({ pad: "x".repeat(1_100_000) });
      return post(it, { "x-notion-signature": sign(it) });
    },
  ],
  ["invalid JSON with a right signature", 400, () => post("{", { "x-notion-signature": sign("{") })],
  ["JSON that is no event, signed", 400, () => post("{}", { "x-notion-signature": sign("{}") })],
];

it.each(refused)("case 34: %s: %i, and nothing is enqueued", async (_what, status, send) => {
  const before = await work();
  const response = await send();
  expect(response.status).toBe(status);
  expect(await response.json()).toEqual({ error: expect.stringMatching(/\w+/u) });
  expect(await work()).toBe(before);
});

const ignored: readonly [what: string, text: () => string][] = [
  ["an event type nobody subscribed to", () => event({ type: "view.created" })],
  [
    "an event of another data source",
    () =>
      event({
        data: {
          parent: { id: crypto.randomUUID(), type: "database", data_source_id: crypto.randomUUID() },
          updated_properties: ["x"],
        },
      }),
  ],
  [
    "an event that the service itself caused",
    () => event({ authors: [{ id: house.sandbox.notion.bot.id, type: "bot" }] }),
  ],
  [
    "a change of a property that is none of ours",
    () =>
      event({
        data: {
          parent: {
            id: house.sandbox.notion.databases.projects,
            type: "database",
            data_source_id: house.sandbox.notion.projects,
          },
          updated_properties: ["nope"],
        },
      }),
  ],
];

it.each(ignored)("%s: 202 and no work", async (_what, text) => {
  const before = await work();
  const it = text();
  expect((await post(it, { "x-notion-signature": sign(it) })).status).toBe(202);
  expect(await work()).toBe(before);
});

it("a second verification token changes nothing: the old secret still holds, the new one does not", async () => {
  const before = await work();
  const token = JSON.stringify({ verification_token: "secret_of_somebody_else" });
  expect((await post(token, { "x-notion-signature": sign(token, "secret_of_somebody_else") })).status).toBe(401);
  expect((await post(token, { "x-notion-signature": sign(token) })).status).toBe(202);
  const next = event();
  expect((await post(next, { "x-notion-signature": sign(next, "secret_of_somebody_else") })).status).toBe(401);
  expect(await work()).toBe(before);
  expect((await post(next, { "x-notion-signature": sign(next) })).status).toBe(202);
  await house.quiet();
});

it("the same event twice is judged once (case 33)", async () => {
  const text = event();
  expect((await post(text, { "x-notion-signature": sign(text) })).status).toBe(202);
  await house.quiet();
  const before = house.sandbox.notion.calls.length;
  expect((await post(text, { "x-notion-signature": sign(text) })).status).toBe(202);
  await house.quiet();
  expect(house.sandbox.notion.calls.length).toBe(before);
});

it("a body over the limit that does not say its length: 413", async () => {
  const endless = new ReadableStream({
    pull: (controller) => controller.enqueue(new TextEncoder().encode("x".repeat(100_000))),
  });
  const request = { method: "POST", body: endless, duplex: "half" } as RequestInit;
  const status = await fetch(`${house.service().url}/webhooks/notion`, request).then((it) => it.status);
  expect(status).toBe(413);
});

it("lives and is ready; what is not there says where the doors are", async () => {
  expect((await fetch(`${house.service().url}/livez`)).status).toBe(200);
  const ready = await fetch(`${house.service().url}/readyz`);
  expect([ready.status, await ready.json()]).toEqual([
    200,
    { ready: true, checks: { process: "ok", redis: "ok", workers: "ok" } },
  ]);
  expect((await fetch(`${house.service().url}/webhooks`)).status).toBe(404);
});
