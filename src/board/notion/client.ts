// SPDX-License-Identifier: EUPL-1.2
/** Notion's SDK, set up so that retries, time limits and logs are ours. */
import { Client, type Logger, LogLevel } from "@notionhq/client";
import { type Budget, unlimited } from "../../rate/budget.ts";
import { retryAfter } from "./errors.ts";
import { anyRequest } from "./limits.ts";

export type NotionLog = (
  level: "debug" | "info" | "warn" | "error",
  message: string,
  facts: Readonly<Record<string, unknown>>,
) => void;

export type ClientSettings = Readonly<{
  token: string;
  /** Without /v1; the real one, or a stand-in's. */
  apiUrl: string;
  log?: NotionLog;
  /** Milliseconds for one call with its body. Notion's own limit is 55 s. */
  timeoutMs?: number;
  /** The connection's budget, shared with everybody who uses it. Default: none is kept. */
  budget?: Budget;
  fetch?: typeof fetch;
}>;

/** The API version every request names; response shapes in this folder are this version's. */
export const notionVersion = "2026-03-11";

/** Beyond the longest wait for a budget that anybody sits through. */
const LONGEST_WAIT_MS = 120_000;

/** What the SDK says that may be logged: never a header, a body, or an error's message, which can quote a card. */
const loggable = ["method", "path", "code", "attempt", "requestId", "unknownParams"] as const;

/** A client that never retries (the queue does) and really ends a call that takes too long. */
export function notionClient({
  token,
  apiUrl,
  log,
  timeoutMs = 60_000,
  budget = unlimited,
  fetch = globalThis.fetch,
}: ClientSettings): Client {
  return new Client({
    auth: token,
    baseUrl: apiUrl.replace(/\/+$/, ""),
    notionVersion,
    retry: false,
    logLevel: LogLevel.INFO,
    logger: logger(log),
    fetch: paced(aborting(fetch, timeoutMs), budget),
    // The SDK's timeout only stops waiting: the request goes on and a write may land later. Ours comes first, and
    // neither runs while a request waits for the budget.
    timeoutMs: timeoutMs + LONGEST_WAIT_MS,
  });
}

/** Waits for the budget before each request, and passes on what Notion says of it: Retry-After holds for every process. */
function paced(fetch: Fetch, budget: Budget): Fetch {
  return async (url, init) => {
    await budget.spend(anyRequest);
    const response = await fetch(url, init);
    if (response.status === 429 || response.status === 529) {
      const ms = retryAfter(response.headers.get("retry-after"));
      if (ms !== null) await budget.stop(ms);
    }
    return response;
  };
}

type Fetch = (
  url: string,
  init?: { method?: string; headers?: Record<string, string>; body?: string | FormData },
) => Promise<Response>;

function aborting(fetch: typeof globalThis.fetch, timeoutMs: number): Fetch {
  return (url, init = {}) => {
    const { method = "GET", headers = {}, body } = init;
    const signal = AbortSignal.timeout(timeoutMs);
    return fetch(url, body === undefined ? { method, headers, signal } : { method, headers, body, signal });
  };
}

function logger(log: NotionLog | undefined): Logger {
  if (!log) return () => {};
  return (level, message, extra) => {
    const facts = Object.fromEntries(loggable.filter((key) => key in extra).map((key) => [key, extra[key]]));
    // Two lines for each call are the SDK's "info"; to a service that makes thousands they are details.
    log(level === LogLevel.INFO ? "debug" : level, `notion: ${message}`, facts);
  };
}
