// SPDX-License-Identifier: EUPL-1.2
/** Issues and their comments. */
import { Hono } from "hono";
import { checkComment, checkIssue, issueChangeBody, newCommentBody, newIssueBody, readBody } from "./input.ts";
import { listed } from "./list-issues.ts";
import { pageOf, sinceOf } from "./pages.ts";
import { validationFailed } from "./replies.ts";
import { actorOf, type Env, issueOf, type Parts, reply } from "./route-parts.ts";
import { showComment, showIssue } from "./show-issue.ts";

/** GitHub's pages offer no way back from a discussion; what its API says to the attempt is documented nowhere. */
const cannotOpen = () => validationFailed({ resource: "Issue", code: "invalid", field: "state", value: "open" });

export function issueRoutes({ store, place, logins }: Parts): Hono<Env> {
  const routes = new Hono<Env>();
  routes.get("/issues", (c) => {
    const url = new URL(c.req.url);
    const { items, link } = pageOf(url, store.repository.id, listed(url, store.issues));
    const shown = items.map((it) => showIssue(place(), it));
    return reply(shown, 200, link === null ? {} : { link });
  });
  routes.post("/issues", (c) => {
    const wanted = readBody(c.env.text, newIssueBody);
    checkIssue(wanted, logins);
    const { title, body, labels, assignees } = wanted;
    const issue = store.create(actorOf(c.env.caller), { title: title.trim(), body, labels, assignees });
    const shown = showIssue(place(), issue);
    return reply(shown, 201, { location: shown.url });
  });
  routes.get("/issues/:number", (c) => reply(showIssue(place(), issueOf(c, store))));
  routes.patch("/issues/:number", (c) => {
    const issue = issueOf(c, store);
    const { state_reason: stateReason, ...wanted } = readBody(c.env.text, issueChangeBody);
    checkIssue(wanted, logins);
    if (issue.converted && wanted.state === "open") throw cannotOpen();
    const title = wanted.title?.trim();
    store.change(actorOf(c.env.caller), issue, { ...wanted, title, stateReason });
    return reply(showIssue(place(), issue));
  });
  return routes.route("/", commentRoutes({ store, place }));
}

function commentRoutes({ store, place }: Pick<Parts, "store" | "place">): Hono<Env> {
  const routes = new Hono<Env>();
  routes.get("/issues/:number/comments", (c) => {
    const issue = issueOf(c, store);
    const url = new URL(c.req.url);
    const since = sinceOf(url) ?? 0;
    const recent = issue.comments.filter((it) => Date.parse(it.createdAt) >= since);
    const { items, link } = pageOf(url, store.repository.id, recent);
    const shown = items.map((it) => showComment(place(), issue, it));
    return reply(shown, 200, link === null ? {} : { link });
  });
  routes.post("/issues/:number/comments", (c) => {
    const issue = issueOf(c, store);
    const { body } = readBody(c.env.text, newCommentBody);
    checkComment(body);
    const shown = showComment(place(), issue, store.comment(actorOf(c.env.caller), issue, body));
    return reply(shown, 201, { location: shown.url });
  });
  return routes;
}
