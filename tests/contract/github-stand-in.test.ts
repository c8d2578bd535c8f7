// SPDX-License-Identifier: EUPL-1.2
/** The stand-in answers as GitHub does: shapes by GitHub's own document, behaviour by what its documentation says. */
import { generateKeyPairSync } from "node:crypto";
import { createAppAuth } from "@octokit/auth-app";
import { Octokit } from "@octokit/rest";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Bench, bench, octokitFor, silentLog } from "./github-bench.ts";

const repo = { owner: "furesoe", repo: "innovation" };
const api = "https://api.github.com";
const headers = { authorization: "token ghp_stand-in", "user-agent": "test" };
const issuesUrl = `${api}/repos/furesoe/innovation/issues`;

let at: Bench;
let github: Octokit;

beforeEach(() => {
  at = bench();
  github = octokitFor(at);
});

afterEach(() => {
  at.world.close();
  expect(at.problems, "answers that GitHub's own document does not allow").toEqual([]);
});

describe("accounts", () => {
  it("knows the token's user, the repository and the budget", async () => {
    expect((await github.rest.users.getAuthenticated()).data.login).toBe("faseport-bot");
    expect((await github.rest.repos.get(repo)).data.full_name).toBe("furesoe/innovation");
    expect((await github.rest.rateLimit.get()).data.resources.core).toMatchObject({ limit: 5000, used: 2 });
  });

  it("hides the repository from those without a token, and refuses a wrong one", async () => {
    await expect(octokitFor(at, null).rest.repos.get(repo)).rejects.toMatchObject({ status: 404 });
    await expect(octokitFor(at, null).rest.users.getAuthenticated()).rejects.toMatchObject({ status: 401 });
    await expect(octokitFor(at, "ghp_wrong").rest.issues.listForRepo(repo)).rejects.toMatchObject({
      status: 401,
      response: { data: { message: "Bad credentials", status: "401" } },
    });
  });

  it("lets an app in with its key, and acts as the app's bot with the installation's token", async () => {
    const { publicKey, privateKey } = generateKeyPairSync("rsa", {
      modulusLength: 2048,
      publicKeyEncoding: { type: "spki", format: "pem" },
      privateKeyEncoding: { type: "pkcs8", format: "pem" },
    });
    const clock = { now: () => new Date(), advance() {} };
    at = bench({ clock, bot: "faseport[bot]", app: { id: 7, slug: "faseport", installationId: 42, publicKey } });
    const options = { authStrategy: createAppAuth, request: { fetch: at.fetch }, log: silentLog };
    const app = new Octokit({ ...options, auth: { appId: 7, installationId: 42, privateKey } });
    expect((await app.rest.apps.getAuthenticated()).data).toMatchObject({ slug: "faseport" });
    const { data } = await app.rest.issues.create({ ...repo, title: "Fra appen" });
    expect(data.user).toMatchObject({ login: "faseport[bot]", type: "Bot" });
    expect(data.performed_via_github_app).toMatchObject({ id: 7 });
    const stranger = new Octokit({ ...options, auth: { appId: 8, installationId: 42, privateKey } });
    await expect(stranger.rest.apps.getAuthenticated()).rejects.toMatchObject({ status: 401 });
  });
});

