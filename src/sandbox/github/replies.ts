// SPDX-License-Identifier: EUPL-1.2
/** Error answers in GitHub's words. */

const DOCS = "https://docs.github.com/rest";

export type FieldError = Readonly<{
  resource: string;
  code: string;
  field: string;
  message?: string;
  value?: string | null;
}>;

/** An answer other than success; thrown by the routes and turned into a response at the door. */
export class Answer extends Error {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;
  constructor(status: number, message: string, more: { headers?: Record<string, string>; errors?: unknown } = {}) {
    super(message);
    this.status = status;
    this.headers = more.headers ?? {};
    const errors = more.errors === undefined ? {} : { errors: more.errors };
    this.body = { message, ...errors, documentation_url: DOCS, status: String(status) };
  }

  response(): Response {
    return Response.json(this.body, {
      status: this.status,
      headers: { ...this.headers, "content-type": "application/json; charset=utf-8" },
    });
  }
}

export const badCredentials = () => new Answer(401, "Bad credentials");
export const requiresAuthentication = () => new Answer(401, "Requires authentication");
export const notFound = () => new Answer(404, "Not Found");
export const notAccessible = () => new Answer(403, "Resource not accessible by integration");
export const notGranted = () => new Answer(403, "Resource not accessible by personal access token");
export const issuesDisabled = () => new Answer(410, "Issues are disabled for this repo");
export const issueDeleted = () => new Answer(410, "This issue was deleted");
export const problemsParsing = () => new Answer(400, "Problems parsing JSON");
export const notAnObject = () => new Answer(400, "Body should be a JSON object");
export const invalidRequest = (what: string) => new Answer(422, `Invalid request.\n\n${what}`);
export const validationFailed = (...errors: FieldError[]) => new Answer(422, "Validation Failed", { errors });

/** A request that reads is redirected for good, one that writes for this time. */
export function moved(location: string, method: string): Answer {
  const headers = { location };
  if (method === "GET") return new Answer(301, "Moved Permanently", { headers });
  return new Answer(307, "Temporary Redirect", { headers });
}

export function secondaryLimit(status: number, retryAfterSeconds: number): Answer {
  const message =
    "You have exceeded a secondary rate limit. Please wait a few minutes before you try again. " +
    "If you reach out to GitHub Support for help, please include the request ID.";
  return new Answer(status, message, { headers: { "retry-after": String(retryAfterSeconds) } });
}

export const primaryLimit = (login: string) => new Answer(403, `API rate limit exceeded for user ${login}.`);

/** What a broken GitHub says; a gateway answers with a page of HTML rather than JSON. */
export function broken(status: number, headers: Record<string, string>): Response {
  if (status !== 502 && status !== 504)
    return new Answer(status, faultMessages[status] ?? "Fault", { headers }).response();
  const page = "<!DOCTYPE html><html><body><h1>Unicorn!</h1><p>We had issues producing the response.</p></body></html>";
  return new Response(page, { status, headers: { ...headers, "content-type": "text/html; charset=utf-8" } });
}

const faultMessages: Readonly<Record<number, string>> = {
  401: "Bad credentials",
  403: "Resource not accessible by personal access token",
  404: "Not Found",
  408: "Request Timeout",
  409: "Conflict",
  410: "Issues are disabled for this repo",
  422: "Validation Failed",
  429: "Too Many Requests",
  500: "Server Error",
  503: "No server is currently available to service your request. Sorry about that. Please try resubmitting your request.",
};
