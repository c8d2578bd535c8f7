// SPDX-License-Identifier: EUPL-1.2
/**
 * Every way a call to Notion can fail, translated into what to do next. The tables are total: a code that a new
 * version of the SDK adds does not compile until it is decided.
 */
import {
  APIErrorCode,
  ClientErrorCode,
  isHTTPResponseError,
  isNotionClientError,
  type NotionErrorCode,
} from "@notionhq/client";
import { Bug, Permanent, Refused, RetryLater } from "../../core/errors.ts";

/** One failed call: what was being done, and what Notion said about it. */
type Failure = Readonly<{
  doing: string;
  status: number | null;
  code: string;
  said: string;
  request: string | null;
  afterMs: number | null;
  additional: Readonly<Record<string, string | string[]>>;
  cause: unknown;
}>;
type Translate = (failure: Failure) => Error;

const later: Translate = (it) => new RetryLater(told(it), waiting(it));

/** 429 and 529: the budget is spent. A blocked connection isn't: waiting does not help there. */
const limited: Translate = (it) =>
  it.additional.rate_limit_reason === "public_api_request_blocked"
    ? new Permanent(
        `${told(it)}. Notion has blocked this connection: ask Notion's support to lift the block`,
        because(it),
      )
    : new RetryLater(told(it), { ...waiting(it), limited: "board" });

/** A write that was answered 503 may be saved all the same (`retry_guidance`): whoever repeats it looks first. */
const unavailable: Translate = (it) =>
  it.additional.retry_guidance === undefined
    ? later(it)
    : new RetryLater(`${told(it)} (${[it.additional.retry_guidance].flat().join(" ")})`, waiting(it));

const refused: Translate = (it) => new Refused(`${told(it)}: ${withoutValues(it.said)}`, because(it));

const badToken: Translate = (it) =>
  new Permanent(`${told(it)}: Notion does not accept the token. Set NOTION_TOKEN to the connection's own`, {
    ...because(it),
    whole: "board",
  });

const restricted: Translate = (it) =>
  new Permanent(
    it.additional.block_limit === undefined
      ? `${told(it)}: the connection lacks a capability. Give it: read, update and insert content, read and insert comments, user information`
      : `${told(it)}: the workspace's block limit is reached (${it.additional.block_limit}). Upgrade the plan or remove members; edits of properties still work`,
    because(it),
  );

const gone: Translate = (it) =>
  new Refused(`${told(it)}: deleted, or no longer shared with the connection`, because(it));

const unknownAnswer: Translate = (it) => (byStatus.find(([holds]) => holds(it.status ?? 0))?.[1] ?? later)(it);

/** For answers without a code of Notion's, such as a proxy's page. Anything else, 5xx above all, is worth another try. */
const byStatus: readonly (readonly [(status: number) => boolean, Translate])[] = [
  [(status) => status === 429 || status === 529, limited],
  [(status) => status === 401, badToken],
  [(status) => status === 403, restricted],
  [(status) => status === 404, gone],
  [(status) => status === 408 || status === 409 || status === 425, later],
  [(status) => status >= 400 && status < 500, refused],
];

const byCode: Readonly<Record<NotionErrorCode, Translate>> = {
  [APIErrorCode.Unauthorized]: badToken,
  [APIErrorCode.RestrictedResource]: restricted,
  [APIErrorCode.ObjectNotFound]: gone,
  [APIErrorCode.RateLimited]: limited,
  [APIErrorCode.InvalidJSON]: refused,
  [APIErrorCode.InvalidRequestURL]: refused,
  [APIErrorCode.InvalidRequest]: refused,
  [APIErrorCode.InvalidBeta]: refused,
  [APIErrorCode.ValidationError]: refused,
  [APIErrorCode.ConflictError]: later,
  [APIErrorCode.InternalServerError]: later,
  [APIErrorCode.ServiceOverload]: limited,
  [APIErrorCode.ServiceUnavailable]: unavailable,
  [APIErrorCode.GatewayTimeout]: later,
  [ClientErrorCode.RequestTimeout]: later,
  [ClientErrorCode.ResponseError]: unknownAnswer,
  [ClientErrorCode.InvalidPathParameter]: refused,
};

