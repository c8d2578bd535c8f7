// SPDX-License-Identifier: EUPL-1.2
/** What the door makes of GitHub's events: whose they are, and which task to look at again. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Permanent } from "../../src/core/errors.ts";
import { idOf } from "../../src/sandbox/github/people.ts";
import { createGithubInbound } from "../../src/tracker/github/github.ts";
import { bench } from "./github-bench.ts";

const secret = "It's a Secret to Everybody";
const ours = { repository: () => 1, self: () => "faseport-bot" };
const inbound = createGithubInbound({ ...ours, secret });
const bytes = (text: string) => new TextEncoder().encode(text);

const event = (change: object = {}) => ({
  action: "labeled",
  issue: { number: 7, updated_at: "2026-11-23T08:00:00Z", title: "ukendt", labels: [] },
  repository: { full_name: "furesoe/innovation", id: 1 },
  label: { name: "Fase:2-nytaenk" },
  sender: { login: "anna", type: "User" },
  ...change,
});

describe("the signature", () => {
  /** From "Validating webhook deliveries" in GitHub's documentation. */
  const documented = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

  it("of GitHub's own example holds", async () => {
    expect(await inbound.verify(bytes("Hello, World!"), documented)).toBe(true);
  });

  it.each([
    ["another body", "Hello, World?", documented],
    ["none", "Hello, World!", undefined],
    ["an empty one", "Hello, World!", ""],
    ["one too short", "Hello, World!", documented.slice(0, -1)],
    ["one too long", "Hello, World!", `${documented}0`],
    ["one that is no hex", "Hello, World!", documented.replace("757", "xyz")],
    ["another algorithm's", "Hello, World!", documented.replace("sha256", "sha1")],
  ])("%s does not (case 34)", async (_, body, signature) => {
    expect(await inbound.verify(bytes(body), signature)).toBe(false);
  });

  it("cannot be checked without a secret", () => {
    expect(() => createGithubInbound({ ...ours, secret: "" })).toThrow(Permanent);
  });
});

describe("an event", () => {
  const hint = {
    at: "2026-11-23T08:00:00Z",
    kind: "changed",
    authors: [{ id: "anna", kind: "person" }],
    touched: ["label:fase:2-nytaenk"],
  };
  const task = { kind: "task", task: 7, hint, labels: [] };
  it.each([
    ["a person's", "issues", event(), task],
    [
      "a machine's",
      "issues",
      event({ sender: { login: "actions[bot]", type: "Bot" } }),
      { ...task, hint: { ...hint, authors: [{ id: "actions[bot]", kind: "bot" }] } },
    ],
    ["about who is assigned", "issues", event({ action: "assigned" }), { hint: { touched: ["assignees"] } }],
    [
      "of a new issue, with the labels it has",
      "issues",
      event({ action: "opened", issue: { ...event().issue, labels: [{ name: "innovation" }] } }),
      { labels: ["innovation"], hint: { touched: ["label:innovation"] } },
    ],
    ["of a repository by another name", "issues", event({ repository: { full_name: "x/y", id: 1 } }), task],
    [
      "the service's own",
      "issues",
      event({ sender: { login: "Faseport-Bot" } }),
      { kind: "ignored", why: "own write" },
    ],
    [
      "of another repository",
      "issues",
      event({ repository: { full_name: "furesoe/innovation", id: 2 } }),
      { kind: "ignored" },
    ],
    ["whose action is a name of JavaScript's", "issues", event({ action: "constructor" }), { kind: "ignored" }],
    ["of a pull request", "issues", event({ issue: { ...event().issue, pull_request: {} } }), { kind: "ignored" }],
    ["about a milestone", "issues", event({ action: "milestoned" }), { kind: "ignored" }],
    ["a ping", "ping", { zen: "…" }, { kind: "ignored" }],
    ["a comment", "issue_comment", event({ action: "created" }), { kind: "ignored" }],
    ["without a name", undefined, event(), { kind: "malformed" }],
    ["without an issue", "issues", { action: "opened" }, { kind: "malformed", why: expect.stringContaining("issue") }],
    ["with a text for a number", "issues", event({ issue: { ...event().issue, number: "7" } }), { kind: "malformed" }],
  ])("%s", (_, name, json, expected) => {
    expect(inbound.parse(name, json)).toMatchObject(expected);
  });

  it("never makes the door throw, and never tells a text", () => {
    fc.assert(
      fc.property(
        fc.option(fc.constantFrom("issues", "ping", "x"), { nil: undefined }),
        fc.jsonValue(),
        (name, json) => {
          expect(["task", "ignored", "malformed"]).toContain(inbound.parse(name, json).kind);
        },
      ),
    );
    expect(JSON.stringify(inbound.parse("issues", event({ issue: { title: "fortrolig" } })))).not.toContain(
      "fortrolig",
    );
  });

  it("of every kind that the stand-in sends is understood", async () => {
    const seen: string[] = [];
    const { world } = bench({
      async fetch(_url, { headers, body }) {
        const got = new Headers(headers);
        const known = createGithubInbound({ ...ours, secret, repository: () => idOf("furesoe/innovation") });
        const isOurs = await known.verify(bytes(String(body)), got.get("x-hub-signature-256") ?? undefined);
        const parsed = known.parse(got.get("x-github-event") ?? undefined, JSON.parse(String(body)));
        seen.push(
          [isOurs, parsed.kind, parsed.kind === "task" ? `${parsed.task} ${parsed.hint.touched}` : parsed.why].join(
            " ",
          ),
        );
        return new Response(null, { status: 202 });
      },
    });
    world.subscribe({ url: "http://127.0.0.1:9/", secret });
    const number = world.create("anna", { title: "Idé", labels: ["fase:1-udforsk"] });
    world.comment("bo", number, "hej");
    world.closeIssue("faseport-bot", number, "completed");
    world.deleteIssue("anna", number);
    await world.delivered();
    expect(seen).toEqual([
      "true ignored the event ping says nothing about a task",
      "true task 1 label:fase:1-udforsk",
      "true task 1 label:fase:1-udforsk",
      "true ignored the event issue_comment says nothing about a task",
      "true ignored own write",
      "true task 1 ",
    ]);
  });
});