describe("issues", () => {
  it("creates one with labels that did not exist, and reads it back", async () => {
    const created = await github.rest.issues.create({ ...repo, title: "Idé", labels: ["fase:1-udforsk", "Bug"] });
    expect(created.status).toBe(201);
    const read = await github.rest.issues.get({ ...repo, issue_number: created.data.number });
    expect(read.data).toEqual(created.data);
    const names = (await github.rest.issues.listLabelsForRepo(repo)).data.map((it) => it.name);
    expect(names).toEqual(["fase:1-udforsk", "Bug"]);
  });

  it("replaces labels and assignees, and finds a label whatever its case", async () => {
    const number = at.world.create("anna", { title: "Idé", labels: ["Bug", "help"] });
    const change = { ...repo, issue_number: number, labels: ["bug"], assignees: ["bo"] };
    const { data } = await github.rest.issues.update(change);
    expect(data.labels.map((it) => (typeof it === "string" ? it : it.name))).toEqual(["Bug"]);
    expect(data.assignees?.map((it) => it.login)).toEqual(["bo"]);
  });

  it.each([
    [{ state: "closed" }, { state: "closed", state_reason: "completed" }],
    [
      { state: "closed", state_reason: "not_planned" },
      { state: "closed", state_reason: "not_planned" },
    ],
    [{ state: "open" }, { state: "open", state_reason: null, closed_at: null }],
  ] as const)("PATCH %o gives %o", async (change, expected) => {
    const number = at.world.create("anna", { title: "Idé" });
    expect((await github.rest.issues.update({ ...repo, issue_number: number, ...change })).data).toMatchObject(
      expected,
    );
  });

  it("changes the reason of a closed issue, and says «reopened» when it is opened again", async () => {
    const number = at.world.create("anna", { title: "Idé" });
    at.world.closeIssue("anna", number, "completed");
    const closed = { state: "closed", state_reason: "not_planned" } as const;
    expect((await github.rest.issues.update({ ...repo, issue_number: number, ...closed })).data).toMatchObject(closed);
    const opened = await github.rest.issues.update({ ...repo, issue_number: number, state: "open" });
    expect(opened.data).toMatchObject({ state: "open", state_reason: "reopened", closed_by: null });
  });

  it("leaves updated_at alone when a write changes nothing", async () => {
    const number = at.world.create("anna", { title: "Idé" });
    const before = at.world.issue(number).updated_at;
    at.clock.advance(60_000);
    await github.rest.issues.update({ ...repo, issue_number: number, title: "Idé" });
    expect(at.world.issue(number).updated_at).toBe(before);
    await github.rest.issues.update({ ...repo, issue_number: number, title: "Ny idé" });
    expect(at.world.issue(number).updated_at).not.toBe(before);
  });

  it("works on an issue's labels one by one", async () => {
    const issue = { ...repo, issue_number: at.world.create("anna", { title: "Idé", labels: ["a"] }) };
    const names = (answer: { data: { name: string }[] }) => answer.data.map((it) => it.name);
    expect(names(await github.rest.issues.addLabels({ ...issue, labels: ["b"] }))).toEqual(["a", "b"]);
    expect(names(await github.rest.issues.setLabels({ ...issue, labels: ["b", "c d"] }))).toEqual(["b", "c d"]);
    expect(names(await github.rest.issues.removeLabel({ ...issue, name: "c d" }))).toEqual(["b"]);
    await expect(github.rest.issues.removeLabel({ ...issue, name: "c d" })).rejects.toMatchObject({ status: 404 });
    expect((await github.rest.issues.removeAllLabels(issue)).status).toBe(204);
    expect(names(await github.rest.issues.listLabelsOnIssue(issue))).toEqual([]);
  });

  it("takes comments, which move updated_at", async () => {
    const issue = { ...repo, issue_number: at.world.create("anna", { title: "Idé" }) };
    at.clock.advance(5_000);
    const { data } = await github.rest.issues.createComment({ ...issue, body: "Hej" });
    expect((await github.rest.issues.listComments(issue)).data).toEqual([data]);
    expect(at.world.issue(issue.issue_number)).toMatchObject({ comments: 1, updated_at: data.created_at });
  });
});

