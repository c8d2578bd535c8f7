// SPDX-License-Identifier: EUPL-1.2
/** What is asked by those who watch the service: does it live, may work be sent to it, what has it counted. */
import { Hono } from "hono";
import { adminOrLocal } from "./admin.ts";

export type Health = Readonly<{ ready: boolean; checks: Readonly<Record<string, string>> }>;

export type Watched = Readonly<{
  health: () => Promise<Health>;
  metrics: Readonly<{ contentType: string; text(): Promise<string> }>;
  /** null: the metrics are for this machine alone. */
  adminToken: string | null;
}>;

/** `/livez`, `/readyz`, and `/metrics` for this machine or an administrator's token. */
export function watchRoutes({ health, metrics, adminToken }: Watched): Hono {
  const app = new Hono();
  app.get("/livez", (c) => c.text("ok"));
  app.get("/readyz", async (c) => {
    const found = await health();
    return c.json(found, found.ready ? 200 : 503);
  });
  app.get("/metrics", adminOrLocal(adminToken), async (c) =>
    c.body(await metrics.text(), 200, { "content-type": metrics.contentType }),
  );
  return app;
}
