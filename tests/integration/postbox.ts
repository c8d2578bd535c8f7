// SPDX-License-Identifier: EUPL-1.2
/** Takes the stand-ins' events as a network would and keeps them, until the test hands them on as it likes. */
import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

/** A delivery as it was sent. */
export type Letter = Readonly<{ path: string; headers: IncomingHttpHeaders; body: Buffer }>;

export type Postbox = Readonly<{
  /** To be connected in the service's place. */
  url: string;
  /** What has come since the last time, oldest first. */
  take(): readonly Letter[];
  close(): void;
}>;

export async function openPostbox(): Promise<Postbox> {
  const letters: Letter[] = [];
  const server = createServer(async (request, response) => {
    letters.push({ path: request.url ?? "", headers: request.headers, body: await buffer(request) });
    response.writeHead(202).end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    take: () => letters.splice(0),
    close: () => void server.close(),
  };
}

/** Hands a letter on to the service; answers its status. */
export async function handOn(to: string, { path, headers, body }: Letter): Promise<number> {
  const { host: _host, connection: _connection, "content-length": _length, ...kept } = headers;
  const answer = await fetch(to + path, {
    method: "POST",
    headers: kept as Record<string, string>,
    body: new Uint8Array(body),
  });
  return answer.status;
}
