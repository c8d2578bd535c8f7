// SPDX-License-Identifier: EUPL-1.2
/** Every way a call to GitHub can fail, translated into what to do next. Total: the last line of each table holds for all. */
import { Bug, Permanent, Refused, RetryLater } from "../../core/errors.ts";

/** The SDK's error for an answer of 400 and above, and (with status 500 and no response) for no answer at all. */
type HttpError = Error & {
  status: number;
  response?: { headers: Readonly<Record<string, string | number | undefined>>; data: unknown };
};

type Failure = Readonly<{
  doing: string;
  status: number | null;
  /** GitHub's own words and the fields it names; never a refused value, which may be a card's text. */
  said: string;
  header: (name: string) => string | null;
  cause: unknown;
}>;
type Translate = (failure: Failure) => Error;

/** Without a hint, GitHub asks to wait at least a minute when a secondary limit was met. */
const UNHINTED_LIMIT_MS = 60_000;

const later: Translate = (it) => new RetryLater(told(it), { afterMs: hintedMs(it) ?? 0, cause: it.cause });

const limited: Translate = (it) =>
  new RetryLater(told(it), { afterMs: hintedMs(it) ?? UNHINTED_LIMIT_MS, limited: "tracker", cause: it.cause });

const refused: Translate = (it) => new Refused(told(it), { cause: it.cause });

const permanent =
  (todo: string): Translate =>
  (it) =>
    new Permanent(`${told(it)}. ${todo}`, { cause: it.cause });

const badToken = permanent("GitHub does not accept the credentials: renew GITHUB_TOKEN, or the app's key and ids");
const forbidden = permanent("Give the token or the app write access to issues in GITHUB_REPO");
const notThere = permanent(
  "Check GITHUB_REPO, that its issues are switched on, and that the token or the app may see it",
);

/** The first line that holds decides. */
const table: readonly (readonly [holds: (it: Failure) => boolean, Translate])[] = [
  [({ status }) => status === null, later],
  [isLimited, limited],
  [({ status }) => status === 401, badToken],
  [({ status, said }) => status === 403 && /\blocked\b/i.test(said), refused],
  [({ status }) => status === 403 || status === 451, forbidden],
  [({ status }) => status === 404 || status === 410, notThere],
  [({ status }) => status === 408 || status === 409 || status === 425, later],
  [({ status }) => status !== null && status < 500, refused],
  [() => true, later],
];

/**
 * What to do about a failure: RetryLater, Permanent or Refused; Bug for what is no failure of the call.
 * `afterMs` comes from Retry-After (seconds or an HTTP date), else from x-ratelimit-reset when nothing remains.
 */
export function translate(error: unknown, doing: string): Error {
  if (error instanceof RetryLater || error instanceof Permanent || error instanceof Refused) return error;
  if (!isHttpError(error)) return new Bug(`${doing} failed in a way the adapter does not know`, { cause: error });
  const failure = failureOf(error, doing);
  const [, decide = later] = table.find(([holds]) => holds(failure)) ?? [];
  return decide(failure);
}

/** For how many milliseconds GitHub wants to be left alone: its answer to a spent budget. null: that is not what it said. */
export function limitedFor(error: unknown): number | null {
  if (!isHttpError(error)) return null;
  const failure = failureOf(error, "");
  return failure.status !== null && isLimited(failure) ? (hintedMs(failure) ?? UNHINTED_LIMIT_MS) : null;
}

/** Whether GitHub answered that there is nothing (any more) at this address. */
export function isNowhere(error: unknown): boolean {
  return isHttpError(error) && error.response !== undefined && (error.status === 404 || error.status === 410);
}

function isHttpError(error: unknown): error is HttpError {
  if (!(error instanceof Error) || !("status" in error) || typeof error.status !== "number") return false;
  return error.name === "HttpError" || error.name === "AbortError";
}

function failureOf(error: HttpError, doing: string): Failure {
  const { response } = error;
  if (!response) return { doing, status: null, said: reasonOf(error), header: () => null, cause: error };
  const header = (name: string) => response.headers[name]?.toString() ?? null;
  return { doing, status: error.status, said: saidBy(response.data), header, cause: error };
}

/** The name of what went wrong on the way: TimeoutError, ECONNRESET … */
function reasonOf(error: Error): string {
  let deepest: Error = error;
  while (deepest.cause instanceof Error) deepest = deepest.cause;
  return "code" in deepest && typeof deepest.code === "string" ? deepest.code : deepest.name;
}

function saidBy(data: unknown): string {
  if (typeof data !== "object" || data === null || !("message" in data)) return "no answer of GitHub's own";
  const errors = "errors" in data && Array.isArray(data.errors) ? data.errors : [];
  const fields = errors.map((it: { field?: unknown; code?: unknown }) => `${it?.field ?? "?"} ${it?.code ?? "?"}`);
  return [String(data.message).slice(0, 200), ...fields.slice(0, 5)].join("; ");
}

/** 403 is a limit too when it says so: by a header, or (secondary limits, now and then) only in words. */
function isLimited({ status, header, said }: Failure): boolean {
  if (status === 429) return true;
  if (status !== 403) return false;
  return header("retry-after") !== null || header("x-ratelimit-remaining") === "0" || /rate limit|abuse/i.test(said);
}

/** Measured by GitHub's clock where it tells the time, so that a skew between the machines does not matter. */
function hintedMs({ header }: Failure): number | null {
  const now = Date.parse(header("date") ?? "") || Date.now();
  const retryAfter = header("retry-after");
  if (retryAfter !== null) return atLeastZero(secondsOrDate(retryAfter, now));
  const reset = header("x-ratelimit-reset");
  if (header("x-ratelimit-remaining") !== "0" || reset === null) return null;
  return atLeastZero(Number(reset) * 1000 - now);
}

function secondsOrDate(value: string, now: number): number {
  const seconds = Number(value);
  return Number.isNaN(seconds) ? Date.parse(value) - now : seconds * 1000;
}

function atLeastZero(ms: number): number | null {
  return Number.isNaN(ms) ? null : Math.max(0, Math.ceil(ms));
}

function told({ doing, status, said, header }: Failure): string {
  const request = header("x-github-request-id");
  const where = [status ?? "no answer", said, request && `request ${request}`].filter(Boolean).join(", ");
  return `${doing} failed (${where})`;
}
