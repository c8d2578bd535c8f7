// SPDX-License-Identifier: EUPL-1.2
/** The refusals of Notion's API, worded as they were recorded or documented. */
import type { ContentfulStatusCode } from "hono/utils/http-status";

export type ProblemCode =
  | "bad_gateway"
  | "conflict_error"
  | "gateway_timeout"
  | "internal_server_error"
  | "invalid_json"
  | "invalid_request_url"
  | "missing_version"
  | "object_not_found"
  | "rate_limited"
  | "restricted_resource"
  | "service_overload"
  | "service_unavailable"
  | "unauthorized"
  | "validation_error";

/** Thrown by whatever refuses a request; the API's door turns it into the error body. */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly status: ContentfulStatusCode;
  readonly code: ProblemCode;
  readonly details: Readonly<Record<string, unknown>> | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: ContentfulStatusCode,
    code: ProblemCode,
    message: string,
    details?: Readonly<Record<string, unknown>>,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.details = details;
    this.headers = headers;
  }
}

/** 400 with Notion's words. */
export function invalid(message: string): Problem {
  return new Problem(400, "validation_error", message);
}

/** 400 for one place in a request: `where` is a path such as body.parent.page_id, `wanted` ends the sentence «should be …». */
export function unexpected(where: string, wanted: string, got: unknown): Problem {
  const part = where.split(/[.[]/, 1)[0];
  const shown = got === undefined ? "undefined" : JSON.stringify(got);
  return invalid(`${part} failed validation: ${where} should be ${wanted}, instead was \`${shown}\`.`);
}

/** 404, which Notion also answers for what is not shared with the connection. */
export function notFound(
  kind: "page" | "data_source" | "database" | "block" | "user" | "comment" | "view",
  id: string,
  bot: Readonly<{ id: string; name: string }>,
): Problem {
  const words = kind.replace("_", " ");
  const share =
    kind === "user"
      ? ""
      : ` Make sure the relevant pages and databases are shared with your integration "${bot.name}".`;
  return new Problem(404, "object_not_found", `Could not find ${words} with ID: ${id}.${share}`, {
    integration_id: bot.id,
  });
}
