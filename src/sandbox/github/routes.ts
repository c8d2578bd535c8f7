// SPDX-License-Identifier: EUPL-1.2
/** The public API: what each address answers. Everything else is a 404, as on GitHub. */
import { type Context, Hono } from "hono";
import { accountRoutes } from "./account-routes.ts";
import type { Routes } from "./door.ts";
import { hookRoutes } from "./hook-routes.ts";
import { issueRoutes } from "./issue-routes.ts";
import { labelRoutes } from "./label-routes.ts";
import { pageOf } from "./pages.ts";
import { sameLogin } from "./people.ts";
import { issuesDisabled, moved, notFound } from "./replies.ts";
import { actorOf, type Env, mayWrite, type Parts, reply } from "./route-parts.ts";
import { showIssue } from "./show-issue.ts";
import { showUser } from "./show-people.ts";
import { showRepository } from "./show-repository.ts";
import { fullName, type Store } from "./store.ts";

export function createRoutes(parts: Parts): Routes {
  const app = new Hono<Env>();
  app.route("/", accountRoutes(parts));
  app.route("/", elsewhereRoutes(parts));
  for (const prefix of ["/repos/:owner/:repo", "/repositories/:repository"]) {
    app.use(`${prefix}/*`, (c, next) => locate(c, parts.store).then(next));
    app.use(prefix, (c, next) => locate(c, parts.store).then(next));
    app.use(`${prefix}/*`, (c, next) => admit(c, parts.store).then(next));
    app.get(prefix, (_c) => reply(showRepository(parts.place(), openIssues(parts.store))));
    app.route(prefix, issueRoutes(parts));
    app.route(prefix, labelRoutes(parts));
    app.route(prefix, hookRoutes(parts));
    app.get(`${prefix}/assignees`, (c) => {
      const shown = parts.logins.map((login) => showUser(parts.place().sites, login));
      const { items, link } = pageOf(new URL(c.req.url), parts.store.repository.id, shown);
      return reply(items, 200, link === null ? {} : { link });
    });
  }
  app.notFound(() => notFound().response());
  app.onError((error) => {
    throw error;
  });
  return async (request, inside) => app.fetch(request, inside);
}

/** Issues that were transferred can still be read at their new address. */
function elsewhereRoutes({ store, place }: Parts): Hono<Env> {
  const routes = new Hono<Env>();
  routes.get("/repositories/:repository/issues/:number", async (c, next) => {
    const { repository, number } = c.req.param();
    const found = store.elsewhere.find(
      (it) => String(it.repository.id) === repository && String(it.issue.number) === number,
    );
    if (!found) return next();
    actorOf(c.env.caller);
    return reply(showIssue(place(found.repository), found.issue));
  });
  return routes;
}

/** Lets a request to the repository through, redirects one to a former name, and knows no other. */
async function locate(c: Context<Env>, { repository }: Store): Promise<void> {
  actorOf(c.env.caller);
  const { owner, repo, repository: id } = c.req.param() as Record<string, string | undefined>;
  if (id !== undefined) {
    if (id !== String(repository.id)) throw notFound();
    return;
  }
  const asked = `${owner}/${repo}`;
  if (sameLogin(asked, fullName(repository))) return;
  if (!repository.formerNames.some((it) => sameLogin(it, asked))) throw notFound();
  const url = new URL(c.req.url);
  const rest = url.pathname
    .split("/")
    .slice(4)
    .map((part) => `/${part}`);
  throw moved(`${url.origin}/repositories/${repository.id}${rest.join("")}${url.search}`, c.req.method);
}

/** Whoever may not write is told so before the body is read; without issues there are none to read either. */
async function admit(c: Context, store: Store): Promise<void> {
  const { method, path } = c.req;
  if (/\/(issues|labels)(\/|$)/.test(path) && method !== "GET") mayWrite(store);
  if (/\/issues(\/|$)/.test(path) && !store.repository.hasIssues) throw issuesDisabled();
}

function openIssues(store: Store): number {
  return store.issues.filter((it) => it.gone === null && it.state === "open").length;
}
