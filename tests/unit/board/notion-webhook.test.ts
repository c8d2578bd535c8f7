// SPDX-License-Identifier: EUPL-1.2
/** What Notion's events mean, and whose they are. */
import { existsSync, readFileSync } from "node:fs";
import { signWebhookPayload } from "@notionhq/client";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { notionInbound } from "../../../src/board/notion/webhook.ts";
import { Permanent } from "../../../src/core/errors.ts";
import { cards, ids, rows } from "./notion-shapes.ts";

const bound = () => ({ self: ids.self, cards, rows });

const secret = "secret_tMrlL1qK5vuQAh1b6cZGhFChZTSYJlce98V0pYn7yBl";
const inbound = notionInbound(bound, secret);
const bytes = (text: string) => new TextEncoder().encode(text);

const person = { id: ids.person, type: "person" };
const bot = { id: ids.self, type: "bot" };

type Parts = { parent?: unknown; updated?: unknown[]; authors?: unknown[]; entity?: string };

function event(type: string, { parent, updated, authors = [person], entity = ids.card }: Parts = {}): unknown {
  const database = { id: ids.other, type: "database", data_source_id: ids.projects };
  return {
    id: "event-1",
    timestamp: "2026-11-23T12:00:00.285Z",
    workspace_id: ids.other,
    type,
    authors,
    attempt_number: 1,
    api_version: "2026-03-11",
    entity: { id: entity, type: "page" },
    data: { parent: parent ?? database, ...(updated ? { updated_properties: updated } : {}) },
  };
}

const ofRows = { id: ids.other, type: "database", data_source_id: ids.decisions.replaceAll("-", "").toUpperCase() };
const idOf = (key: string) => cards.column(key).bound?.id ?? "";

describe("the signature", () => {
  // The example of Notion's documentation.
  const body = `{"verification_token":"${secret}"}`;
  const signature = "sha256=461e8cbcba8a75c3edd866f0e71280f5a85cbf21eff040ebd10fe266df38a735";

  it("of the documentation is right", async () => {
    expect(await inbound.verify(bytes(body), signature)).toBe(true);
  });

  it.each<[string, string, string | undefined]>([
    ["missing", body, undefined],
    ["empty", body, ""],
    ["without its prefix", body, signature.slice(7)],
    ["too short", body, signature.slice(0, -1)],
    ["too long", body, `${signature}0`],
    ["not hexadecimal", body, `sha256=${"z".repeat(64)}`],
    ["of another body", `${body} `, signature],
  ])("%s is wrong", async (_, given, header) => {
    expect(await inbound.verify(bytes(given), header)).toBe(false);
  });

  it("made with another secret is wrong", async () => {
    const forged = await signWebhookPayload({ body, verificationToken: "other" });
    expect(await inbound.verify(bytes(body), forged)).toBe(false);
  });

  it("is over the bytes, not over a text", async () => {
    const raw = new Uint8Array([0xff, 0xfe, 0x00]);
    const signed = await signWebhookPayload({ body: raw, verificationToken: secret });
    expect(await inbound.verify(raw, signed)).toBe(true);
  });

  it("can't be checked without a secret, so there is no door without one", () => {
    expect(() => notionInbound(bound, "")).toThrow(Permanent);
  });
});

describe("an event about a card", () => {
  it.each([
    ["page.created", "created", []],
    ["page.deleted", "trashed", []],
    ["page.undeleted", "restored", []],
    ["page.moved", "changed", []],
    ["page.content_updated", "changed", ["title"]],
  ])("%s", (type, kind, touched) => {
    expect(inbound.parse(event(type))).toEqual({
      kind: "card",
      card: ids.card,
      hint: {
        event: "event-1",
        at: "2026-11-23T12:00:00.285Z",
        kind,
        authors: [{ id: ids.person, kind: "person" }],
        touched,
      },
    });
  });

  it("names what was touched by key, by name for a field without one, and drops what it does not know", () => {
    const updated = [
      idOf("phase"),
      decodeURIComponent(idOf("state")),
      idOf("Indsigter"),
      idOf("phase"),
      "XGe%40",
      "100%",
    ];
    expect(inbound.parse(event("page.properties_updated", { updated }))).toMatchObject({
      kind: "card",
      hint: { kind: "changed", touched: ["phase", "state", "Indsigter"] },
    });
  });

  it("that names nothing known is foreign; one that names nothing at all says: look", () => {
    expect(inbound.parse(event("page.properties_updated", { updated: ["XGe%40"] }))).toEqual({
      kind: "ignored",
      why: "foreign property",
      isForeign: true,
    });
    expect(inbound.parse(event("page.properties_updated", { updated: [] }))).toMatchObject({ hint: { touched: [] } });
  });

  it("is known by its ids in either spelling", () => {
    const entity = ids.card.replaceAll("-", "");
    expect(inbound.parse(event("page.created", { entity }))).toMatchObject({ kind: "card", card: ids.card });
  });
});

it("an event about a decision names its row", () => {
  const box = rows.column("box").bound?.id ?? "";
  const given = { parent: ofRows, updated: [box], entity: ids.row };
  expect(inbound.parse(event("page.properties_updated", given))).toMatchObject({
    kind: "decision",
    row: ids.row,
    hint: { touched: ["box"], authors: [{ id: ids.person, kind: "person" }] },
  });
});

