// SPDX-License-Identifier: EUPL-1.2
/** The repository's webhooks: list, read, make, change, ping. Nobody who may not administer the repository learns of them. */
import type { components } from "@octokit/openapi-types";
import { type Context, Hono } from "hono";
import type { Subscription } from "../world.ts";
import { hookChangeBody, newHookBody, readBody } from "./input.ts";
import { pageOf } from "./pages.ts";
import { pingOf } from "./payloads.ts";
import { idOf } from "./people.ts";
import type { HookRecord } from "./records.ts";
import { notFound, validationFailed } from "./replies.ts";
import { type Env, type Parts, reply } from "./route-parts.ts";
import { type Place, repositoryUrl } from "./show-issue.ts";
import { stamp } from "./store.ts";

/** Whoever makes a webhook by hand for a service like ours chooses these two. */
const chosen = ["issues", "issue_comment"] as const;

/** A webhook as one makes it on the repository's page. */
export function newHook({ url, secret }: Subscription, at: string, by: string): HookRecord {
  const id = idOf(url);
  return { id, url, secret, contentType: "json", events: chosen, active: true, createdAt: at, lastCode: null, by };
}

export function hookRoutes({ store, place, deliveries, clock }: Parts): Hono<Env> {
  const { hooks } = deliveries;
  const routes = new Hono<Env>();
  const mayAdminister = () => {
    if (!store.repository.rights.admin) throw notFound();
  };
  const hookOf = (c: Context<Env>): HookRecord => {
    mayAdminister();
    const hook = hooks.find(({ id }) => String(id) === c.req.param("hook"));
    if (!hook) throw notFound();
    return hook;
  };
  routes.get("/hooks", (c) => {
    mayAdminister();
    const { items, link } = pageOf(new URL(c.req.url), store.repository.id, hooks);
    const shown = items.map((hook) => showHook(place(), hook));
    return reply(shown, 200, link === null ? {} : { link });
  });
  routes.get("/hooks/:hook", (c) => reply(showHook(place(), hookOf(c))));
  routes.post("/hooks", (c) => {
    mayAdminister();
    const { config, events = ["push"], active = true } = readBody(c.env.text, newHookBody);
    const { url, secret = "", content_type: contentType = "form" } = config;
    if (hooks.some((it) => it.url === url)) throw exists();
    const hook = {
      ...newHook({ url, secret }, stamp(clock), store.repository.owner),
      contentType,
      events,
      active,
    };
    deliveries.add(hook, pingOf(hook, place()));
    const shown = showHook(place(), hook);
    return reply(shown, 201, { location: shown.url });
  });
  routes.patch("/hooks/:hook", (c) => {
    const hook = hookOf(c);
    const { config, events, add_events: added = [], active } = readBody(c.env.text, hookChangeBody);
    // A config that is given takes the place of the old one, with the secret if it is left out.
    if (config) Object.assign(hook, { url: config.url, secret: config.secret ?? "", contentType: config.content_type });
    hook.events = [...new Set([...(events ?? hook.events), ...added])];
    hook.active = active ?? hook.active;
    return reply(showHook(place(), hook));
  });
  routes.post("/hooks/:hook/pings", (c) => {
    const hook = hookOf(c);
    deliveries.ping(hook, pingOf(hook, place()));
    return c.body(null, 204);
  });
  return routes;
}

const exists = () =>
  validationFailed({
    resource: "Hook",
    code: "custom",
    field: "",
    message: "Hook already exists on this repository",
  });

function showHook(place: Place, hook: HookRecord): components["schemas"]["hook"] {
  const url = `${repositoryUrl(place)}/hooks/${hook.id}`;
  const secret = hook.secret === "" ? {} : { secret: "********" };
  return {
    type: "Repository",
    id: hook.id,
    name: "web",
    active: hook.active,
    events: [...hook.events],
    config: { url: hook.url, content_type: hook.contentType, insecure_ssl: "0", ...secret },
    created_at: hook.createdAt,
    updated_at: hook.createdAt,
    url,
    test_url: `${url}/tests`,
    ping_url: `${url}/pings`,
    deliveries_url: `${url}/deliveries`,
    last_response: lastResponse(hook.lastCode),
  };
}

function lastResponse(code: number | null): components["schemas"]["hook-response"] {
  if (code === null) return { code: null, status: "unused", message: null };
  return code < 300 ? { code, status: "active", message: "OK" } : { code, status: "invalid", message: String(code) };
}
