// SPDX-License-Identifier: EUPL-1.2
/** A gate in front of a stand-in's API, on a port of its own: what is asked through it can be held up on its way. */
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import { Hono } from "hono";

export type Gate = Readonly<{
  url: string;
  /** Holds up every request with the method from now on; resolves when there is one. */
  hold(method: string): Promise<void>;
  /** Lets everything through, also what it has held up. */
  open(): void;
  close(): Promise<void>;
}>;

export async function openGate(api: Hono): Promise<Gate> {
  let held = "";
  let reached = Promise.withResolvers<void>();
  let opened = Promise.withResolvers<void>();
  const app = new Hono();
  app.all("*", async (context) => {
    if (context.req.method === held) {
      reached.resolve();
      await opened.promise;
    }
    return api.fetch(context.req.raw, context.env);
  });
  const server = createAdaptorServer({ fetch: app.fetch });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const gate: Gate = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    hold(method) {
      held = method;
      reached = Promise.withResolvers();
      opened = Promise.withResolvers();
      return reached.promise;
    },
    open() {
      held = "";
      opened.resolve();
    },
    async close() {
      gate.open();
      await new Promise((resolve) => {
        server.close(resolve);
        if ("closeAllConnections" in server) server.closeAllConnections();
      });
    },
  };
  return gate;
}
