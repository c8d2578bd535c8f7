// SPDX-License-Identifier: EUPL-1.2
/** The bare baseline: Hono, an HMAC over the raw body, and the same `queue.add` on the same Redis. Nothing else. */
import { createHmac, timingSafeEqual } from "node:crypto";
import { serve } from "@hono/node-server";
import { Queue } from "bullmq";
import { Hono } from "hono";
import { Redis } from "ioredis";
import { registry } from "../../src/jobs/registry.ts";

const [path = "", secret = ""] = process.argv.slice(2);
const connection = new Redis({ path, enableOfflineQueue: true });
const queue = new Queue("bare", { connection });
const { attempts, settleMs } = registry.sync;

const app = new Hono().post("/webhooks/notion", async (c) => {
  const body = new Uint8Array(await c.req.arrayBuffer());
  const given = Buffer.from(c.req.header("x-notion-signature") ?? "");
  const wanted = Buffer.from(`sha256=${createHmac("sha256", secret).update(body).digest("hex")}`);
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return c.body(null, 401);
  const card: string = JSON.parse(new TextDecoder().decode(body)).entity.id;
  await queue.add(
    "sync",
    { card },
    {
      delay: settleMs,
      attempts,
      backoff: { type: "custom" },
      deduplication: { id: card, keepLastIfActive: true, replace: true },
    },
  );
  return c.body(null, 202);
});

const server = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }, ({ port }) =>
  process.stdout.write(`http://127.0.0.1:${port}\n`),
);
process.on("SIGTERM", async () => {
  server.close();
  await queue.close();
  connection.disconnect();
});
