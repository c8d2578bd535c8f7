// SPDX-License-Identifier: EUPL-1.2
/**
 * Notion's events: is it Notion's, and what does it ask the service to look at again? No network, and never a value.
 * Source: Notion's "Webhooks: events and delivery", and the payload types of the SDK.
 */

import { createHmac, timingSafeEqual } from "node:crypto";
import type * as Notion from "@notionhq/client";
import { z } from "zod";
import type { Hint } from "../../core/card.ts";
import { Permanent } from "../../core/errors.ts";
import type { BoardEvent, BoardInbound } from "../board.ts";
import { uuid } from "./ids.ts";
import type { Bound, Sheet } from "./sheet.ts";

/** The events about pages that the SDK knows. */
type PageEvent = (
  | Notion.PageCreatedWebhookPayload
  | Notion.PagePropertiesUpdatedWebhookPayload
  | Notion.PageContentUpdatedWebhookPayload
  | Notion.PageMovedWebhookPayload
  | Notion.PageDeletedWebhookPayload
  | Notion.PageUndeletedWebhookPayload
  | Notion.PageLockedWebhookPayload
  | Notion.PageUnlockedWebhookPayload
  | Notion.PageTranscriptionBlockTranscriptDeletedWebhookPayload
)["type"];

/** What a page event says about the row, and which properties it says were touched. */
type Meaning = Readonly<{ kind: Hint["kind"]; touched: "none" | "named" | "title" }>;

const meanings: Readonly<Record<PageEvent, Meaning | null>> = {
  "page.created": { kind: "created", touched: "none" },
  "page.properties_updated": { kind: "changed", touched: "named" },
  // A new title is announced as new content, although it is a property.
  "page.content_updated": { kind: "changed", touched: "title" },
  "page.moved": { kind: "changed", touched: "none" },
  "page.deleted": { kind: "trashed", touched: "none" },
  "page.undeleted": { kind: "restored", touched: "none" },
  "page.locked": null,
  "page.unlocked": null,
  "page.transcription_block.transcript_deleted": null,
};

const moved: PageEvent = "page.moved";

/** The header: the scheme and 32 bytes in hex. */
const SIGNATURE = /^sha256=([0-9a-f]{64})$/iu;

const schemaEvent: Notion.DataSourceSchemaUpdatedWebhookPayload["type"] = "data_source.schema_updated";

const handshake = z.object({ verification_token: z.string().min(1), type: z.never().optional() });

const envelope = z.object({
  id: z.string().min(1).max(100),
  timestamp: z.iso.datetime({ offset: true }),
  type: z.string().min(1).max(100),
  authors: z.array(
    z.object({
      id: z.string().transform(uuid),
      // A kind that Notion invents later is no person: it must never count as an approver (I2).
      type: z.enum(["person", "bot", "agent"]).catch("agent"),
    }),
  ),
  entity: z.object({ id: z.string().min(1).transform(uuid), type: z.string() }),
  data: z
    .object({
      parent: z.object({ type: z.string(), data_source_id: z.string().transform(uuid).optional() }).optional(),
      // Ids for a page; for a schema, objects that are not read here.
      updated_properties: z.array(z.union([z.string(), z.object({})])).optional(),
    })
    .optional(),
});
type Envelope = z.infer<typeof envelope>;

/**
 * `bound` gives what the board is made of as the process knows it at the moment. Throws Permanent when there is no secret:
 * an empty key would verify anybody's signature.
 */
export function notionInbound(bound: () => Bound, secret: string): BoardInbound {
  if (secret === "")
    throw new Permanent("The webhook secret is empty: set NOTION_WEBHOOK_SECRET to the verification token");
  return {
    verify: async (body, signature) => isSigned(body, signature, secret),
    parse: (json) => read(json, bound()),
  };
}

/**
 * The package's own check is right as well, but goes through WebCrypto, which costs ten times as much for a body of this
 * size (measured by `npm run bench`); the documented vector stands in the tests.
 */
function isSigned(body: Uint8Array, signature: string | undefined, secret: string): boolean {
  const given = SIGNATURE.exec(signature ?? "")?.[1];
  if (given === undefined) return false;
  return timingSafeEqual(createHmac("sha256", secret).update(body).digest(), Buffer.from(given, "hex"));
}

function read(json: unknown, { self, cards, rows }: Bound): BoardEvent {
  const parsed = envelope.safeParse(json);
  if (!parsed.success && handshake.safeParse(json).success) return { kind: "handshake" };
  if (!parsed.success) return { kind: "malformed", why: complaint(parsed.error) };
  const event = parsed.data;
  if (event.type === schemaEvent) {
    const ours = event.entity.id === cards.id || event.entity.id === rows.id;
    return ours ? { kind: "schema", event: event.id } : ignored("another data source");
  }
  if (!isPageEvent(event.type)) return ignored(event.type);
  const meaning = meanings[event.type];
  return meaning ? readRow(event, meaning, self, cards, rows) : ignored(event.type);
}

function readRow(event: Envelope, meaning: Meaning, self: string, cards: Sheet, rows: Sheet): BoardEvent {
  const parent = event.data?.parent;
  if (parent?.type === "database" && parent.data_source_id === undefined) {
    return ignored("no data source named: set the API version of the webhook subscription to 2025-09-03 or later");
  }
  const sheet = [cards, rows].find((it) => it.id === parent?.data_source_id);
  if (!sheet) return event.type === moved ? left(event, meaning) : ignored("another data source");
  // Edits within a minute are merged: only an event that nobody else had part in is an echo.
  if (event.authors.length > 0 && event.authors.every((author) => author.id === self)) return ignored("own write");
  const touched = touchedBy(event, meaning, sheet);
  if (touched === null) return { kind: "ignored", why: "foreign property", isForeign: true };
  const hint = hintOf(event, meaning, touched);
  return sheet === cards
    ? { kind: "card", card: event.entity.id, hint }
    : { kind: "decision", row: event.entity.id, hint };
}

/** The keys of the touched properties; null when all those named are none of the service's. */
function touchedBy(event: Envelope, meaning: Meaning, sheet: Sheet): readonly string[] | null {
  if (meaning.touched === "none") return [];
  if (meaning.touched === "title") return ["title"];
  const named = event.data?.updated_properties ?? [];
  const keys = named.flatMap((id) => (typeof id === "string" ? (sheet.keyOf(id) ?? []) : []));
  return keys.length === 0 && named.length > 0 ? null : [...new Set(keys)];
}

/** The event of a move names only where the page is now. */
function left(event: Envelope, meaning: Meaning): BoardEvent {
  return { kind: "left", page: event.entity.id, hint: hintOf(event, meaning, []) };
}

function hintOf(event: Envelope, meaning: Meaning, touched: readonly string[]): Hint {
  return {
    event: event.id,
    at: event.timestamp,
    kind: meaning.kind,
    authors: event.authors.map(({ id, type }) => ({ id, kind: type })),
    touched,
  };
}

function isPageEvent(type: string): type is PageEvent {
  return Object.hasOwn(meanings, type);
}

function ignored(why: string): BoardEvent {
  return { kind: "ignored", why };
}

/** Where the body is not an event's, without quoting it. */
function complaint(error: z.ZodError): string {
  const places = error.issues.map((issue) => issue.path.join(".") || "body");
  return `no event: ${[...new Set(places)].slice(0, 5).join(", ")}`;
}
