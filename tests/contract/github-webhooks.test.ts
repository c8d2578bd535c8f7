// SPDX-License-Identifier: EUPL-1.2
/** The stand-in's events: signed, shaped as GitHub's own document says, once each, and for everybody's changes. */
import { createHmac } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { bench, octokitFor } from "./github-bench.ts";
import { problemsOfEvent } from "./github-oracle.ts";

type Received = { event: string; headers: Headers; body: string; json: { action?: string; sender: { login: string } } };

const secret = "hemmelig";
const repo = { owner: "furesoe", repo: "innovation" };
let received: Received[];
let status: number;

function subscribed() {
  const at = bench({
    async fetch(_url, { headers, body }) {
      const got = new Headers(headers);
      received.push({
        event: got.get("x-github-event") ?? "",
        headers: got,
        body: String(body),
        json: JSON.parse(String(body)) as Received["json"],
      });
      return new Response(null, { status });
    },
  });
  at.world.subscribe({ url: "http://127.0.0.1:9/webhooks/github", secret });
  return at;
}

const told = () => received.map(({ event, json }) => [event, json.action ?? "", json.sender.login].join(" ").trim());

beforeEach(() => {
  received = [];
  status = 202;
});

describe("events", () => {
  it("tells everything that happens to an issue, in order, each valid and signed", async () => {
    const { world } = subscribed();
    const number = world.create("anna", { title: "Idé", labels: ["innovation"] });
    world.edit("anna", number, { title: "Ny idé", body: "tekst" });
    world.label("bo", number, "fase:2-nytaenk");
    world.unlabel("bo", number, "innovation");
    world.assign("bo", number, "anna");
    world.unassign("bo", number, "anna");
    world.comment("anna", number, "hej");
    world.closeIssue("anna", number, "not_planned");
    world.reopenIssue("anna", number);
    world.convertToDiscussion("anna", world.create("anna", { title: "En snak" }));
    world.transferIssue("bo", number, "furesoe/other");
    world.deleteIssue("anna", world.create("anna", { title: "Forkert" }));
    await world.delivered();
    expect(told()).toEqual([
      "ping  furesoe",
      "issues opened anna",
      "issues labeled anna",
      "issues edited anna",
      "issues labeled bo",
      "issues unlabeled bo",
      "issues assigned bo",
      "issues unassigned bo",
      "issue_comment created anna",
      "issues closed anna",
      "issues reopened anna",
      "issues opened anna",
      "issues closed anna",
      "issues locked anna",
      "issues transferred bo",
      "issues opened anna",
      "issues deleted anna",
    ]);
    for (const { event, headers, body, json } of received) {
      expect(problemsOfEvent(event, json)).toEqual([]);
      const expected = `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
      expect(headers.get("x-hub-signature-256")).toBe(expected);
      expect(headers.get("user-agent")).toMatch(/^GitHub-Hookshot\//);
    }
    expect(new Set(received.map(({ headers }) => headers.get("x-github-delivery"))).size).toBe(received.length);
  });

  it("shows the issue as it was at that moment, and what it was before", async () => {
    const { world } = subscribed();
    const number = world.create("anna", { title: "før" });
    world.edit("anna", number, { title: "efter" });
    world.edit("anna", number, { title: "til sidst" });
    await world.delivered();
    expect(received.slice(2).map(({ json }) => json)).toMatchObject([
      { issue: { title: "efter" }, changes: { title: { from: "før" } } },
      { issue: { title: "til sidst" }, changes: { title: { from: "efter" } } },
    ]);
  });

  it("tells the service's own writes too, as done by the service; a write that changes nothing is not told", async () => {
    const at = subscribed();
    const number = at.world.create("anna", { title: "Idé" });
    const write = { ...repo, issue_number: number, title: "Ny", labels: ["a", "b"], state: "closed" as const };
    await octokitFor(at).rest.issues.update(write);
    await octokitFor(at).rest.issues.update(write);
    await at.world.delivered();
    expect(told().slice(2)).toEqual([
      "issues edited faseport-bot",
      "issues labeled faseport-bot",
      "issues labeled faseport-bot",
      "issues closed faseport-bot",
    ]);
  });
});

describe("delivery", () => {
  it("does not try again when the receiver fails, and remembers that it failed", async () => {
    status = 500;
    const { world } = subscribed();
    world.create("anna", { title: "Idé" });
    await world.delivered();
    expect(world.deliveryLog.map(({ event, status: answered }) => [event, answered])).toEqual([
      ["ping", 500],
      ["issues", 500],
    ]);
  });

  it.each([
    ["flow", ["issues opened anna", "issues opened bo"]],
    ["lose", ["issues opened bo"]],
  ] as const)("what was held back is %s-n when the hold ends", async (mode, expected) => {
    const { world } = subscribed();
    await world.delivered();
    received = [];
    world.deliveries("hold");
    world.create("anna", { title: "en" });
    await world.delivered();
    expect(received).toEqual([]);
    world.deliveries(mode);
    world.deliveries("flow");
    world.create("bo", { title: "to" });
    await world.delivered();
    expect(told()).toEqual(expected);
  });

  it("sends nothing after it was closed", async () => {
    const { world } = subscribed();
    await world.delivered();
    world.close();
    world.create("anna", { title: "Idé" });
    await world.delivered();
    expect(told()).toEqual(["ping  furesoe"]);
  });

  it("calls back after every change until told to stop", () => {
    const { world } = subscribed();
    let changes = 0;
    const stop = world.onChange(() => {
      changes += 1;
    });
    const number = world.create("anna", { title: "Idé" });
    world.comment("bo", number, "hej");
    stop();
    world.edit("bo", number, { title: "Ny" });
    expect(changes).toBe(2);
  });
});
