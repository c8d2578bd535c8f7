// SPDX-License-Identifier: EUPL-1.2
/** Every failure of a call to Notion becomes what to do next. */
import { APIErrorCode, Client, ClientErrorCode, RequestTimeoutError } from "@notionhq/client";
import { describe, expect, it } from "vitest";
import { ask, askIfThere, retryAfter, translate } from "../../../src/board/notion/errors.ts";
import { Bug, Permanent, Refused, RetryLater } from "../../../src/core/errors.ts";

type Answer = { status: number; body: unknown; headers?: Record<string, string> };

/** What the real SDK throws for an answer. */
async function thrown({ status, body, headers = {} }: Answer): Promise<unknown> {
  const answer = new Response(typeof body === "string" ? body : JSON.stringify(body), { status, headers });
  const notion = new Client({ auth: "t", retry: false, logger: () => {}, fetch: async () => answer });
  return notion.users.me({}).catch((error: unknown) => error);
}

const error = (code: string, status: number, additional_data: Record<string, unknown> = {}): Answer => ({
  status,
  body: { object: "error", status, code, message: "said", additional_data, request_id: "req-1" },
});

const table: Record<APIErrorCode, [status: number, next: new (...args: never[]) => Error]> = {
  [APIErrorCode.Unauthorized]: [401, Permanent],
  [APIErrorCode.RestrictedResource]: [403, Permanent],
  [APIErrorCode.ObjectNotFound]: [404, Refused],
  [APIErrorCode.RateLimited]: [429, RetryLater],
  [APIErrorCode.InvalidJSON]: [400, Refused],
  [APIErrorCode.InvalidRequestURL]: [400, Refused],
  [APIErrorCode.InvalidRequest]: [400, Refused],
  [APIErrorCode.InvalidBeta]: [400, Refused],
  [APIErrorCode.ValidationError]: [400, Refused],
  [APIErrorCode.ConflictError]: [409, RetryLater],
  [APIErrorCode.InternalServerError]: [500, RetryLater],
  [APIErrorCode.ServiceOverload]: [529, RetryLater],
  [APIErrorCode.ServiceUnavailable]: [503, RetryLater],
  [APIErrorCode.GatewayTimeout]: [504, RetryLater],
};

describe("answers with a code of Notion's", () => {
  it.each(Object.entries(table))("%s", async (code, [status, next]) => {
    const cause = await thrown(error(code, status));
    const translated = translate(cause, "writing a card");
    expect(translated).toBeInstanceOf(next);
    expect(translated.message).toContain("writing a card");
    expect(translated.cause).toBe(cause);
  });

  it.each([
    [APIErrorCode.RateLimited, 429, "board"],
    [APIErrorCode.ServiceOverload, 529, "board"],
    [APIErrorCode.ConflictError, 409, null],
    [APIErrorCode.ServiceUnavailable, 503, null],
  ])("%s spends the budget of: %s %s", async (code, status, limited) => {
    expect(translate(await thrown(error(code, status)), "x")).toMatchObject({ limited });
  });

  it("waits as long as Retry-After says, also longer than a minute", async () => {
    const answer = { ...error("rate_limited", 429), headers: { "Retry-After": "95" } };
    expect(translate(await thrown(answer), "x")).toMatchObject({ afterMs: 95_000, limited: "board" });
  });

  it("takes the wait from the body when the header is missing", async () => {
    expect(translate(await thrown(error("rate_limited", 429, { retry_after: "7" })), "x")).toMatchObject({
      afterMs: 7000,
    });
  });

  it("does not wait for a block to pass", async () => {
    const blocked = error("rate_limited", 429, { rate_limit_reason: "public_api_request_blocked" });
    expect(translate(await thrown(blocked), "x")).toBeInstanceOf(Permanent);
  });

  it("tells a missing capability from the block limit", async () => {
    const capability = translate(await thrown(error("restricted_resource", 403)), "x");
    const limit = translate(await thrown(error("restricted_resource", 403, { block_limit: "block_creation" })), "x");
    expect(capability.message).toMatch(/capability/);
    expect(limit.message).toMatch(/block limit/);
  });

  it("says that a write answered 503 may be saved", async () => {
    const guidance = ["Read the object again to confirm the saved change.", "Do not repeat the write."];
    const saved = translate(await thrown(error("service_unavailable", 503, { retry_guidance: guidance })), "x");
    expect(saved).toBeInstanceOf(RetryLater);
    expect(saved.message).toContain("Do not repeat the write.");
  });

  it("keeps a card's text out of the message", async () => {
    const answer = error("validation_error", 400);
    const message = 'body.properties.x.url should be a string, instead was `{"secret": "borger 010190"}`.';
    const refused = translate(await thrown({ ...answer, body: { ...(answer.body as object), message } }), "x");
    expect(refused.message).toContain("body.properties.x.url should be a string");
    expect(refused.message).not.toContain("borger");
  });
});