describe("lists", () => {
  it("gives pages with links that lead through all of them, newest first", async () => {
    for (let n = 1; n <= 7; n += 1) at.world.create("anna", { title: `nr. ${n}` });
    const first = await github.rest.issues.listForRepo({ ...repo, per_page: 3 });
    expect(first.headers.link).toMatch(
      /\/repositories\/\d+\/issues\?per_page=3&page=2>; rel="next".*page=3>; rel="last"/,
    );
    const all = await github.paginate(github.rest.issues.listForRepo, { ...repo, per_page: 3 });
    expect(all.map((it) => it.number)).toEqual([7, 6, 5, 4, 3, 2, 1]);
    expect((await github.rest.issues.listForRepo({ ...repo, per_page: 100 })).headers.link).toBeUndefined();
  });

  it("filters by state, author, labels and last change, and shows pull requests among the issues", async () => {
    const { world, clock } = at;
    const old = world.create("anna", { title: "gammel", labels: ["a", "b"] });
    world.closeIssue("bo", old, "completed");
    clock.advance(3_600_000);
    const since = clock.now().toISOString();
    clock.advance(1_000);
    const pull = world.openPullRequest("bo", "en ændring");
    const fresh = world.create("anna", { title: "ny", labels: ["A"] });
    const numbers = async (query: object) =>
      (await github.rest.issues.listForRepo({ ...repo, ...query })).data.map((it) => it.number);
    expect(await numbers({})).toEqual([fresh, pull]);
    expect(await numbers({ state: "all", direction: "asc" })).toEqual([old, pull, fresh]);
    expect(await numbers({ state: "closed" })).toEqual([old]);
    expect(await numbers({ state: "all", creator: "ANNA" })).toEqual([fresh, old]);
    expect(await numbers({ state: "all", labels: "a,b" })).toEqual([old]);
    expect(await numbers({ state: "all", since })).toEqual([fresh, pull]);
    clock.advance(1_000);
    world.comment("bo", old, "stadig aktuel");
    expect(await numbers({ state: "all", since, sort: "updated", direction: "asc" })).toEqual([pull, fresh, old]);
  });
});

describe("refusals", () => {
  const send = async (method: string, url: string, body: string) => {
    const response = await at.fetch(url, { method, headers, body });
    return { status: response.status, body: (await response.json()) as { message: string; errors?: object[] } };
  };
  const invalid = (...errors: object[]) => ({ status: 422, body: { message: "Validation Failed", errors } });

  it.each([
    ["no JSON", "{", { status: 400, body: { message: "Problems parsing JSON" } }],
    ["no object", "[]", { status: 400, body: { message: "Body should be a JSON object" } }],
    ["no title", "{}", { status: 422, body: { message: `Invalid request.\n\n"title" wasn't supplied.` } }],
    ["a number as title", '{"title":7}', { status: 422 }],
    ["a blank title", '{"title":" "}', invalid({ resource: "Issue", code: "missing_field", field: "title" })],
    ["a title of 257", JSON.stringify({ title: "x".repeat(257) }), invalid({ code: "custom", field: "title" })],
    ["a body of 65,537", JSON.stringify({ title: "x", body: "x".repeat(65_537) }), invalid({ field: "body" })],
    ["a label of 51", JSON.stringify({ title: "x", labels: ["x".repeat(51)] }), invalid({ resource: "Label" })],
    ["an unknown assignee", '{"title":"x","assignees":["eve"]}', invalid({ field: "assignees", value: "eve" })],
  ])("refuses an issue with %s", async (_, body, expected) => {
    expect(await send("POST", issuesUrl, body)).toMatchObject(expected);
    expect(at.world.issues()).toEqual([]);
  });

  it("refuses a label that exists, and a colour that is none", async () => {
    const labels = `${api}/repos/furesoe/innovation/labels`;
    expect(await send("POST", labels, '{"name":"a","color":"ff0000"}')).toMatchObject({ status: 201 });
    const exists = { resource: "Label", code: "already_exists", field: "name" };
    expect(await send("POST", labels, '{"name":"A"}')).toMatchObject(invalid(exists));
    expect(await send("POST", labels, '{"name":"b","color":"red"}')).toMatchObject(invalid({ code: "invalid" }));
  });

  it("knows no other address, and keeps a record of who asked", async () => {
    expect((await at.fetch(`${api}/repos/furesoe/innovation/pulls`, { headers })).status).toBe(404);
    expect((await at.fetch(`${api}/repos/other/innovation/issues`, { headers })).status).toBe(404);
    expect(at.world.calls.map(({ method, path, status, by }) => [method, path, status, by])).toEqual([
      ["GET", "/repos/furesoe/innovation/pulls", 404, "faseport-bot"],
      ["GET", "/repos/other/innovation/issues", 404, "faseport-bot"],
    ]);
  });

  it("wants a user agent, and an API version it has the shapes of", async () => {
    const { authorization } = headers;
    expect((await at.fetch(issuesUrl, { headers: { authorization } })).status).toBe(403);
    const later = { ...headers, "x-github-api-version": "2026-03-10" };
    expect((await at.fetch(issuesUrl, { headers: later })).status).toBe(400);
  });

  it("does not pretend to filter by what it does not offer", async () => {
    expect((await at.fetch(`${issuesUrl}?milestone=1`, { headers })).status).toBe(422);
  });
});

