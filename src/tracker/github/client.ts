// SPDX-License-Identifier: EUPL-1.2
/** Octokit, set up so that retries, redirects, time limits and logs are ours. */
import { createPrivateKey } from "node:crypto";
import { createAppAuth } from "@octokit/auth-app";
import { Octokit } from "@octokit/rest";
import { Permanent } from "../../core/errors.ts";
import { type Budget, unlimited } from "../../rate/budget.ts";
import { limitedFor } from "./errors.ts";
import { needOf } from "./limits.ts";

/** A token of a user, or a GitHub App with one installation; the key in PEM. */
export type GithubAuth =
  | Readonly<{ kind: "token"; token: string }>
  | Readonly<{ kind: "app"; appId: number; privateKey: string; installationId: number }>;

export type ClientSettings = Readonly<{
  /** The real one, a GitHub Enterprise Server's, or a stand-in's. */
  apiUrl: string;
  auth: GithubAuth;
  /** Milliseconds for one call with its body. GitHub itself gives up after 10 s. */
  timeoutMs?: number;
  /** For warnings of the SDK, such as an address that GitHub has deprecated. Never a card's text. */
  warn?: (message: string) => void;
  /** The connection's budget, shared with everybody who uses it. Default: none is kept. */
  budget?: Budget;
  fetch?: typeof fetch;
}>;

/**
 * The API version every request names. The fields in use are the same in 2026-03-10, which older Enterprise Servers
 * refuse; `assignee` and `rate`, which it removes, are not used.
 */
const apiVersion = "2022-11-28";

/** A client that never retries (the queue does), never follows a redirect unasked, and really ends a slow call. */
export function githubClient(settings: ClientSettings): Octokit {
  const { apiUrl, auth, timeoutMs = 30_000, budget = unlimited, warn, fetch } = settings;
  const octokit = new Octokit({
    ...credentials(auth),
    baseUrl: apiUrl.replace(/\/+$/, ""),
    userAgent: "faseport",
    request: { redirect: "manual", ...(fetch ? { fetch } : {}) },
    log: { debug: silent, info: silent, warn: warn ?? silent, error: silent },
  });
  octokit.hook.before("request", async (options) => {
    await budget.spend(needOf(options));
    options.headers["x-github-api-version"] = apiVersion;
    options.request = { ...options.request, signal: AbortSignal.timeout(timeoutMs) };
  });
  octokit.hook.error("request", async (error) => {
    const ms = limitedFor(error);
    if (ms !== null) await budget.stop(ms);
    throw error;
  });
  return octokit;
}

function credentials(auth: GithubAuth): Record<string, unknown> {
  if (auth.kind === "token") return { auth: auth.token };
  const { appId, installationId } = auth;
  return { authStrategy: createAppAuth, auth: { appId, installationId, privateKey: pkcs8(auth.privateKey) } };
}

/** GitHub hands out keys in PKCS#1, and environments often hold them with `\n` written out. */
function pkcs8(pem: string): string {
  try {
    return createPrivateKey(pem.replaceAll("\\n", "\n")).export({ type: "pkcs8", format: "pem" }).toString();
  } catch (cause) {
    throw new Permanent(
      "GITHUB_APP_PRIVATE_KEY is no private key. Set it to the .pem file's text from the app's page",
      {
        cause,
      },
    );
  }
}

function silent(): void {}