describe("answers without one", () => {
  it.each([
    [502, RetryLater, null],
    [504, RetryLater, null],
    [429, RetryLater, "board"],
    [529, RetryLater, "board"],
    [401, Permanent, null],
    [403, Permanent, null],
    [404, Refused, null],
    [400, Refused, null],
    [408, RetryLater, null],
  ])("%i", async (status, next, limited) => {
    const translated = translate(await thrown({ status, body: "<html>proxy</html>" }), "x");
    expect(translated).toBeInstanceOf(next);
    if (translated instanceof RetryLater) expect(translated.limited).toBe(limited);
  });

  it("a page of HTML instead of JSON", async () => {
    expect(translate(await thrown({ status: 200, body: "<html>" }), "x")).toBeInstanceOf(RetryLater);
  });
});

describe("no answer", () => {
  const socket = Object.assign(new Error("other side closed"), { code: "UND_ERR_SOCKET" });
  it.each<[string, unknown]>([
    ["a dropped socket", new TypeError("fetch failed", { cause: socket })],
    ["a body cut short", new TypeError("terminated", { cause: socket })],
    ["our own time limit", new DOMException("The operation was aborted due to timeout", "TimeoutError")],
    ["the SDK's time limit", new RequestTimeoutError()],
  ])("%s is tried again, for a write may be saved", (_, cause) => {
    expect(translate(cause, "x")).toBeInstanceOf(RetryLater);
    expect(translate(cause, "x").cause).toBe(cause);
  });

  it("names a path that the SDK refuses to send", async () => {
    const notion = new Client({ auth: "t", retry: false, logger: () => {} });
    const cause = await notion.pages.retrieve({ page_id: "../users" }).catch((it: unknown) => it);
    expect(cause).toMatchObject({ code: ClientErrorCode.InvalidPathParameter });
    expect(translate(cause, "x")).toBeInstanceOf(Refused);
  });

  it("a mistake of ours is no reason to try again", () => {
    expect(translate(new TypeError("x is not a function"), "x")).toBeInstanceOf(Bug);
    expect(translate("text", "x")).toBeInstanceOf(Bug);
  });

  it("leaves what is already named alone", () => {
    const named = new Permanent("told");
    expect(translate(named, "x")).toBe(named);
  });
});

describe("reading one thing", () => {
  const missing = () => thrown(error("object_not_found", 404)).then((it) => Promise.reject(it));
  it("that is not there gives null", async () => {
    expect(await askIfThere("x", missing)).toBeNull();
    await expect(ask("x", missing)).rejects.toBeInstanceOf(Refused);
  });
  it("that can't be read now does not", async () => {
    const busy = () => thrown(error("rate_limited", 429)).then((it) => Promise.reject(it));
    await expect(askIfThere("x", busy)).rejects.toBeInstanceOf(RetryLater);
  });
});

describe("Retry-After", () => {
  const now = Date.parse("2026-11-23T12:00:00Z");
  it.each([
    ["30", 30_000],
    ["0", 0],
    ["Mon, 23 Nov 2026 12:00:45 GMT", 45_000],
    ["Mon, 23 Nov 2026 11:59:00 GMT", 0],
    ["soon", null],
    ["", null],
    [null, null],
  ])("%s", (value, ms) => {
    expect(retryAfter(value, now)).toBe(ms);
  });
});
