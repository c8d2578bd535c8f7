// SPDX-License-Identifier: EUPL-1.2
/** Notion's SDK, set up so that retries, time limits and logs are ours. */
import { Client, type Logger, LogLevel } from "@notionhq/client";

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
  fetch?: typeof fetch;
}>;

/** The API version every request names; response shapes in this folder are this version's. */
export const notionVersion = "2026-03-11";

/** What the SDK says that may be logged: never a header, a body, or an error's message, which can quote a card. */
const loggable = ["method", "path", "code", "attempt", "requestId", "unknownParams"] as const;

/** A client that never retries (the queue does) and really ends a call that takes too long. */
export function notionClient({
  token,
  apiUrl,
  log,
  timeoutMs = 60_000,
  fetch = globalThis.fetch,
}: ClientSettings): Client {
  return new Client({
    auth: token,
    baseUrl: apiUrl.replace(/\/+$/, ""),
    notionVersion,
    retry: false,
    logLevel: LogLevel.INFO,
    logger: logger(log),
    fetch: aborting(fetch, timeoutMs),
    // The SDK's timeout only stops waiting: the request goes on and a write may land later. Ours comes first.
    timeoutMs: timeoutMs + 5_000,
  });
}

function aborting(fetch: typeof globalThis.fetch, timeoutMs: number) {
  return (url: string, init: { method?: string; headers?: Record<string, string>; body?: string | FormData } = {}) => {
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
