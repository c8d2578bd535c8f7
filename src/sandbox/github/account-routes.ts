// SPDX-License-Identifier: EUPL-1.2
/** Who the caller is, and what is left of the budget. */
import { Hono } from "hono";
import { Answer, notAccessible, notFound, requiresAuthentication } from "./replies.ts";
import { type Env, type Parts, reply } from "./route-parts.ts";
import { showSelf } from "./show-people.ts";
import { showApp } from "./show-repository.ts";

export function accountRoutes({ access, budget, place, store }: Parts): Hono<Env> {
  const routes = new Hono<Env>();
  const since = store.repository.createdAt;
  routes.get("/user", (c) => {
    const { caller } = c.env;
    if (caller.kind !== "user") throw requiresAuthentication();
    if (caller.account.viaApp) throw notAccessible();
    return reply(showSelf(place().sites, caller.account.login, since));
  });
  routes.get("/rate_limit", (_c) => {
    const core = budget.shown();
    return reply({ resources: { core, search: { ...core, limit: 30, remaining: 30, used: 0 } }, rate: core });
  });
  routes.get("/app", (c) => {
    const { caller } = c.env;
    if (caller.kind !== "app") throw new Answer(401, "A JSON web token could not be decoded");
    return reply(showApp(place().sites, caller.app, store.repository.owner, since));
  });
  routes.post("/app/installations/:id/access_tokens", (c) => {
    const { caller } = c.env;
    if (caller.kind !== "app") throw new Answer(401, "A JSON web token could not be decoded");
    if (c.req.param("id") !== String(caller.app.installationId)) throw notFound();
    const { token, expiresAt } = access.issueToken();
    const permissions = { issues: "write", metadata: "read" };
    const expires_at = `${expiresAt.toISOString().slice(0, 19)}Z`;
    return reply({ token, expires_at, permissions, repository_selection: "selected" }, 201);
  });
  return routes;
}
