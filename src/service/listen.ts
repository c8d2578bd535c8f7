// SPDX-License-Identifier: EUPL-1.2
/** A port that an app is answered on. */
import { type ServerType, serve } from "@hono/node-server";
import type { Hono } from "hono";
import { Permanent } from "../core/errors.ts";

export type Listening = Readonly<{
  url: string;
  /** Takes no new connection, and resolves when what was asked has been answered, or at the latest after `withinMs`. */
  close(withinMs: number): Promise<void>;
}>;

/** Throws Permanent when the port is taken; `variable` names the setting to change. */
export function listen(
  app: Hono,
  { host, port, variable }: Readonly<{ host: string; port: number; variable: string }>,
): Promise<Listening> {
  const { promise, resolve, reject } = Promise.withResolvers<Listening>();
  const server = serve({ fetch: app.fetch, hostname: host, port }, () =>
    resolve({ url: addressOf(server), close: (withinMs) => close(server, withinMs) }),
  );
  server.once("error", (cause) =>
    reject(new Permanent(`cannot listen on ${host}:${port}; set ${variable} or HOST to a free one`, { cause })),
  );
  return promise;
}

function addressOf(server: ServerType): string {
  const address = server.address();
  if (address === null || typeof address === "string") return String(address);
  const host = address.address === "0.0.0.0" || address.address === "::" ? "localhost" : address.address;
  return `http://${host}:${address.port}`;
}

async function close(server: ServerType, withinMs: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.close(() => resolve());
  if (!("closeIdleConnections" in server)) return promise;
  server.closeIdleConnections();
  // A request that never ends must not hold the process; its sender was told nothing and sends again.
  const patience = setTimeout(() => server.closeAllConnections(), withinMs);
  await promise;
  clearTimeout(patience);
}
