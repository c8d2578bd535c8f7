// SPDX-License-Identifier: EUPL-1.2
/** The SDK as the service uses it: one try, a real end to a slow call, and a log without secrets or card text. */
import { describe, expect, it } from "vitest";
import { notionClient } from "../../../src/board/notion/client.ts";
import { translate } from "../../../src/board/notion/errors.ts";
import { RetryLater } from "../../../src/core/errors.ts";

const settings = { token: "ntn_secret", apiUrl: "http://127.0.0.1:1/" };

describe("the client", () => {
  it("sends its version and token, and asks once", async () => {
    const sent: Request[] = [];
    const fetch = async (url: string | URL | Request, init?: RequestInit) => {
      sent.push(new Request(url, init));
      return Response.json(
        { object: "error", status: 500, code: "internal_server_error", message: "" },
        { status: 500 },
      );
    };
    await expect(notionClient({ ...settings, fetch }).users.me({})).rejects.toThrow();
    expect(sent.map((it) => it.url)).toEqual(["http://127.0.0.1:1/v1/users/me"]);
    expect(sent[0]?.headers.get("notion-version")).toBe("2026-03-11");
    expect(sent[0]?.headers.get("authorization")).toBe("Bearer ntn_secret");
  });

  it("ends a call that takes too long, so that no write lands afterwards", async () => {
    let ended = false;
    const fetch = (_: string | URL | Request, init?: RequestInit) =>
      new Promise<Response>((_resolve, reject) => {
        init?.signal?.addEventListener("abort", () => {
          ended = true;
          reject(init.signal?.reason);
        });
      });
    const failure = await notionClient({ ...settings, fetch, timeoutMs: 20 })
      .users.me({})
      .catch((error: unknown) => translate(error, "x"));
    expect(failure).toBeInstanceOf(RetryLater);
    expect(ended).toBe(true);
  });

  it("asks the budget before each request, and tells it how long Notion wants to be left alone", async () => {
    const asked: unknown[] = [];
    const budget = {
      spend: async (need: object) => void asked.push(need),
      stop: async (ms: number) => void asked.push(ms),
    };
    const fetch = async () => {
      asked.push("sent");
      const body = { object: "error", status: 429, code: "rate_limited", message: "" };
      return Response.json(body, { status: 429, headers: { "retry-after": "9" } });
    };
    await expect(notionClient({ ...settings, fetch, budget }).users.me({})).rejects.toThrow();
    expect(asked).toEqual([{ requests: 1 }, "sent", 9_000]);
  });

  it("sends nothing that the budget puts off", async () => {
    const later = new RetryLater("spent", { afterMs: 60_000, limited: "board" });
    const budget = { spend: () => Promise.reject(later), stop: async () => {} };
    const fetch = () => Promise.reject(new Error("sent"));
    const failure = await notionClient({ ...settings, fetch, budget })
      .users.me({})
      .catch((error: unknown) => translate(error, "x"));
    expect(failure).toBe(later);
  });

  it("logs what was called and how it went, never what it carried", async () => {
    const lines: string[] = [];
    const log = (...line: unknown[]) => lines.push(JSON.stringify(line));
    const message = "body failed: instead was `Borgerens egne ord`.";
    const fetch = async () =>
      Response.json(
        { object: "error", status: 400, code: "validation_error", message, request_id: "req-9" },
        { status: 400 },
      );
    const notion = notionClient({ ...settings, fetch, log });
    const properties = { x: { rich_text: [{ text: { content: "Borgerens egne ord" } }] } };
    await expect(notion.pages.update({ page_id: "p1", properties })).rejects.toThrow();
    const all = lines.join("\n");
    expect(all).toContain("pages/p1");
    expect(all).toContain("validation_error");
    expect(all).toContain("req-9");
    expect(all).not.toMatch(/Borgerens|ntn_secret/);
  });
});