/**
 * What to do about a failure: RetryLater, Permanent or Refused; Bug for what is no failure of the call.
 * `afterMs` comes from Retry-After, in seconds or as an HTTP date (RFC 9110, 10.2.3), without the SDK's cap of 60 s.
 */
export function translate(error: unknown, doing: string): Error {
  if (error instanceof RetryLater || error instanceof Permanent || error instanceof Refused) return error;
  if (isHTTPResponseError(error)) {
    const additional = error.additional_data ?? {};
    const afterMs = retryAfter(header(error.headers, "retry-after") ?? [additional.retry_after].flat()[0] ?? null);
    const { code, status, message: said, request_id: request = null } = error;
    return byCode[code]({ doing, status, code, said, request, afterMs, additional, cause: error });
  }
  if (isNotionClientError(error)) return byCode[error.code]({ ...offline(doing, error), code: error.code });
  if (isNetworkFailure(error)) return later(offline(doing, error));
  return new Bug(`${doing} failed in a way the adapter does not know`, { cause: error });
}

/** Carries out one call and translates its failure. */
export async function ask<T>(doing: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw translate(error, doing);
  }
}

/**
 * As `ask`, for reading what the whole board hangs on. Throws Permanent (`whole`) when it is not there, not shared with
 * the service, or not for it to read.
 */
export async function askOfBoard<T>(doing: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    const failure = translate(error, doing);
    if (!isHTTPResponseError(error) || (error.status !== 403 && error.code !== APIErrorCode.ObjectNotFound))
      throw failure;
    throw new Permanent(`${failure.message}. Share both databases with the connection (their menu ··· → Connections)`, {
      cause: error,
      whole: "board",
    });
  }
}

/** As `ask`, for reading one thing: null when it is not there, or not shared with the service. */
export async function askIfThere<T>(doing: string, call: () => Promise<T>): Promise<T | null> {
  try {
    return await call();
  } catch (error) {
    if (isHTTPResponseError(error) && error.code === APIErrorCode.ObjectNotFound) return null;
    throw translate(error, doing);
  }
}

/** Milliseconds to wait, or null for no or an unreadable value. */
export function retryAfter(value: string | null, now: number = Date.now()): number | null {
  if (value === null || value.trim() === "") return null;
  const seconds = Number(value);
  const ms = Number.isNaN(seconds) ? Date.parse(value) - now : seconds * 1000;
  return Number.isNaN(ms) ? null : Math.max(0, Math.ceil(ms));
}

/**
 * A refused or dropped socket and a DNS failure (undici's TypeError with a coded cause), the abort by our own timeout,
 * and an answer that is no JSON: each leaves open whether a write was saved.
 */
function isNetworkFailure(error: unknown): error is Error {
  if (error instanceof SyntaxError) return true;
  if (error instanceof DOMException) return error.name === "TimeoutError" || error.name === "AbortError";
  return error instanceof TypeError && (causeCode(error) !== null || /^(fetch failed|terminated)$/.test(error.message));
}

function causeCode(error: Error): string | null {
  const { cause } = error;
  return cause instanceof Error && "code" in cause && typeof cause.code === "string" ? cause.code : null;
}

function offline(doing: string, error: Error): Failure {
  const code = causeCode(error) ?? error.name;
  return { doing, status: null, code, said: "", request: null, afterMs: null, additional: {}, cause: error };
}

function told(it: Failure): string {
  const where = [it.status, it.code, it.request && `request ${it.request}`].filter(Boolean).join(", ");
  return `${it.doing} failed (${where})`;
}

function waiting(it: Failure): { afterMs?: number; cause: unknown } {
  return it.afterMs === null ? { cause: it.cause } : { afterMs: it.afterMs, cause: it.cause };
}

function because(it: Failure): { cause: unknown } {
  return { cause: it.cause };
}

/** Notion's explanation may quote the refused value, which may be a card's text: that stays out of logs. */
function withoutValues(said: string): string {
  return said.replace(/instead was `[\s\S]*?`(?=[.\s]|$)/g, "instead was …").slice(0, 400);
}

function header(headers: unknown, name: string): string | null {
  return headers instanceof Headers ? headers.get(name) : null;
}
