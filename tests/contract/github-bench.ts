// SPDX-License-Identifier: EUPL-1.2
/** What the GitHub tests stand on: a stand-in, watched by GitHub's own document, in-process or on a port. */
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { Octokit } from "@octokit/rest";
import { sandboxClock } from "../../src/sandbox/clock.ts";
import { createGithubWorld, type GithubSandbox, type GithubWorldOptions } from "../../src/sandbox/github/world.ts";
import type { SandboxClock } from "../../src/sandbox/world.ts";
import { watched } from "./github-oracle.ts";

export type Bench = Readonly<{ world: GithubSandbox; clock: SandboxClock; fetch: typeof fetch; problems: string[] }>;

export const token = "ghp_stand-in";
export const start = new Date("2026-11-23T08:00:00.000Z");

const silent = () => {};
/** The SDK logs every error answer on its own; a test that provokes one does not need to read it. */
export const silentLog = { debug: silent, info: silent, warn: silent, error: silent };

export function bench(options: Partial<GithubWorldOptions> = {}): Bench {
  const clock = options.clock ?? sandboxClock(start);
  const world = createGithubWorld({
    clock,
    repo: "furesoe/innovation",
    token,
    bot: "faseport-bot",
    developers: ["anna", "bo"],
    ...options,
  });
  const problems: string[] = [];
  const api = watched((request, env) => world.api.fetch(request, env as object), problems);
  const inProcess = async (input: string | URL | Request, init?: RequestInit) => api(new Request(input, init));
  return { world, clock, fetch: inProcess, problems };
}

/** GitHub's own client, talking to the stand-in without a socket. */
export function octokitFor({ fetch }: Bench, auth: string | null = token): Octokit {
  return new Octokit({ ...(auth === null ? {} : { auth }), request: { fetch }, log: silentLog });
}

/** The stand-in on a free port, watched as in-process. */
export async function onPort({ world, problems }: Bench): Promise<{ url: string; close: () => Promise<void> }> {
  const api = watched((request, env) => world.api.fetch(request, env as object), problems);
  const server = serve({ fetch: api, hostname: "127.0.0.1", port: 0 });
  if (!server.listening) await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      const closed = once(server, "close");
      server.close();
      if ("closeAllConnections" in server) server.closeAllConnections();
      await closed;
    },
  };
}
