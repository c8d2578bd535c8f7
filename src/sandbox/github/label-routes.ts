// SPDX-License-Identifier: EUPL-1.2
/** The repository's labels, and those of one issue. */
import { type Context, Hono } from "hono";
import { checkIssue, checkLabel, labelsBody, newLabelBody, readBody } from "./input.ts";
import { pageOf } from "./pages.ts";
import type { IssueRecord } from "./records.ts";
import { Answer } from "./replies.ts";
import { actorOf, type Env, issueOf, type Parts, reply } from "./route-parts.ts";
import { showLabel } from "./show-issue.ts";

export function labelRoutes(parts: Parts): Hono<Env> {
  const { store, place } = parts;
  const routes = new Hono<Env>();
  routes.get("/labels", (c) => {
    const { items, link } = pageOf(new URL(c.req.url), store.repository.id, store.labels);
    const shown = items.map((it) => showLabel(place(), it));
    return reply(shown, 200, link === null ? {} : { link });
  });
  routes.post("/labels", (c) => {
    const { name, color, description } = readBody(c.env.text, newLabelBody);
    checkLabel(name, color, store.findLabel(name) !== undefined);
    const shown = showLabel(place(), store.label(name, color, description));
    return reply(shown, 201, { location: shown.url });
  });
  return routes.route("/", issueLabelRoutes(parts));
}

function issueLabelRoutes({ store, place }: Parts): Hono<Env> {
  const routes = new Hono<Env>();
  const labelsOf = (issue: IssueRecord) => issue.labels.map((it) => it.name);
  const shown = (issue: IssueRecord) => issue.labels.map((it) => showLabel(place(), it));

  function relabel(c: Context<Env>, choose: (now: string[], asked: string[]) => string[]): Response {
    const issue = issueOf(c, store);
    const { labels } = readBody(c.env.text, labelsBody);
    checkIssue({ labels }, []);
    store.change(actorOf(c.env.caller), issue, { labels: choose(labelsOf(issue), labels) });
    return reply(shown(issue));
  }

  routes.get("/issues/:number/labels", (c) => {
    const issue = issueOf(c, store);
    const { items, link } = pageOf(new URL(c.req.url), store.repository.id, shown(issue));
    return reply(items, 200, link === null ? {} : { link });
  });
  routes.post("/issues/:number/labels", (c) => relabel(c, (now, asked) => [...now, ...asked]));
  routes.put("/issues/:number/labels", (c) => relabel(c, (_, asked) => asked));
  routes.delete("/issues/:number/labels", (c) => {
    store.change(actorOf(c.env.caller), issueOf(c, store), { labels: [] });
    return c.body(null, 204);
  });
  routes.delete("/issues/:number/labels/:name", (c) => {
    const issue = issueOf(c, store);
    const name = decodeURIComponent(c.req.param("name")).toLowerCase();
    const rest = labelsOf(issue).filter((it) => it.toLowerCase() !== name);
    if (rest.length === issue.labels.length) throw new Answer(404, "Label does not exist");
    store.change(actorOf(c.env.caller), issue, { labels: rest });
    return reply(shown(issue));
  });
  return routes;
}
