// SPDX-License-Identifier: EUPL-1.2
/** What every request passes on its way in and out: faults, credentials, budget, conditional requests, headers, the record. */
import { createHash, randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { Call, Fault, FaultPlan, SandboxClock } from "../world.ts";
import type { Access, Caller } from "./access.ts";
import type { Budget } from "./budget.ts";
import { Answer, broken, secondaryLimit } from "./replies.ts";

/** What the routes get beside the request. */
export type Inside = Readonly<{ caller: Caller; text: string }>;
export type Routes = (request: Request, inside: Inside) => Promise<Response>;

/** The version the answers have the shape of. GitHub knows later ones; the stand-in does not. */
const API_VERSION = "2022-11-28";
/** A response of this status stands in the record for a connection that was dropped. */
const DROPPED = 0;

export function createDoor(parts: { clock: SandboxClock; access: Access; budget: Budget; routes: Routes }) {
  const { clock, access, budget, routes } = parts;
  const calls: Call[] = [];
  let plan: FaultPlan | null = null;

  async function behave(request: Request, text: string): Promise<Response> {
    try {
      checkHeaders(request);
      const caller = access.callerOf(request.headers.get("authorization"));
      const login = loginOf(caller) ?? "anonymous";
      budget.check(login);
      const answer = conditional(request, await routes(request, { caller, text }));
      if (answer.status !== 304) budget.spend();
      return answer;
    } catch (error) {
      if (error instanceof Answer) return error.response();
      throw error;
    }
  }

  async function answer(request: Request, fault: Fault | null): Promise<Response> {
    const text = await request.text();
    if (fault === null || fault.kind === "stale") return behave(request, text);
    if (fault.afterSaving) await behave(request, text);
    return fault.kind === "status" ? faulty(fault) : Response.error();
  }

  function record(request: Request, status: number): void {
    const { pathname } = new URL(request.url);
    calls.push({ at: clock.now().toISOString(), method: request.method, path: pathname, status, by: by(request) });
  }

  function by(request: Request): string | null {
    try {
      return loginOf(access.callerOf(request.headers.get("authorization")));
    } catch {
      return null;
    }
  }

  return {
    calls,
    faults(next: FaultPlan | null): void {
      plan = next;
    },
    /** Answers one request. `socket` is absent when called in-process; a dropped connection then rejects, as fetch does. */
    async handle(request: Request, incoming: IncomingMessage | undefined): Promise<Response> {
      const fault = plan?.({ method: request.method, path: new URL(request.url).pathname }) ?? null;
      const response = await answer(request, fault);
      record(request, response.type === "error" ? DROPPED : response.status);
      if (response.type === "error") return drop(incoming);
      return withHeaders(response, { clock, budget });
    },
  };
}

function loginOf(caller: Caller): string | null {
  if (caller.kind === "user") return caller.account.login;
  return caller.kind === "app" ? caller.app.slug : null;
}

function checkHeaders(request: Request): void {
  if (!request.headers.get("user-agent")) {
    throw new Answer(
      403,
      "Request forbidden by administrative rules. Please make sure your request has a User-Agent header.",
    );
  }
  const version = request.headers.get("x-github-api-version") ?? API_VERSION;
  if (version !== API_VERSION) throw new Answer(400, `"${version}" is not a supported API version`);
}

function conditional(request: Request, response: Response): Response {
  const etag = response.headers.get("etag");
  if (request.method !== "GET" || etag === null || request.headers.get("if-none-match") !== etag) return response;
  return new Response(null, { status: 304, headers: { etag } });
}

/** Marks an answer with what its content is known by. */
export function etagOf(body: string): string {
  return `W/"${createHash("sha256").update(body).digest("hex")}"`;
}

function faulty(fault: Extract<Fault, { kind: "status" }>): Response {
  const { status, retryAfter } = fault;
  if (retryAfter === undefined) return broken(status, {});
  if (status === 403 || status === 429) return secondaryLimit(status, retryAfter).response();
  return broken(status, { "retry-after": String(retryAfter) });
}

function withHeaders(response: Response, { clock, budget }: { clock: SandboxClock; budget: Budget }): Response {
  const headers = new Headers(response.headers);
  const { limit, remaining, used, reset } = budget.shown();
  headers.set("date", clock.now().toUTCString());
  headers.set("x-github-api-version-selected", API_VERSION);
  headers.set("x-github-media-type", "github.v3; format=json");
  headers.set("x-github-request-id", randomUUID().toUpperCase());
  headers.set("x-ratelimit-limit", String(limit));
  headers.set("x-ratelimit-remaining", String(remaining));
  headers.set("x-ratelimit-used", String(used));
  headers.set("x-ratelimit-reset", String(reset));
  headers.set("x-ratelimit-resource", "core");
  return new Response(response.body, { status: response.status, headers });
}

function drop(incoming: IncomingMessage | undefined): Response {
  if (!incoming) throw new TypeError("fetch failed", { cause: new Error("other side closed") });
  incoming.socket.destroy();
  return RESPONSE_ALREADY_SENT;
}
