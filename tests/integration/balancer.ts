// SPDX-License-Identifier: EUPL-1.2
/** What stands in front of several doors: asks each whether it is ready, and passes every request to the next that is. */
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { setInterval as every } from "node:timers/promises";

/** A request that was passed on; `door` is the number of the one that answered. */
export type Passed = Readonly<{ status: number; door: number }>;

export type Balancer = Readonly<{ url: string; passed: readonly Passed[]; close(): Promise<void> }>;

const ASK_EVERY_MS = 50;

/** `doors` give each door's address; null while it is down. */
export async function openBalancer(doors: readonly (() => string | null)[]): Promise<Balancer> {
  const passed: Passed[] = [];
  const ready = new Set<number>();
  const closing = new AbortController();
  const askAll = () =>
    Promise.all(
      doors.map(async (door, number) => {
        const url = door();
        const isReady =
          url !== null &&
          (await fetch(`${url}/readyz`).then(
            (it) => it.ok,
            () => false,
          ));
        if (isReady) ready.add(number);
        else ready.delete(number);
      }),
    );
  await askAll();
  const asking = (async () => {
    for await (const _ of every(ASK_EVERY_MS, null, { signal: closing.signal })) await askAll();
  })().catch(() => {});
  let turn = 0;
  const server = createServer(async (request, response) => {
    const those = [...ready].sort();
    turn += 1;
    const door = those[turn % those.length] ?? -1;
    const status = await pass(request, doors[door]?.() ?? null).catch(() => 502);
    passed.push({ status, door });
    response.writeHead(status).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    passed,
    async close() {
      closing.abort();
      await asking;
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function pass(request: IncomingMessage, to: string | null): Promise<number> {
  if (to === null) return 503;
  const headers = Object.entries(request.headers).filter(
    ([name]) => !["host", "connection", "content-length"].includes(name),
  );
  const body = Buffer.concat(await request.toArray());
  const answer = await fetch(`${to}${request.url}`, {
    method: request.method ?? "POST",
    headers: Object.fromEntries(headers) as Record<string, string>,
    body,
  });
  await answer.arrayBuffer();
  return answer.status;
}
