// SPDX-License-Identifier: EUPL-1.2
/** Faults that can be switched on: answers that the real side gives on a bad day, and connections that break. */
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Fault } from "../world.ts";
import { rateLimited } from "./budget.ts";
import { Problem, type ProblemCode } from "./problem.ts";

const bad: Readonly<Record<number, readonly [ContentfulStatusCode, ProblemCode, string]>> = {
  401: [401, "unauthorized", "API token is invalid."],
  403: [403, "restricted_resource", "Insufficient permissions for this endpoint."],
  404: [404, "object_not_found", "Could not find the object. Make sure it is shared with your integration."],
  409: [409, "conflict_error", "Conflict occurred while saving. Please try again."],
  500: [500, "internal_server_error", "Unexpected error occurred."],
  502: [502, "bad_gateway", "Bad gateway."],
  503: [503, "service_unavailable", "Notion is temporarily unavailable. Please try again later."],
  504: [504, "gateway_timeout", "The request timed out."],
};

const queryGuidance = ["Use exponential backoff with jitter", "Reduce page_size", "Narrow query filters/sorts"];

/** The refusal that a status fault stands for. `created`: id of the page a saved write made. */
export function problemOf(
  fault: Extract<Fault, { kind: "status" }>,
  path: string,
  created: string | undefined,
): Problem {
  const headers: Record<string, string> =
    fault.retryAfter === undefined ? {} : { "Retry-After": String(fault.retryAfter) };
  if (fault.status === 429) return rateLimited(fault.retryAfter ?? 1);
  if (fault.status === 529) {
    return new Problem(overloaded, "service_overload", "Notion is overloaded. Please try again later.", {}, headers);
  }
  if (fault.status === 503 && fault.afterSaving) return savedButUnanswered(created);
  const [status, code, message] = bad[fault.status] ?? [500, "internal_server_error", "Unexpected error occurred."];
  const details = status === 503 && path.endsWith("/query") ? { retry_guidance: queryGuidance } : undefined;
  return new Problem(status, code, message, details, headers);
}

/** 529 is Notion's own; Hono's list of statuses has room for it only as the unofficial «-1». */
const overloaded = 529 as number as ContentfulStatusCode;

/** The documented 503 of a write that went through. */
function savedButUnanswered(created: string | undefined): Problem {
  return new Problem(
    503,
    "service_unavailable",
    "The change was saved, but the response could not be built in time. Read the object again instead of repeating the write.",
    {
      from: "publicApi.pageObjectPointerToPageObject.beforePreload",
      elapsed_ms: "55012",
      deadline_ms: "55000",
      retry_guidance: ["Read the object again to confirm the saved change.", "Do not repeat the write."],
      ...(created === undefined ? {} : { committed_resource_id: created }),
    },
  );
}

/** How far behind its index a query is to answer, when a fault says so. */
export type Stale = { Variables: { behindMs: number | undefined } };

/** What a server hands to Hono besides the request. */
export type Bindings = { incoming?: { socket: { destroy(): void } } };

/** Breaks the connection: over HTTP the socket closes, in-process the call fails as fetch does when that happens. */
export function drop(bindings: Bindings | undefined): Response {
  const socket = bindings?.incoming?.socket;
  if (!socket) {
    const cause = Object.assign(new Error("other side closed"), { code: "UND_ERR_SOCKET" });
    throw new TypeError("fetch failed", { cause });
  }
  socket.destroy();
  return RESPONSE_ALREADY_SENT;
}
