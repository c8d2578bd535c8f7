// SPDX-License-Identifier: EUPL-1.2
/** Every failure of GitHub's becomes what to do next, with the wait GitHub asked for and the cause kept. */
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Bug, Permanent, Refused, RetryLater } from "../../src/core/errors.ts";
import { translate } from "../../src/tracker/github/errors.ts";
import { createGithub, type GithubTracker } from "../../src/tracker/github/github.ts";
import type { TaskWanted } from "../../src/tracker/tracker.ts";
import { type Bench, bench, onPort, token } from "./github-bench.ts";

const empty = { note: "", lines: [], labels: [], ownLabels: [], assignees: [], formerAssignees: [] };
const none = { title: "t", titleHeld: false, ...empty, closed: null };
const wanted: TaskWanted = { card: "kort-1", ...none };
const repository = { owner: "furesoe", repo: "innovation", auth: { kind: "token", token } } as const;

let at: Bench;
let port: Awaited<ReturnType<typeof onPort>>;
let tracker: GithubTracker;

beforeEach(async () => {
  at = bench();
  port = await onPort(at);
  tracker = await createGithub({ ...repository, apiUrl: port.url });
});

afterEach(async () => {
  at.world.close();
  await port.close();
});

const caught = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.fail("nothing was thrown"),
    (error: unknown) => error,
  );

describe("what GitHub answers", () => {
  it.each([
    [{ status: 400 }, Refused, null, null],
    [{ status: 401 }, Permanent, null, null],
    [{ status: 403 }, Permanent, null, null],
    [{ status: 403, retryAfter: 30 }, RetryLater, 30_000, "tracker"],
    [{ status: 404 }, Permanent, null, null],
    [{ status: 408 }, RetryLater, 0, null],
    [{ status: 409 }, RetryLater, 0, null],
    [{ status: 410 }, Permanent, null, null],
    [{ status: 415 }, Refused, null, null],
    [{ status: 422 }, Refused, null, null],
    [{ status: 425 }, RetryLater, 0, null],
    [{ status: 429, retryAfter: 7 }, RetryLater, 7_000, "tracker"],
    [{ status: 429 }, RetryLater, 60_000, "tracker"],
    [{ status: 451 }, Permanent, null, null],
    [{ status: 500 }, RetryLater, 0, null],
    [{ status: 502 }, RetryLater, 0, null],
    [{ status: 503, retryAfter: 12 }, RetryLater, 12_000, null],
    [{ status: 504 }, RetryLater, 0, null],
    [{ status: 599 }, RetryLater, 0, null],
  ])("%o is %o", async (fault, kind, afterMs, limited) => {
    at.world.faults(() => ({ kind: "status", ...fault }));
    const error = await caught(tracker.create(wanted));
    expect(error).toBeInstanceOf(kind);
    expect(error).toMatchObject({ cause: expect.any(Error) });
    if (kind === RetryLater) expect(error).toMatchObject({ afterMs, limited });
  });

  it("the hour's budget spent is waited out to its reset, by GitHub's clock and not by ours", async () => {
    const poor = bench({ hourly: 2 });
    const there = await onPort(poor);
    const spent = await createGithub({ ...repository, apiUrl: there.url });
    const error = await caught(spent.create(wanted));
    await there.close();
    expect(error).toMatchObject({ name: "RetryLater", limited: "tracker" });
    const { afterMs } = error as RetryLater;
    expect(afterMs).toBeGreaterThan(3_590_000);
    expect(afterMs).toBeLessThanOrEqual(3_602_000);
  });

  it("the stand-in's own minute limit is waited out, and then it goes on", async () => {
    at.world.limit(3);
    await tracker.create(wanted);
    const error = await caught(tracker.create(wanted));
    expect(error).toMatchObject({ name: "RetryLater", limited: "tracker" });
    at.clock.advance((error as RetryLater).afterMs);
    expect(await tracker.create(wanted)).toMatchObject({ number: 2 });
  });

  it("the budget is asked before each request, told when GitHub says that it is spent, and may put a request off", async () => {
    const asked: unknown[] = [];
    const budget = {
      spend: async (need: object) => void asked.push(need),
      stop: async (ms: number) => void asked.push(ms),
    };
    const paced = await createGithub({ ...repository, apiUrl: port.url, budget });
    at.world.faults(({ method }) => (method === "POST" ? { kind: "status", status: 429, retryAfter: 7 } : null));
    await caught(paced.create(wanted));
    const [read, write] = [1, 5].map((points) => ({ requests: 1, points, creations: 0, "hourly creations": 0 }));
    expect(asked).toEqual([read, read, { ...write, creations: 1, "hourly creations": 1 }, 7_000]);

    const later = new RetryLater("spent", { afterMs: 60_000, limited: "tracker" });
    const poor = { spend: () => Promise.reject(later), stop: async () => {} };
    expect(await caught(createGithub({ ...repository, apiUrl: port.url, budget: poor }))).toBe(later);
  });

  it("does not repeat the text it refused", async () => {
    const label = `cpr 010203-1234 ${"x".repeat(50)}`;
    const error = await caught(tracker.create({ ...wanted, labels: [label] }));
    expect(error).toBeInstanceOf(Refused);
    expect(String(error)).toContain("Validation Failed; name custom");
    expect(String(error)).not.toContain("010203");
  });
});