describe("what is gone", () => {
  it("answers 410 for a deleted issue, 404 for one that never was", async () => {
    const number = at.world.create("anna", { title: "Idé" });
    at.world.deleteIssue("anna", number);
    await expect(github.rest.issues.get({ ...repo, issue_number: number })).rejects.toMatchObject({ status: 410 });
    await expect(github.rest.issues.get({ ...repo, issue_number: 99 })).rejects.toMatchObject({ status: 404 });
    expect(at.world.issues()).toEqual([]);
  });

  it("keeps one that became a discussion readable, closed and locked; nobody opens it again", async () => {
    const number = at.world.create("anna", { title: "En snak" });
    at.world.convertToDiscussion("bo", number);
    const { data } = await github.rest.issues.get({ ...repo, issue_number: number });
    expect(data).toMatchObject({ state: "closed", locked: true });
    const opening = github.rest.issues.update({ ...repo, issue_number: number, state: "open" });
    await expect(opening).rejects.toMatchObject({ status: 422 });
    await github.rest.issues.createComment({ ...repo, issue_number: number, body: "Hej" });
  });

  it("redirects a transferred issue to where it is now", async () => {
    const number = at.world.create("anna", { title: "Idé" });
    at.world.transferIssue("anna", number, "furesoe/other");
    const moved = await at.fetch(`${issuesUrl}/${number}`, { headers, redirect: "manual" });
    expect(moved.status).toBe(301);
    const there = await at.fetch(moved.headers.get("location") ?? "", { headers });
    expect(await there.json()).toMatchObject({ title: "Idé", html_url: "https://github.com/furesoe/other/issues/1" });
  });

  it("redirects requests to a former name: a read for good, a write for this time", async () => {
    at.world.renameRepository("furesoe/fremtid");
    const read = await at.fetch(`${issuesUrl}?state=all`, { headers });
    expect(read.status).toBe(301);
    expect(read.headers.get("location")).toMatch(/\/repositories\/\d+\/issues\?state=all$/);
    const write = await at.fetch(issuesUrl, { method: "POST", headers, body: '{"title":"x"}' });
    expect(write.status).toBe(307);
  });
});

describe("budgets and conditional requests", () => {
  it("answers 304 without a body to a known ETag, and does not count it", async () => {
    const first = await at.fetch(issuesUrl, { headers });
    const etag = first.headers.get("etag") ?? "";
    expect(etag).toMatch(/^W\/"[0-9a-f]{64}"$/);
    const again = await at.fetch(issuesUrl, { headers: { ...headers, "if-none-match": etag } });
    expect([again.status, await again.text()]).toEqual([304, ""]);
    expect(again.headers.get("x-ratelimit-used")).toBe("1");
    at.world.create("anna", { title: "ny" });
    expect((await at.fetch(issuesUrl, { headers: { ...headers, "if-none-match": etag } })).status).toBe(200);
  });

  it("refuses over the minute's budget with 429 and how long to wait, until the minute has passed", async () => {
    at.world.limit(2);
    for (const expected of [200, 200, 429]) expect((await at.fetch(issuesUrl, { headers })).status).toBe(expected);
    const refused = await at.fetch(issuesUrl, { headers });
    const seconds = Number(refused.headers.get("retry-after"));
    expect(seconds).toBeGreaterThan(55);
    at.clock.advance(seconds * 1000);
    expect((await at.fetch(issuesUrl, { headers })).status).toBe(200);
  });

  it("refuses over the hour's budget with 403 and nothing remaining, until it is reset", async () => {
    at = bench({ hourly: 1 });
    await at.fetch(issuesUrl, { headers });
    const refused = await at.fetch(issuesUrl, { headers });
    expect(refused.status).toBe(403);
    expect(refused.headers.get("x-ratelimit-remaining")).toBe("0");
    const reset = Number(refused.headers.get("x-ratelimit-reset")) * 1000;
    at.clock.advance(reset - at.clock.now().getTime());
    expect((await at.fetch(issuesUrl, { headers })).status).toBe(200);
  });
});

