// SPDX-License-Identifier: EUPL-1.2
/** Sends signed events as fast as the door answers, over connections that stay open. */
import { createHmac, randomUUID } from "node:crypto";
import { Agent, request } from "node:http";

export type Load = Readonly<{
  url: string;
  secret: string;
  connections: number;
  requests: number;
  body: (n: number) => string;
}>;

/** Requests answered per second. Throws when any answer is not 202: a door that refuses is fast for nothing. */
export async function perSecond(load: Load): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: load.connections });
  const prepared = Array.from({ length: load.requests }, (_, n) => signed(load, n));
  let next = 0;
  const began = performance.now();
  await Promise.all(
    Array.from({ length: load.connections }, async () => {
      for (let one = prepared[next++]; one; one = prepared[next++]) await send(agent, load.url, one);
    }),
  );
  const seconds = (performance.now() - began) / 1000;
  agent.destroy();
  return load.requests / seconds;
}

/** A properties_updated event as Notion sends one, about one of `cards`. */
export function eventAbout(cards: readonly string[], dataSource: string, property: string): (n: number) => string {
  return (n) =>
    JSON.stringify({
      id: randomUUID(),
      timestamp: new Date().toISOString(),
      workspace_id: "13950b26-c203-4f3b-b97d-93ec06319565",
      workspace_name: "Furesø",
      subscription_id: "29d75c0d-5546-4414-8459-7b7a92f1fc4b",
      integration_id: "0ef2e755-4912-8096-91c1-00376a88a5ca",
      type: "page.properties_updated",
      authors: [{ id: "c7c11cca-1d73-471d-9b6e-bdef51470190", type: "person" }],
      attempt_number: 1,
      api_version: "2026-03-11",
      entity: { id: cards[n % cards.length], type: "page" },
      data: {
        parent: { id: "36cc9195-760f-4fff-a67e-3a46c559b176", type: "database", data_source_id: dataSource },
        updated_properties: [property],
      },
    });
}

type Signed = Readonly<{ body: string; signature: string }>;

function signed({ body, secret }: Load, n: number): Signed {
  const text = body(n);
  return { body: text, signature: `sha256=${createHmac("sha256", secret).update(text).digest("hex")}` };
}

function send(agent: Agent, url: string, { body, signature }: Signed): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const headers = {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
    "x-notion-signature": signature,
  };
  const sent = request(`${url}/webhooks/notion`, { method: "POST", agent, headers }, (response) => {
    response.resume();
    response.once("end", () =>
      response.statusCode === 202 ? resolve() : reject(new Error(`the door answered ${response.statusCode}`)),
    );
  });
  sent.once("error", reject);
  sent.end(body);
  return promise;
}