describe("no answer", () => {
  it.each([true, false])("a dropped connection (after saving: %o)", async (afterSaving) => {
    at.world.faults(() => ({ kind: "drop-connection", afterSaving }));
    expect(await caught(tracker.create(wanted))).toMatchObject({ name: "RetryLater", afterMs: 0, limited: null });
    expect(at.world.calls.filter(({ method }) => method === "POST")).toHaveLength(1);
  });

  it("nobody listens", async () => {
    const apiUrl = port.url;
    await port.close();
    expect(await caught(createGithub({ ...repository, apiUrl }))).toMatchObject({ name: "RetryLater" });
    port = await onPort(at);
  });

  it("too slow", async () => {
    const mute = createServer().listen(0, "127.0.0.1");
    await once(mute, "listening");
    const apiUrl = `http://127.0.0.1:${(mute.address() as AddressInfo).port}`;
    const error = await caught(createGithub({ ...repository, apiUrl, timeoutMs: 50 }));
    expect(error).toMatchObject({ name: "RetryLater", message: expect.stringContaining("TimeoutError") });
    mute.close();
  });
});

describe("translate", () => {
  const answer = (status: number, headers: Record<string, string>, message = "nej") =>
    Object.assign(new Error(message), { name: "HttpError", status, response: { headers, data: { message } } });
  const date = "Mon, 23 Nov 2026 08:00:00 GMT";

  it.each([
    ["a limit told only in words", answer(403, {}, "You have exceeded a secondary rate limit"), 60_000],
    ["a wait until a date", answer(429, { date, "retry-after": "Mon, 23 Nov 2026 08:00:20 GMT" }), 20_000],
    ["a wait that is over", answer(429, { date, "retry-after": "Mon, 23 Nov 2026 07:00:00 GMT" }), 0],
    ["a wait nobody can read", answer(429, { "retry-after": "snart" }), 60_000],
    [
      "a reset, nothing left",
      answer(403, { date, "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1795420845" }),
      45_000,
    ],
    [
      "a reset, something left",
      answer(429, { date, "x-ratelimit-remaining": "9", "x-ratelimit-reset": "1795420845" }),
      60_000,
    ],
  ])("%s", (_, error, afterMs) => {
    expect(translate(error, "at skrive")).toMatchObject({ name: "RetryLater", limited: "tracker", afterMs });
  });

  it("a locked issue refuses a comment; nothing is wrong with the token", () => {
    expect(translate(answer(403, {}, "Unable to create comment because issue is locked."), "")).toBeInstanceOf(Refused);
  });

  it("leaves what is translated already, and calls anything else a bug", () => {
    const already = new Refused("nej");
    expect(translate(already, "")).toBe(already);
    const cause = new RangeError("vores");
    expect(translate(cause, "")).toMatchObject({ name: "Bug", cause });
    expect(translate("hvad?", "")).toBeInstanceOf(Bug);
  });
});