describe("faults", () => {
  const post = () => at.fetch(issuesUrl, { method: "POST", headers, body: '{"title":"x"}' });

  it.each([
    [{ kind: "status", status: 503 }, 0],
    [{ kind: "status", status: 502, afterSaving: true }, 1],
  ] as const)("%o leaves %i issues", async (fault, saved) => {
    at.world.faults(() => fault);
    expect((await post()).status).toBe(fault.status);
    expect(at.world.issues()).toHaveLength(saved);
  });

  it.each([
    [false, 0],
    [true, 1],
  ])("a dropped connection (after saving: %o) rejects and leaves %i issues", async (afterSaving, saved) => {
    at.world.faults(() => ({ kind: "drop-connection", afterSaving }));
    await expect(post()).rejects.toThrow(TypeError);
    expect(at.world.issues()).toHaveLength(saved);
    expect(at.world.calls.at(-1)).toMatchObject({ status: 0, by: "faseport-bot" });
  });
});

describe("webhooks", () => {
  const repo = { owner: "furesoe", repo: "innovation" };
  const config = {
    url: "https://faseport.example.dk/webhooks/github",
    content_type: "json",
    secret: "s",
    insecure_ssl: "0",
  };
  const received: Request[] = [];
  const take = async (url: string, init: RequestInit) => {
    received.push(new Request(url, init));
    return new Response(null, { status: received.length === 1 ? 202 : 500 });
  };

  it("are made, sent only what they ask for, mended and listed with their last answer, never with their secret", async () => {
    received.length = 0;
    at = bench({ fetch: take });
    const octokit = octokitFor(at);
    const { data: made } = await octokit.rest.repos.createWebhook({ ...repo, events: ["issues"], config });
    await at.world.delivered();
    at.world.create("anna", { title: "x" });
    await at.world.delivered();
    expect(received.map((it) => it.headers.get("x-github-event"))).toEqual(["ping", "issues"]);
    at.world.comment("anna", 1, "hej");
    await at.world.delivered();
    expect(received).toHaveLength(2);
    const { data: hooks } = await octokit.rest.repos.listWebhooks(repo);
    expect(hooks).toMatchObject([{ id: made.id, last_response: { code: 500 }, config: { secret: "********" } }]);
    const change = { ...repo, hook_id: made.id, add_events: ["issue_comment"], active: false, config };
    const { data: mended } = await octokit.rest.repos.updateWebhook(change);
    expect([mended.active, mended.events]).toEqual([false, ["issues", "issue_comment"]]);
    await octokit.rest.repos.pingWebhook({ ...repo, hook_id: made.id });
    await at.world.delivered();
    expect(received.at(-1)?.headers.get("x-github-event")).toBe("ping");
    expect((await octokit.rest.issues.listAssignees(repo)).data.map(({ login }) => login)).toContain("anna");
    expect(at.problems).toEqual([]);
  });

  it("are made once for an address, and are nobody's to see who may not administer the repository", async () => {
    const octokit = octokitFor(at);
    const make = () => octokit.rest.repos.createWebhook({ ...repo, config });
    await make();
    await expect(make()).rejects.toMatchObject({ status: 422 });
    at.world.grant({ admin: false });
    await expect(make()).rejects.toMatchObject({ status: 404 });
    await expect(octokit.rest.repos.listWebhooks(repo)).rejects.toMatchObject({ status: 404 });
    expect(at.problems).toEqual([]);
  });

  it("a token that may not write is told so, whatever it sends; without issues there are none", async () => {
    const octokit = octokitFor(at);
    at.world.grant({ push: false });
    await expect(octokit.rest.issues.createLabel({ ...repo, name: "" })).rejects.toMatchObject({ status: 403 });
    at.world.grant({ push: true });
    await expect(octokit.rest.issues.createLabel({ ...repo, name: "" })).rejects.toMatchObject({ status: 422 });
    at.world.switchIssues(false);
    await expect(octokit.rest.issues.listForRepo(repo)).rejects.toMatchObject({ status: 410 });
  });
});