describe("the authors", () => {
  it("I5: an event that only the service had part in is its own echo", () => {
    const own = { ...bot, id: ids.self.toUpperCase() };
    expect(inbound.parse(event("page.created", { authors: [own] }))).toEqual({ kind: "ignored", why: "own write" });
  });

  it.each([
    ["merged with a person's edit", [bot, person], ["bot", "person"]],
    ["another bot", [{ id: ids.other, type: "bot" }], ["bot"]],
    ["an agent", [{ id: ids.other, type: "agent" }], ["agent"]],
    ["I2: a kind nobody knows is no person", [{ id: ids.other, type: "wizard" }], ["agent"]],
    ["nobody named", [], []],
  ])("%s", (_, authors, kinds) => {
    const parsed = inbound.parse(event("page.created", { authors }));
    expect(parsed.kind === "card" && parsed.hint.authors.map((it) => it.kind)).toEqual(kinds);
  });
});

describe("what is not the service's", () => {
  const elsewhere = { id: ids.other, type: "database", data_source_id: ids.other };
  it.each<[string, unknown, string]>([
    ["a row of another data source", event("page.created", { parent: elsewhere }), "another data source"],
    ["a page under a page", event("page.created", { parent: { id: ids.other, type: "page" } }), "another data source"],
    ["a lock", event("page.locked"), "page.locked"],
    ["a comment", event("comment.created"), "comment.created"],
    ["content of a data source", event("data_source.content_updated"), "data_source.content_updated"],
    ["a type that is not documented yet", event("agent.created"), "agent.created"],
    ["the schema of another data source", event("data_source.schema_updated"), "another data source"],
  ])("%s", (_, json, why) => {
    expect(inbound.parse(json)).toEqual({ kind: "ignored", why });
  });

  it.each([
    ["another database", elsewhere],
    ["under a page", { id: ids.other, type: "page" }],
    ["to the top of the workspace", { id: ids.other, type: "space" }],
  ])("but a page that is moved to %s may have been: the ledger knows", (_, parent) => {
    expect(inbound.parse(event("page.moved", { parent }))).toEqual({
      kind: "left",
      page: ids.card,
      hint: {
        event: "event-1",
        at: "2026-11-23T12:00:00.285Z",
        kind: "changed",
        authors: [{ id: ids.person, kind: "person" }],
        touched: [],
      },
    });
  });

  it("a subscription of an old version is told from a foreign one: it would silence everything", () => {
    const parsed = inbound.parse(event("page.created", { parent: { id: ids.other, type: "database" } }));
    expect(parsed).toMatchObject({ kind: "ignored", why: expect.stringContaining("2025-09-03") });
  });
});

it.each([ids.projects, ids.decisions])(
  "a changed schema of %s asks for a new look at it, whoever changed it",
  (entity) => {
    const updated = [{ id: "kqLW", name: "Fase", action: "updated" }];
    const parsed = inbound.parse(event("data_source.schema_updated", { entity, updated, authors: [bot] }));
    expect(parsed).toEqual({ kind: "schema", event: "event-1" });
  },
);

describe("what is no event", () => {
  it("a handshake is one, and its token goes no further", () => {
    expect(inbound.parse({ verification_token: secret })).toEqual({ kind: "handshake" });
  });

  it.each<[string, unknown]>([
    ["nothing", undefined],
    ["a text", "page.created"],
    ["a list", []],
    ["an empty object", {}],
    ["no entity", { ...(event("page.created") as object), entity: undefined }],
    ["no time", { ...(event("page.created") as object), timestamp: "yesterday" }],
    [
      "an event that brings a token along",
      { ...(event("page.created") as object), authors: 3, verification_token: "x" },
    ],
  ])("%s is malformed, and says where", (_, json) => {
    expect(inbound.parse(json)).toMatchObject({ kind: "malformed", why: expect.stringMatching(/^no event: /) });
  });

  it("law: whatever comes, parsing never throws and never quotes it", () => {
    fc.assert(
      fc.property(fc.anything(), (json) => {
        const parsed = inbound.parse(json);
        expect(["malformed", "handshake"]).toContain(parsed.kind);
      }),
    );
  });
});

const samples = "../shared/data/notion-webhook-samples.json";
describe.skipIf(!existsSync(samples))(`the documented events (${samples}, reference only)`, () => {
  const { events, verification } = existsSync(samples)
    ? (JSON.parse(readFileSync(samples, "utf8")) as {
        events: { type: string }[];
        verification: Record<string, string>;
      })
    : { events: [], verification: {} };

  it.each(events.map((it) => [it.type, it] as const))("%s is understood and not ours", (_, sample) => {
    expect(inbound.parse(sample).kind).not.toBe("malformed");
  });

  it("the signed handshake", async () => {
    expect(await inbound.verify(bytes(verification.body ?? ""), verification["X-Notion-Signature"])).toBe(true);
    expect(inbound.parse(JSON.parse(verification.body ?? ""))).toEqual({ kind: "handshake" });
  });
});
