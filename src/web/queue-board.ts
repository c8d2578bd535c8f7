// SPDX-License-Identifier: EUPL-1.2
/** `/admin/queues`: what waits, runs and gave up, to look at. Bull Board's page, for whoever has the admin token. */
import { serveStatic } from "@hono/node-server/serve-static";
import type { Queue } from "bullmq";
import { Hono } from "hono";
import { adminOnly } from "./admin.ts";

const PATH = "/admin/queues";

/**
 * The page and its API. Nothing can be changed through it: what gave up is done again by the doctor, which looks first
 * whether it can be done. It is loaded when somebody first opens it.
 */
export function queueBoard(queues: readonly Queue[], adminToken: string | null): Hono {
  const app = new Hono();
  let board: Promise<Hono> | null = null;
  app.use(`${PATH}/*`, adminOnly(adminToken, "Basic"));
  app.get(`${PATH}/`, (c) => c.redirect(PATH));
  app.all(`${PATH}/*`, async (c) => {
    board ??= loadBoard(queues);
    const answer = await (await board).fetch(c.req.raw, c.env);
    for (const [name, value] of Object.entries(headers)) answer.headers.set(name, value);
    return answer;
  });
  return app;
}

/**
 * The page holds what jobs were about: it is kept nowhere, shown in no other page, and asks nobody else for anything. Bull
 * Board would fetch its letters from Google, which would tell Google who looks at it; the browser uses its own instead.
 */
const headers = {
  "cache-control": "no-store",
  "content-security-policy":
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'; form-action 'none'",
  "x-frame-options": "DENY",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
} as const;

async function loadBoard(queues: readonly Queue[]): Promise<Hono> {
  const [{ createBullBoard }, { BullMQAdapter }, { HonoAdapter }] = await Promise.all([
    import("@bull-board/api"),
    import("@bull-board/api/bullMQAdapter"),
    import("@bull-board/hono"),
  ]);
  const server = new HonoAdapter(serveStatic);
  server.setBasePath(PATH);
  createBullBoard({
    queues: queues.map((queue) => new BullMQAdapter(queue, { readOnlyMode: true })),
    serverAdapter: server,
    options: { uiConfig: { boardTitle: "Faseport", hideRedisDetails: true } },
  });
  return new Hono().route(PATH, server.registerPlugin());
}
