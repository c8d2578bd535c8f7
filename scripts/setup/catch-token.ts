// SPDX-License-Identifier: EUPL-1.2
/**
 * Catches the verification token that Notion sends once when a webhook subscription is made by hand (NOTION.md 2.1). It is
 * awaited at the service's own address, for a limited time, and only while none is stored: whoever sends one later cannot
 * replace it, for nobody listens. The request is signed with the token it carries, which proves nothing of the sender; that
 * the token is Notion's own is proved when Notion accepts it.
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { z } from "zod";
import { Permanent } from "../../src/core/errors.ts";
import { hookPath } from "../../src/tracker/github/plan-hook.ts";

/** Where the service takes Notion's events. */
export const notionPath = "/webhooks/notion";

const handshake = z.strictObject({ verification_token: z.string().regex(/^[\w.~+/=-]{20,200}$/u) });

/** A handshake is two hundred bytes. */
const MAX_BYTES = 4_096;

export type Awaiting = Readonly<{
  /** Where it listens. */
  url: string;
  /** The token; null: the time is over. Nobody listens any more then. */
  token: Promise<string | null>;
  /** Stops listening. */
  close(): Promise<void>;
}>;

/** Throws Permanent when the address is taken: then the service runs, or something else does. */
export async function awaitToken(place: Readonly<{ port: number; host: string }>, ms: number): Promise<Awaiting> {
  const caught = Promise.withResolvers<string | null>();
  let isArmed = true;
  const app = new Hono();
  app.post(notionPath, bodyLimit({ maxSize: MAX_BYTES }), async (c) => {
    const body = Buffer.from(await c.req.arrayBuffer());
    const token = isArmed ? tokenIn(body, c.req.header("x-notion-signature")) : null;
    if (token === null) return c.json({ error: "not a verification token, or none is awaited" }, 401);
    isArmed = false;
    caught.resolve(token);
    // The one answer there is to give: the sender's connection is not kept waiting for another.
    return c.body(null, 200, { connection: "close" });
  });
  // GitHub asks a new webhook whether anybody is there; what it tells otherwise is read at the service's first start.
  app.post(hookPath, (c) => c.body(null, c.req.header("x-github-event") === "ping" ? 202 : 503));
  const server = createAdaptorServer({ fetch: app.fetch });
  const listening = Promise.withResolvers<void>();
  server.once("error", (cause) =>
    listening.reject(
      new Permanent(
        `cannot listen on ${place.host}:${place.port} for Notion's verification token: end what runs there (the service?) and run setup again`,
        { cause },
      ),
    ),
  );
  server.listen(place.port, place.host, () => listening.resolve());
  await listening.promise;
  const close = async () => {
    isArmed = false;
    clearTimeout(timer);
    caught.resolve(null);
    const { promise, resolve } = Promise.withResolvers<void>();
    server.close(() => resolve());
    if ("closeIdleConnections" in server) server.closeIdleConnections();
    await promise;
  };
  const timer = setTimeout(() => caught.resolve(null), ms);
  const { port } = server.address() as AddressInfo;
  return { url: `http://${place.host}:${port}${notionPath}`, token: caught.promise, close };
}

function tokenIn(body: Buffer, signature: string | undefined): string | null {
  const parsed = handshake.safeParse(jsonIn(body));
  if (!parsed.success) return null;
  const { verification_token: token } = parsed.data;
  const expected = Buffer.from(`sha256=${createHmac("sha256", token).update(body).digest("hex")}`);
  const given = Buffer.from(signature ?? "");
  return given.length === expected.length && timingSafeEqual(given, expected) ? token : null;
}

function jsonIn(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return null;
  }
}
